package org.fovea.cli;

import java.util.Arrays;
import java.util.Locale;
import org.fovea.model.json.Json;
import tools.jackson.databind.node.ObjectNode;

/// How some numbers are distributed.
///
/// @param count how many numbers
/// @param least the least
/// @param median half are at most this
/// @param mean their mean
/// @param ninetieth nine tenths are at most this
/// @param most the most
/// @param sorted all of them but for `unlisted`, ascending; owned
/// @param unlisted zeros besides, below all others
record Distribution(
    long count,
    double least,
    double median,
    double mean,
    double ninetieth,
    double most,
    double[] sorted,
    long unlisted) {

  /// Of some numbers.
  static Distribution of(double[] values) {
    return of(values, 0);
  }

  /// Of some numbers, none negative, and zeros.
  ///
  /// @param zeros how many besides the numbers; they need no room
  static Distribution of(double[] values, long zeros) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    long count = sorted.length + zeros;
    return count == 0
        ? new Distribution(0, 0, 0, 0, 0, 0, sorted, 0)
        : new Distribution(
            count,
            at(0, sorted, zeros),
            at(count / 2, sorted, zeros),
            Arrays.stream(sorted).sum() / count,
            at((long) (count * 0.9), sorted, zeros),
            at(count - 1, sorted, zeros),
            sorted,
            zeros);
  }

  private static double at(long place, double[] sorted, long zeros) {
    return place < zeros ? 0 : sorted[(int) (place - zeros)];
  }

  /// How many of the numbers are zero.
  long zeros() {
    return unlisted + Arrays.stream(sorted).filter(value -> value == 0).count();
  }

  @Override
  public String toString() {
    return "min %s, median %s, mean %s, 90 %% %s, max %s"
        .formatted(number(least), number(median), number(mean), number(ninetieth), number(most));
  }

  private static String number(double value) {
    if (value == Math.rint(value) && Math.abs(value) < 1e15) {
      return String.format(Locale.ROOT, "%,.0f", value);
    }
    return Math.abs(value) >= 100
        ? String.format(Locale.ROOT, "%,.1f", value)
        : String.format(Locale.ROOT, "%.3g", value);
  }

  /// For programs.
  ObjectNode tree() {
    return Json.object()
        .put("count", count)
        .put("min", least)
        .put("median", median)
        .put("mean", mean)
        .put("90%", ninetieth)
        .put("max", most)
        .put("zeros", zeros());
  }
}
