package org.fovea.data;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Classes that are numbers, such as `-1` and `+1`, kept as they were written. Numbers that are
/// equal are one class, however they are written: `1`, `+1` and `1.0`.
///
/// **Threads** Confined. **Cost** No garbage for a spelling that came before.
final class ClassTexts {

  private final Categories spellings = new Categories();
  private int[] classOf = new int[16];
  private final Map<Double, Integer> numbers = new HashMap<>();
  private final List<String> classes = new ArrayList<>();
  private final boolean open;

  /// No classes; those that come are added.
  ClassTexts() {
    open = true;
  }

  /// Classes that are known, and no others.
  ///
  /// @param known in the order of their ids
  ClassTexts(List<String> known) {
    for (String text : known) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      add(bytes, 0, bytes.length, text);
    }
    open = false;
  }

  /// The id of a class, or -1 if it is unknown.
  ///
  /// @param bytes hold a number as in [FloatParser], from `from` to `to`
  int find(byte[] bytes, int from, int to) {
    int spelling = spellings.find(bytes, from, to);
    if (spelling >= 0) {
      return classOf[spelling];
    }
    String text = new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
    if (open) {
      return add(bytes, from, to, text);
    }
    return numbers.getOrDefault(number(text), -1);
  }

  private int add(byte[] bytes, int from, int to, String text) {
    int spelling = spellings.add(bytes, from, to);
    if (spelling == classOf.length) {
      classOf = Arrays.copyOf(classOf, 2 * spelling);
    }
    Integer known = numbers.get(number(text));
    classOf[spelling] = known == null ? classes.size() : known;
    if (known == null) {
      numbers.put(number(text), classes.size());
      classes.add(text);
    }
    return classOf[spelling];
  }

  /// 0 and -0 are one number.
  private static double number(String text) {
    return Double.parseDouble(text) + 0.0;
  }

  /// How many there are.
  int count() {
    return classes.size();
  }

  /// Whether some of them are no whole numbers.
  boolean haveFractions() {
    return numbers.keySet().stream().anyMatch(number -> number != Math.rint(number));
  }

  /// The classes in the order of their numbers.
  List<String> sorted() {
    List<String> sorted = new ArrayList<>(classes);
    sorted.sort(Comparator.comparingDouble(ClassTexts::number));
    return sorted;
  }
}
