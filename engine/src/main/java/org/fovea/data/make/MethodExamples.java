package org.fovea.data.make;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.fovea.data.Batch;
import org.fovea.data.Names;

/// Gathers methods, and writes them as examples: with ids, a split and an order.
///
/// A feature counts if enough training examples have it; its value is 1.
final class MethodExamples {

  private static final int LARGEST_FAMILY_TO_TEST = 20;
  private static final int PROGRESS_INTERVAL = 1_000;

  private final JdkCalls.Options options;
  private final Vocabulary features = new Vocabulary();
  private final Vocabulary labels = new Vocabulary();
  private final Rows featureRows = new Rows();
  private final Rows labelRows = new Rows();
  private final List<Long> orders = new ArrayList<>();
  private final List<Long> kinds = new ArrayList<>();

  MethodExamples(JdkCalls.Options options) {
    this.options = options;
  }

  void add(MethodFacts method) {
    for (String feature : method.features()) {
      featureRows.add(features.number(feature));
    }
    featureRows.endRow();
    for (String call : method.calls()) {
      labelRows.add(labels.number(call));
    }
    labelRows.endRow();
    orders.add(StableHash.of(options.seed(), method.name()));
    kinds.add(StableHash.of(options.seed(), method.kind()));
  }

  /// Writes what was gathered.
  Made write(Path folder, Progress progress) {
    int rowCount = labelRows.rowCount();
    Vocabulary.Final finalLabels =
        labels.finish(countRows(labelRows, labels.size()), options.minimumCount());
    boolean[] forTest = split();
    boolean[] kept = new boolean[rowCount];
    int[] frequencies = new int[features.size()];
    int keptCount = 0;
    for (int row = 0; row < rowCount; row++) {
      kept[row] = finalLabels.kept(labelRows.row(row)).length > 0;
      if (kept[row]) {
        keptCount++;
        if (!forTest[row]) {
          count(featureRows.row(row), frequencies);
        }
      }
    }
    Vocabulary.Final finalFeatures = features.finish(frequencies, options.minimumCount());
    Names names = new Names(labelNames(finalLabels.names()), finalFeatures.names());
    try (DataSetWriter writer =
        new DataSetWriter(
            folder, JdkCalls.NAME, names, names.features().size(), names.labels().size())) {
      int written = 0;
      for (int row : inOrder(kept)) {
        Batch example = writer.next(forTest[row]);
        for (int label : finalLabels.kept(labelRows.row(row))) {
          example.addLabel(label);
        }
        for (int feature : finalFeatures.kept(featureRows.row(row))) {
          example.addFeature(feature, 1);
        }
        writer.endExample(forTest[row]);
        if (++written % PROGRESS_INTERVAL == 0 || written == keptCount) {
          progress.advanced("examples written", written, keptCount);
        }
      }
      return writer.finish();
    }
  }

  private static int[] countRows(Rows rows, int size) {
    int[] counts = new int[size];
    for (int row = 0; row < rows.rowCount(); row++) {
      count(rows.row(row), counts);
    }
    return counts;
  }

  private static void count(int[] values, int[] counts) {
    for (int value : values) {
      counts[value]++;
    }
  }

  /// Which examples are for testing: copies stay together, and large families of copies train.
  private boolean[] split() {
    Map<Long, Integer> families = new HashMap<>();
    kinds.forEach(kind -> families.merge(kind, 1, Integer::sum));
    boolean[] forTest = new boolean[kinds.size()];
    for (int row = 0; row < forTest.length; row++) {
      long kind = kinds.get(row);
      forTest[row] =
          StableHash.unit(kind) < options.testShare()
              && families.getOrDefault(kind, 0) <= LARGEST_FAMILY_TO_TEST;
    }
    return forTest;
  }

  /// The kept examples in an order that has nothing to do with where they come from.
  private int[] inOrder(boolean[] kept) {
    return IntStream.range(0, kept.length)
        .filter(row -> kept[row])
        .boxed()
        .sorted(Comparator.comparing(orders::get))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  /// Short names, but where several labels would share one, the keys.
  private static List<String> labelNames(List<String> keys) {
    Set<String> once = new HashSet<>();
    Set<String> shared = new HashSet<>();
    for (String key : keys) {
      String name = Callee.name(key);
      if (!once.add(name)) {
        shared.add(name);
      }
    }
    return keys.stream()
        .map(key -> shared.contains(Callee.name(key)) ? key : Callee.name(key))
        .toList();
  }
}
