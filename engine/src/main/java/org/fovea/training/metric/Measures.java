package org.fovea.training.metric;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;

/// What was measured, under the names that people write, in the order in which they read it.
///
/// Names: `"P@1"`, `"nDCG@5"`, `"PSP@5"`, `"PSnDCG@5"`, `"R@5"`, `"accuracy"`, `"micro-F1"`,
/// `"macro-F1"`, `"micro-precision"` and so on at a threshold, `"ECE"`, each from 0 to 1 as a
/// `Double`; then `"examples"`, those that were measured, and `"left out"`, those that were not, as
/// a `Long`. Where no example was measured only the two counts are there.
///
/// @param values name to value, in order; the record keeps its own unmodifiable copy
public record Measures(SequencedMap<String, Number> values) {

  /// The name of the count of measured examples.
  public static final String EXAMPLES = "examples";

  /// The name of the count of examples that were not measured.
  public static final String LEFT_OUT = "left out";

  /// Copies the map.
  public Measures {
    values = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(values));
  }

  /// Nothing was measured.
  public static Measures none() {
    return new Measures(new LinkedHashMap<>());
  }

  /// The value of a measure.
  ///
  /// @throws IllegalArgumentException if it was not measured; the message says what was
  public double value(String name) {
    Number value = values.get(name);
    if (value == null) {
      throw new IllegalArgumentException(
          "\"" + name + "\" was not measured, only " + String.join(", ", values.keySet()));
    }
    return value.doubleValue();
  }

  /// Whether there is a measure of that name.
  public boolean has(String name) {
    return values.containsKey(name);
  }

  /// How many examples were measured.
  public long examples() {
    return (long) value(EXAMPLES);
  }

  /// One line: the measures in percent with two decimals, then the counts.
  @Override
  public String toString() {
    StringBuilder line = new StringBuilder();
    for (Map.Entry<String, Number> entry : values.entrySet()) {
      line.append(line.isEmpty() ? "" : "  ").append(entry.getKey()).append(' ');
      if (entry.getValue() instanceof Long count) {
        line.append(count);
      } else {
        line.append(String.format(Locale.ROOT, "%.2f", 100 * entry.getValue().doubleValue()));
      }
    }
    return line.toString();
  }
}
