package org.fovea.bench.suite;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.fovea.data.Batch;
import org.fovea.data.ExampleReader;
import org.fovea.data.Examples;
import org.fovea.network.ActiveSet;
import org.fovea.network.FeatureConnections;
import org.fovea.network.Network;
import org.fovea.network.Predictor;
import org.fovea.network.Selector;
import org.fovea.network.TopK;

/// Predicts one row at a time, exactly and through tables, and says how long it took and what was
/// missed.
///
/// **Threads** confined.
final class RowPrediction {

  /// Labels that are predicted.
  static final int K = 5;

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private final Network network;
  private final List<Batch> rows = new ArrayList<>();
  private final Predictor predictor;
  private final TopK[] best = {new TopK(K)};
  private final List<Set<Integer>> exact = new ArrayList<>();

  /// Time of single rows, and what came out.
  ///
  /// @param cpuMillis mean CPU time of the thread
  /// @param p50 half of the rows took less wall time, in milliseconds
  /// @param p99 all but a hundredth took less
  /// @param recall share of the exact five best that are among the five found
  /// @param precision share of rows whose best label is true
  /// @param scored mean number of labels scored
  record Outcome(
      double cpuMillis, double p50, double p99, double recall, double precision, double scored) {}

  /// @param count how many of the examples are predicted
  RowPrediction(Network network, Examples test, int count) {
    this.network = network;
    this.predictor = new Predictor(network, FeatureConnections.of(network));
    try (ExampleReader reader = test.inOrder()) {
      Batch batch = new Batch();
      while (rows.size() < count && reader.read(batch, 1) > 0) {
        network.inputWeights().apply(batch);
        rows.add(batch);
        batch = new Batch();
      }
    }
  }

  /// What predicts the row at hand into `best`, and says how many labels it scored.
  @FunctionalInterface
  private interface Prediction {
    long predict(Batch row);
  }

  /// Predicts over all labels.
  Outcome exactly() {
    int labels = network.output().neurons().neurons();
    return measure(row -> {
      predictor.predict(row, best);
      return labels;
    });
  }

  /// Predicts over the labels that a selector finds; after [#exactly].
  Outcome through(Selector selector) {
    ActiveSet set = new ActiveSet(network.output().neurons().neurons());
    Selector.Scratch scratch = selector.newScratch();
    return measure(row -> predictor.predictSelected(row, best, set, selector, scratch));
  }

  private Outcome measure(Prediction prediction) {
    for (int i = 0; i < Math.min(200, rows.size()); i++) {
      best[0].clear();
      prediction.predict(rows.get(i));
    }
    boolean first = exact.isEmpty();
    double[] wall = new double[rows.size()];
    long scored = 0;
    long found = 0;
    long wanted = 0;
    long hits = 0;
    long cpu = 0;
    for (int i = 0; i < rows.size(); i++) {
      best[0].clear();
      long cpuBefore = THREADS.getCurrentThreadCpuTime();
      long before = System.nanoTime();
      scored += prediction.predict(rows.get(i));
      best[0].rank();
      wall[i] = (System.nanoTime() - before) / 1e6;
      cpu += THREADS.getCurrentThreadCpuTime() - cpuBefore;
      Set<Integer> ids = new HashSet<>();
      for (int place = 0; place < best[0].size(); place++) {
        ids.add(best[0].id(place));
      }
      if (first) {
        exact.add(ids);
      }
      wanted += exact.get(i).size();
      found += exact.get(i).stream().filter(ids::contains).count();
      hits += best[0].size() > 0 && isTrue(rows.get(i), best[0].id(0)) ? 1 : 0;
    }
    Arrays.sort(wall);
    int n = rows.size();
    return new Outcome(
        cpu / 1e6 / n,
        wall[n / 2],
        wall[(int) Math.min(n - 1, Math.round(0.99 * n))],
        (double) found / wanted,
        (double) hits / n,
        (double) scored / n);
  }

  private static boolean isTrue(Batch row, int label) {
    return Arrays.stream(row.labels(), 0, row.labelCount()).anyMatch(id -> id == label);
  }
}
