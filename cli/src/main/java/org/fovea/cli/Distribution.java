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
/// @param sorted all of them, ascending; owned
record Distribution(
    int count,
    double least,
    double median,
    double mean,
    double ninetieth,
    double most,
    double[] sorted) {

  /// Of some numbers.
  static Distribution of(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int count = sorted.length;
    return count == 0
        ? new Distribution(0, 0, 0, 0, 0, 0, sorted)
        : new Distribution(
            count,
            sorted[0],
            sorted[count / 2],
            Arrays.stream(sorted).average().orElse(0),
            sorted[(int) (count * 0.9)],
            sorted[count - 1],
            sorted);
  }

  /// How many of the numbers are zero.
  long zeros() {
    return Arrays.stream(sorted).filter(value -> value == 0).count();
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
