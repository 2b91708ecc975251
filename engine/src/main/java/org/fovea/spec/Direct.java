package org.fovea.spec;

/// Connections from input features straight to labels, beside the hidden layers.
public sealed interface Direct {

  /// There are none.
  record None() implements Direct {}

  /// A label is connected with the features that occur with it in the training data: those it
  /// occurs with at least `minimum` times, the `perLabel` most frequent of them.
  ///
  /// @param rarity how much faster the connections of rare features and labels learn: 0 not at all,
  ///   1 in proportion to the log of their rarity. It helps rare labels and the later places of a
  ///   ranking, and costs a little at the first
  record CoOccurring(int minimum, int perLabel, double rarity) implements Direct {
    public CoOccurring {
      Require.that(rarity >= 0 && rarity <= 4, "rarity must be between 0 and 4, not %s", rarity);
      Require.positive("minimum", minimum);
      Require.positive("perLabel", perLabel);
    }

    /// Every pair that occurs, all learning alike.
    public static CoOccurring defaults() {
      return new CoOccurring(1, 100_000, 0);
    }
  }
}
