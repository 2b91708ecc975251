package org.fovea.spec;

/// How a gradient becomes a step. Every state is kept per row and touched only with its row:
/// nothing sweeps all rows after a batch.
public sealed interface Optimizer {

  /// Stochastic gradient descent.
  record Sgd() implements Optimizer {}

  /// Gradient descent with momentum (Polyak 1964; Nesterov 1983). A row that is not touched keeps
  /// its momentum unchanged.
  record Momentum(double decay, boolean nesterov) implements Optimizer {
    public Momentum {
      Require.fraction("decay", decay);
    }

    /// A decay of 0.9, without looking ahead.
    public static Momentum defaults() {
      return new Momentum(0.9, false);
    }
  }

  /// Adagrad with one accumulator per parameter (Duchi, Hazan and Singer, JMLR 2011).
  ///
  /// @param initial where the accumulators start
  record Adagrad(double initial) implements Optimizer {
    public Adagrad {
      Require.positive("initial", initial);
    }

    /// Accumulators that start next to nothing.
    public static Adagrad defaults() {
      return new Adagrad(1e-10);
    }
  }

  /// Adagrad with one accumulator per row: the mean square of the row's gradients.
  ///
  /// @param initial where the accumulators start
  record RowAdagrad(double initial) implements Optimizer {
    public RowAdagrad {
      Require.positive("initial", initial);
    }

    /// Accumulators that start next to nothing.
    public static RowAdagrad defaults() {
      return new RowAdagrad(1e-10);
    }
  }

  /// Adam (Kingma and Ba, ICLR 2015, arXiv:1412.6980) in which every row counts its own steps: a
  /// row's moments and bias corrections are those of the batches that touched it.
  ///
  /// @param beta1 decay of the mean of gradients, 0 to [#MOST]
  /// @param beta2 decay of the mean of their squares, 0 to [#MOST]
  /// @param epsilon added to the root of that
  record Adam(double beta1, double beta2, double epsilon) implements Optimizer {

    /// The longest memory: with it, bias corrections are 1 in single precision after 2^24 steps.
    public static final double MOST = 1 - 1e-6;

    public Adam {
      Require.fraction("beta1", beta1);
      Require.fraction("beta2", beta2);
      Require.that(beta1 <= MOST, "beta1 must be at most %s, not %s", MOST, beta1);
      Require.that(beta2 <= MOST, "beta2 must be at most %s, not %s", MOST, beta2);
      Require.positive("epsilon", epsilon);
    }

    /// The constants of the paper.
    public static Adam defaults() {
      return new Adam(0.9, 0.999, 1e-8);
    }
  }
}
