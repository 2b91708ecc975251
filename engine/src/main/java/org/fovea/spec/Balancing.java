package org.fovea.spec;

/// Whether, after training, direct connections and the frequencies of labels are given the weight
/// with which the network ranks examples best that training has not seen.
///
/// Training sees its examples again and again and comes to know them by their rare features; how
/// far these, and frequent labels, can be trusted shows only on others.
public sealed interface Balancing {

  /// They count as training leaves them.
  record None() implements Balancing {}

  /// Set on examples that are held back from training; where there is validation data, on that.
  ///
  /// @param share of the training examples that is held back
  /// @param most examples held back at most
  record HeldBack(double share, int most) implements Balancing {
    public HeldBack {
      Require.fraction("share", share);
      Require.positive("share", share);
      Require.positive("most", most);
    }

    /// A twentieth, at most 2,000.
    public static HeldBack defaults() {
      return new HeldBack(0.05, 2_000);
    }
  }
}
