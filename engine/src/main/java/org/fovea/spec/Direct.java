package org.fovea.spec;

/// Connections from input features straight to labels, beside the hidden layers.
public sealed interface Direct {

  /// There are none.
  record None() implements Direct {}

  /// A label is connected with the features that occur with it in the training data: those it
  /// occurs with at least `minimum` times, the `perLabel` most frequent of them.
  record CoOccurring(int minimum, int perLabel) implements Direct {
    public CoOccurring {
      Require.positive("minimum", minimum);
      Require.positive("perLabel", perLabel);
    }

    /// Every pair that occurs.
    public static CoOccurring defaults() {
      return new CoOccurring(1, 100_000);
    }
  }
}
