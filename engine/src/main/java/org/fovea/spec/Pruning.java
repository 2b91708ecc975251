package org.fovea.spec;

/// Which neurons of a sparse layer go for good while it trains, with all their connections: the
/// layer, and what reads it, become smaller. Always after an epoch, never after the last.
///
/// What a neuron says without inputs goes into the biases of the layer above.
public sealed interface Pruning {

  /// None.
  record None() implements Pruning {}

  /// Neurons without connections from below or without connections to above. They say nothing, or
  /// always the same: the network computes what it computed before.
  ///
  /// @param every so many epochs
  record Dead(int every) implements Pruning {
    public Dead {
      Require.positive("every", every);
    }

    /// After every epoch.
    public static Dead defaults() {
      return new Dead(1);
    }
  }

  /// The least important neurons: those whose incoming weights have a sum of magnitudes at or below
  /// a percentile of the layer, and dead ones with them (Curci, Mocanu and Pechenizkiy, *Truly
  /// Sparse Neural Networks at Scale*, 2021, arXiv:2102.01732). Where all are equal, none goes.
  ///
  /// **Differs** there, neurons lose their incoming connections only, and may get others; here they
  /// go.
  ///
  /// @param start epochs before the first time
  /// @param every so many epochs from then on
  /// @param share of the neurons that goes at a time: the percentile
  record Importance(int start, int every, double share) implements Pruning {
    public Importance {
      Require.positive("start", start);
      Require.positive("every", every);
      Require.fraction("share", share);
    }

    /// 10 % of the neurons after 200 epochs, and after every 20 from then on.
    public static Importance defaults() {
      return new Importance(200, 20, 0.1);
    }
  }
}
