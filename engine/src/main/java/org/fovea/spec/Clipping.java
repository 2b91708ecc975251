package org.fovea.spec;

/// A limit on gradients. Rows are updated on their own, so the norm that is limited is a row's.
public sealed interface Clipping {

  /// No limit.
  record None() implements Clipping {}

  /// Every component is limited to `[-limit, limit]`.
  record Value(double limit) implements Clipping {
    public Value {
      Require.positive("limit", limit);
    }
  }

  /// A row's gradient is scaled down to Euclidean length `limit` if it is longer.
  record Norm(double limit) implements Clipping {
    public Norm {
      Require.positive("limit", limit);
    }
  }
}
