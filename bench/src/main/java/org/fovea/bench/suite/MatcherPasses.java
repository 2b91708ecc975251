package org.fovea.bench.suite;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import org.fovea.bench.run.Row;

/// CPU time of single documents over several passes.
///
/// **Threads** confined.
final class MatcherPasses {

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private final long[] sums;
  private int passes;
  private long found;
  private double last;

  MatcherPasses(int documentCount) {
    sums = new long[documentCount];
  }

  void run(int[][] documents, PatternFloor matcher, boolean counts) {
    found = 0;
    long total = 0;
    for (int d = 0; d < documents.length; d++) {
      long start = THREADS.getCurrentThreadCpuTime();
      found += matcher.matches(documents[d]);
      long time = THREADS.getCurrentThreadCpuTime() - start;
      total += time;
      sums[d] += counts ? time : 0;
    }
    passes += counts ? 1 : 0;
    last = total / 1e6 / documents.length;
  }

  /// Number of patterns that the last pass found.
  long found() {
    return found;
  }

  /// Milliseconds a document of the last pass.
  double lastMean() {
    return last;
  }

  void put(Row row, String prefix) {
    double[] means = Arrays.stream(sums).mapToDouble(sum -> sum / 1e6 / passes).sorted().toArray();
    row.put(prefix + "ms a document", Arrays.stream(means).average().orElse(0))
        .put(prefix + "ms p95", means[(int) (0.95 * (means.length - 1))]);
  }
}
