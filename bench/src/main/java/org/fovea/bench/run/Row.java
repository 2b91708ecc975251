package org.fovea.bench.run;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/// The result of a cell: names and values in order, one line of JSON.
///
/// **Threads** confined.
public final class Row {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final TypeReference<LinkedHashMap<String, Object>> MAP = new TypeReference<>() {};

  private final SequencedMap<String, Object> values;

  private Row(SequencedMap<String, Object> values) {
    this.values = values;
  }

  /// An empty row.
  public Row() {
    this(new LinkedHashMap<>());
  }

  /// Reads a line.
  public static Row parse(String line) {
    return new Row(JSON.readValue(line, MAP));
  }

  /// The row as one line, without its end.
  public String line() {
    return JSON.writeValueAsString(values);
  }

  /// Sets a value: text, a number, a truth value, or lists and maps of such.
  ///
  /// A number that is not finite is left out: JSON has none.
  public Row put(String name, Object value) {
    if (value instanceof Double number && !Double.isFinite(number)) {
      values.remove(name);
    } else {
      values.put(name, value);
    }
    return this;
  }

  /// Sets all values of a map.
  public Row putAll(Map<String, ?> more) {
    more.forEach(this::put);
    return this;
  }

  /// Takes a value away.
  public void remove(String name) {
    values.remove(name);
  }

  /// Whether there is a value.
  public boolean has(String name) {
    return values.containsKey(name);
  }

  /// A number, or not-a-number if there is none.
  public double number(String name) {
    return switch (values.get(name)) {
      case Number number -> number.doubleValue();
      case String text when text.matches("-?[0-9.]+") -> Double.parseDouble(text);
      case null, default -> Double.NaN;
    };
  }

  /// A text, or an empty one.
  public String text(String name) {
    Object value = values.get(name);
    return value == null ? "" : value.toString();
  }

  /// A curve as it was put: a list of points, each a list of numbers.
  public List<double[]> points(String name) {
    if (!(values.get(name) instanceof List<?> list)) {
      return List.of();
    }
    return list.stream().map(Row::point).toList();
  }

  /// A list of numbers, or an empty one.
  public double[] numbers(String name) {
    return point(values.get(name));
  }

  private static double[] point(@Nullable Object point) {
    return point instanceof List<?> numbers
        ? numbers.stream().mapToDouble(n -> ((Number) n).doubleValue()).toArray()
        : new double[0];
  }

  /// A list of rows within this one, or none.
  public List<Row> rows(String name) {
    return values.get(name) instanceof List<?> list
        ? list.stream().filter(Map.class::isInstance).map(map -> of((Map<?, ?>) map)).toList()
        : List.of();
  }

  private static Row of(Map<?, ?> map) {
    Row row = new Row();
    map.forEach((name, value) -> row.put(String.valueOf(name), value));
    return row;
  }

  /// All values; a view.
  public Map<String, Object> values() {
    return values;
  }
}
