package org.fovea.spec;

import java.util.Locale;

/// Checks of the compact constructors.
final class Require {

  private Require() {}

  /// Throws with a formatted message unless the condition holds.
  static void that(boolean condition, String message, Object... values) {
    if (!condition) {
      throw new IllegalArgumentException(String.format(Locale.ROOT, message, values));
    }
  }

  /// Throws unless the value is positive.
  static void positive(String name, long value) {
    that(value > 0, "%s must be positive, not %d", name, value);
  }

  /// Throws unless the value is finite and positive.
  static void positive(String name, double value) {
    that(value > 0 && Double.isFinite(value), "%s must be positive, not %s", name, value);
  }

  /// Throws unless the value is finite and not negative.
  static void notNegative(String name, double value) {
    that(value >= 0 && Double.isFinite(value), "%s must not be negative, not %s", name, value);
  }

  /// Throws unless the value lies in `[0, 1)`.
  static void fraction(String name, double value) {
    that(value >= 0 && value < 1, "%s must be at least 0 and below 1, not %s", name, value);
  }

  /// Throws unless the value lies in `(0, 1]`.
  static void share(String name, double value) {
    that(value > 0 && value <= 1, "%s must be above 0 and at most 1, not %s", name, value);
  }
}
