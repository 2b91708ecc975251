package org.fovea.cli;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.fovea.text.ByteRows;

/// Counts the matches of a run: which patterns are found most, and which documents have many.
///
/// **Threads** confined.
final class DemoMatches {

  private static final int TELLING = 3;

  private final Map<String, Map<String, Integer>> counts = new TreeMap<>();
  private final Map<Long, Set<String>> documents = new TreeMap<>();

  /// Takes rows of columns.
  void add(ByteRows rows) {
    rows.toString()
        .lines()
        .forEach(row -> {
          String[] columns = row.split("\t", -1);
          counts
              .computeIfAbsent(columns[4], _ -> new HashMap<>())
              .merge(columns[3], 1, Integer::sum);
          documents
              .computeIfAbsent(Long.parseLong(columns[0]), _ -> new TreeSet<>())
              .add(columns[3]);
        });
  }

  /// The patterns of each category that are found most, with their counts.
  List<String> most(int count) {
    List<String> lines = new ArrayList<>();
    counts.forEach((category, patterns) -> {
      List<String> best =
          patterns.entrySet().stream()
              .sorted(
                  Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder())
                      .thenComparing(Map.Entry.comparingByKey()))
              .limit(count)
              .map(entry -> entry.getKey() + " " + Sizes.count(entry.getValue()))
              .toList();
      lines.add(
          "  %-8s %7s different  %s"
              .formatted(category, Sizes.count(patterns.size()), String.join(" · ", best)));
    });
    return lines;
  }

  /// Documents in which several different names are found, in their order.
  Set<Long> telling() {
    Set<Long> telling = new TreeSet<>();
    documents.forEach((document, patterns) -> {
      if (patterns.size() >= TELLING) {
        telling.add(document);
      }
    });
    return telling;
  }
}
