package org.fovea.data;

import java.util.OptionalDouble;

/// How the numbers of a column become values of a feature, in single precision: `(number - offset)
/// * scale`, computed in double precision.
///
/// Most columns are as they are, with offset 0 and scale 1. Where numbers lie much farther from 0
/// than from each other, as time stamps and identifiers do, they are centred first, because single
/// precision would make neighbours equal; where they are too large or too close together for single
/// precision, they are scaled too.
///
/// @param offset what is subtracted
/// @param scale the factor of the difference
/// @param mean of the numbers as they were read, which stands for a missing one; empty if nobody
///   knows it
public record NumberFit(double offset, double scale, OptionalDouble mean) {

  private static final NumberFit UNKNOWN = new NumberFit(0, 1, OptionalDouble.empty());

  /// How many times farther from 0 than from each other numbers are when they are centred: of the
  /// 24 bits of single precision 12 are left for what tells them apart.
  private static final double FAR = 4096;

  private static final double LARGE = 1e30;

  /// Checks that the parts are finite and the scale positive.
  public NumberFit {
    if (!Double.isFinite(offset) || !Double.isFinite(scale) || scale <= 0) {
      throw new IllegalArgumentException(
          "a finite offset and a positive scale were expected, "
              + offset
              + " and "
              + scale
              + " came");
    }
    if (!Double.isFinite(mean.orElse(0))) {
      throw new IllegalArgumentException("a finite mean was expected, " + mean + " came");
    }
  }

  /// Of a column of which nothing is known.
  public static NumberFit unknown() {
    return UNKNOWN;
  }

  /// Numbers as they are.
  static NumberFit plain(double mean) {
    return new NumberFit(0, 1, OptionalDouble.of(mean));
  }

  /// What suits numbers.
  ///
  /// @param farthest the largest absolute value
  /// @param deviation standard deviation, 0 if all are equal
  static NumberFit of(double mean, double deviation, double farthest) {
    boolean far = deviation > 0 && farthest > FAR * deviation;
    boolean outside = farthest > LARGE || (deviation > 0 && deviation < 1 / LARGE);
    if (!far && !outside) {
      return plain((float) mean);
    }
    boolean scaled = deviation > LARGE || (deviation > 0 && deviation < 1 / LARGE);
    double scale = scaled ? Math.min(Double.MAX_VALUE, 1 / deviation) : 1;
    return new NumberFit(mean, scale, OptionalDouble.of(mean));
  }

  /// Whether numbers stay as they are.
  public boolean isPlain() {
    return offset == 0 && scale == 1;
  }

  /// A number as a value of the feature.
  public float value(double number) {
    return (float) ((number - offset) * scale);
  }
}
