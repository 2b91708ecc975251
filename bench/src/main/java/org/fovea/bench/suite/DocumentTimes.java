package org.fovea.bench.suite;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import org.fovea.bench.run.Row;
import org.fovea.event.Propagation;
import org.fovea.event.SuspendedPropagation;

/// CPU time of documents through a network, each held to the number of patterns that are in it.
///
/// **Threads** confined.
final class DocumentTimes {

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private final DocumentSet documents;
  private final Propagation propagation;
  private double[] millis = new double[0];
  private long activations;
  private long pages;

  DocumentTimes(DocumentSet documents, Propagation propagation) {
    this.documents = documents;
    this.propagation = propagation;
  }

  /// Runs documents `[from, to)` of a kind.
  DocumentTimes run(String kind, int from, int to) {
    millis = new double[to - from];
    activations = 0;
    pages = 0;
    for (int d = from; d < to; d++) {
      int[] words = documents.document(kind, d);
      long start = THREADS.getCurrentThreadCpuTime();
      propagation.clear();
      for (int at = 0; at < words.length; at++) {
        propagation.add(words[at], at, at + 1, 1);
      }
      propagation.run();
      millis[d - from] = (THREADS.getCurrentThreadCpuTime() - start) / 1e6;
      activations += propagation.count();
      check(kind, d, words.length);
      pages += propagation instanceof SuspendedPropagation suspended ? suspended.pageCount() : 0;
    }
    return this;
  }

  /// Each phrase is active once where it stands, and so is its category.
  private void check(String kind, int document, int words) {
    int phrases = 0;
    for (int i = 0; i < propagation.count(); i++) {
      int id = propagation.neuron(i);
      phrases += id >= PatternWorkload.WORDS && propagation.end(i) > propagation.begin(i) ? 1 : 0;
    }
    int expected = documents.hits(kind, document);
    if (phrases != 2 * expected) {
      throw new IllegalStateException(
          "%s patterns with their categories were expected in %s words, %s neurons were active"
              .formatted(expected, words, phrases));
    }
  }

  /// Pages that documents needed.
  long pages() {
    return pages;
  }

  void put(Row row, String prefix) {
    double[] sorted = millis.clone();
    Arrays.sort(sorted);
    row.put(prefix + "ms a document", Arrays.stream(millis).average().orElse(0))
        .put(prefix + "p95", sorted[(int) (0.95 * (sorted.length - 1))])
        .put(prefix + "activations a document", activations / (double) millis.length);
  }
}
