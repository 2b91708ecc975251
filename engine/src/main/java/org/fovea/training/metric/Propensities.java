package org.fovea.training.metric;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// How likely a label is to have been noted where it is true, and so how much a hit on it counts.
///
/// `p_l = 1 / (1 + C (N_l + B)^-A)` with `C = (ln N - 1) (B + 1)^A`, where N counts the training
/// examples and N_l those that have label l. Measures weigh a hit by the inverse, `1 / p_l`: rare
/// labels, which annotators miss most, weigh most.
///
/// **Threads** immutable, safe. **Cost** one `double` a label.
///
/// **Source** Jain, Prabhu, Varma, KDD 2016, §4; A = 0.55, B = 1.5 are the extreme classification
/// repository's values for every data set without values of its own. **Differs** with fewer than
/// three training examples C would be negative and inverse propensities could fall below zero; it
/// is 0 then, so all weigh 1.
public final class Propensities {

  /// The usual A.
  public static final double DEFAULT_A = 0.55;

  /// The usual B.
  public static final double DEFAULT_B = 1.5;

  private final double[] inverse;

  private Propensities(double[] inverse) {
    this.inverse = inverse;
  }

  /// Propensities with the usual A and B.
  ///
  /// @param labelCounts for each label, how many training examples have it; read, not kept
  /// @param exampleCount how many training examples there are, those without labels included
  public static Propensities of(int[] labelCounts, long exampleCount) {
    return of(labelCounts, exampleCount, DEFAULT_A, DEFAULT_B);
  }

  /// Propensities with a data set's own A and B (0.5 and 0.4 for Wikipedia, 0.6 and 2.6 for
  /// Amazon).
  ///
  /// @param labelCounts for each label, how many training examples have it; read, not kept
  /// @param exampleCount how many training examples there are, those without labels included
  /// @param a how fast the weight falls with the frequency; at least 0
  /// @param b how far frequencies are shifted; more than 0
  public static Propensities of(int[] labelCounts, long exampleCount, double a, double b) {
    if (exampleCount < 1) {
      throw new IllegalArgumentException("exampleCount must be positive, not " + exampleCount);
    }
    if (!(a >= 0 && a <= 10)) {
      throw new IllegalArgumentException("A must be from 0 to 10, not " + a);
    }
    if (!(b > 0 && b <= 1e6)) {
      throw new IllegalArgumentException("B must be above 0 and at most 1e6, not " + b);
    }
    double c = Math.max(0, Math.log((double) exampleCount) - 1) * Math.pow(b + 1, a);
    double[] inverse = new double[labelCounts.length];
    for (int label = 0; label < inverse.length; label++) {
      int count = labelCounts[label];
      if (count < 0 || count > exampleCount) {
        throw new IllegalArgumentException(
            "label %s occurs %s times in %s examples".formatted(label, count, exampleCount));
      }
      inverse[label] = 1 + c * Math.pow(count + b, -a);
    }
    return new Propensities(inverse);
  }

  /// How many labels have a propensity.
  public int labelCount() {
    return inverse.length;
  }

  /// The weight of a hit on a label: `1 / p_l`, at least 1.
  public double inverse(int label) {
    return inverse[label];
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Propensities that && Arrays.equals(inverse, that.inverse);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(inverse);
  }

  @Override
  public String toString() {
    return "Propensities[" + inverse.length + " labels]";
  }
}
