package org.fovea.training.metric;

/// Which labels count as predicted, for accuracy and F1.
///
/// Rankings alone have no answer to that: a ranking always names k labels, right or wrong.
public sealed interface Decision {

  /// Nothing is decided: only rankings are measured.
  record None() implements Decision {}

  /// The best label is the answer, and every example has exactly one true label.
  ///
  /// @param labelCount how many labels there are
  record Best(int labelCount) implements Decision {

    /// Checks the count.
    public Best {
      checkLabelCount(labelCount);
    }
  }

  /// Every label whose score reaches the threshold is an answer.
  ///
  /// Only ranked labels are looked at: where more labels may reach the threshold than the ranking
  /// holds, make it longer.
  ///
  /// @param labelCount how many labels there are
  /// @param threshold the least score, in the units of the scores that are ranked
  record Threshold(int labelCount, float threshold) implements Decision {

    /// Checks the count and the threshold.
    public Threshold {
      checkLabelCount(labelCount);
      if (Float.isNaN(threshold)) {
        throw new IllegalArgumentException("the threshold must be a number, not NaN");
      }
    }
  }

  private static void checkLabelCount(int labelCount) {
    if (labelCount < 1) {
      throw new IllegalArgumentException("labelCount must be positive, not " + labelCount);
    }
  }
}
