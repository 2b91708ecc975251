package org.fovea.spec;

/// Whether the model is the last weights or their mean.
public sealed interface Averaging {

  /// The last weights.
  record None() implements Averaging {}

  /// The mean of the weights over the last `share` of the run (Polyak and Juditsky 1992), kept
  /// lazily: a row's sum is brought up to date when the row changes.
  record Tail(double share) implements Averaging {
    public Tail {
      Require.share("share", share);
    }
  }
}
