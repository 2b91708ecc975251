package org.fovea.spec;

/// How the learning rate changes over a run. Progress is counted in batches of the whole run.
public sealed interface Schedule {

  /// Learning rate at a point of the run.
  ///
  /// @param progress share of the run that is done, in `[0, 1]`
  double rate(double progress);

  /// The learning rate where it is highest.
  double peak();

  /// The same rate throughout.
  record Constant(double peak) implements Schedule {
    public Constant {
      Require.positive("peak", peak);
    }

    @Override
    public double rate(double progress) {
      return peak;
    }
  }

  /// Rises linearly over the share `warmup` of the run, then falls linearly to `floor * peak`.
  record Linear(double peak, double warmup, double floor) implements Schedule {
    public Linear {
      Require.positive("peak", peak);
      Require.fraction("warmup", warmup);
      Require.fraction("floor", floor);
    }

    @Override
    public double rate(double progress) {
      if (progress < warmup) {
        return peak * progress / warmup;
      }
      double done = (progress - warmup) / (1 - warmup);
      return peak * (1 - (1 - floor) * done);
    }
  }

  /// Rises linearly over the share `warmup` of the run, then falls along a half cosine to `floor *
  /// peak` (Loshchilov and Hutter, ICLR 2017, arXiv:1608.03983).
  record Cosine(double peak, double warmup, double floor) implements Schedule {
    public Cosine {
      Require.positive("peak", peak);
      Require.fraction("warmup", warmup);
      Require.fraction("floor", floor);
    }

    @Override
    public double rate(double progress) {
      if (progress < warmup) {
        return peak * progress / warmup;
      }
      double done = (progress - warmup) / (1 - warmup);
      return peak * (floor + (1 - floor) * (1 + Math.cos(Math.PI * done)) / 2);
    }
  }

  /// Multiplied by `factor` after each of `count` equal parts of the run.
  record Step(double peak, double factor, int count) implements Schedule {
    public Step {
      Require.positive("peak", peak);
      Require.share("factor", factor);
      Require.positive("count", count);
    }

    @Override
    public double rate(double progress) {
      return peak * Math.pow(factor, Math.floor(Math.min(progress, 1) * count));
    }
  }
}
