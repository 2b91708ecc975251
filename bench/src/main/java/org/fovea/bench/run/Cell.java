package org.fovea.bench.run;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/// One measurement: what a process of its own does.
///
/// @param id unique in its suite, for people too: `fovea-1`
/// @param with what distinguishes it from the others, in order
/// @param jvm options of its JVM, after those of the bench itself
/// @param limitSeconds wall time after which it is ended
/// @param main class whose `main` measures, or empty for the usual one
public record Cell(
    String id, SequencedMap<String, String> with, List<String> jvm, int limitSeconds, String main) {

  private static final int USUAL_LIMIT_SECONDS = 3_600;

  public Cell {
    with = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(with));
    jvm = List.copyOf(jvm);
  }

  /// A cell of the usual process, which may take an hour.
  public static Cell of(String id) {
    return new Cell(id, new LinkedHashMap<>(), List.of(), USUAL_LIMIT_SECONDS, "");
  }

  /// The same with one more distinction.
  public Cell with(String key, Object value) {
    SequencedMap<String, String> more = new LinkedHashMap<>(with);
    more.put(key, String.valueOf(value));
    return new Cell(id, more, jvm, limitSeconds, main);
  }

  /// The same with more options for its JVM.
  public Cell jvm(String... options) {
    List<String> more = new ArrayList<>(jvm);
    more.addAll(List.of(options));
    return new Cell(id, with, more, limitSeconds, main);
  }

  /// The same with another time limit.
  public Cell limit(int seconds) {
    return new Cell(id, with, jvm, seconds, main);
  }

  /// The same measured by another class.
  public Cell main(String className) {
    return new Cell(id, with, jvm, limitSeconds, className);
  }

  /// A distinction.
  ///
  /// @throws IllegalArgumentException if the cell has none of that name
  public String text(String key) {
    String value = with.get(key);
    if (value == null) {
      throw new IllegalArgumentException("cell " + id + " has no " + key);
    }
    return value;
  }

  /// A distinction that is a whole number.
  public int integer(String key) {
    return Integer.parseInt(text(key));
  }

  /// A distinction that is a number.
  public double number(String key) {
    return Double.parseDouble(text(key));
  }
}
