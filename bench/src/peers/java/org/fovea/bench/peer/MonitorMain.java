package org.fovea.bench.peer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.lucene.analysis.core.WhitespaceAnalyzer;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.TextField;
import org.apache.lucene.monitor.Monitor;
import org.apache.lucene.monitor.MonitorQuery;
import org.apache.lucene.monitor.QueryMatch;
import org.apache.lucene.monitor.TermFilteredPresearcher;
import org.fovea.bench.run.Machine;
import org.fovea.bench.run.Work;
import org.fovea.bench.suite.PatternWorkload;
import org.fovea.event.EventPropagation;

/// The process that measures Lucene Monitor on the patterns and documents of the annotate suite.
///
/// Its presearcher chooses the rarest word of each pattern; documents are one string of words,
/// which it splits at spaces. It finds each pattern once in a document, and knows no categories.
public final class MonitorMain {

  private static final int BUFFERED = 10_000;
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private MonitorMain() {}

  /// Measures what the order in a file says.
  public static void main(String[] arguments) throws Exception {
    Work work = Work.of(arguments);
    work.run(() -> measure(work));
  }

  private static void measure(Work work) throws IOException {
    String kind = work.cell().text("kind");
    int size = work.cell().integer("patterns");
    PeerPatterns patterns = PeerPatterns.of(kind, size);
    TermFilteredPresearcher presearcher =
        new TermFilteredPresearcher(
            term -> 1 / patterns.frequency(Integer.parseInt(term.text().substring(1))),
            List.of(),
            Set.of());
    try (Monitor monitor = new Monitor(new WhitespaceAnalyzer(), presearcher)) {
      double start = Machine.cpuSeconds();
      register(monitor, patterns, size);
      work.row().put("build CPU s", Machine.cpuSeconds() - start);
      work.say("registered in %.1f CPU s", work.row().number("build CPU s"));
      // With weights and common words, a large part of all patterns is in each document.
      boolean slow = kind.equals("weighted");
      int warm = work.settings().size(slow ? 20 : 100, 5);
      int measured = work.settings().size(slow ? 40 : 300, 10);
      EventPropagation fovea = new EventPropagation(patterns.network());
      double[] times = new double[measured];
      long all = 0;
      long candidates = 0;
      for (int d = 0; d < warm + measured; d++) {
        int[] words = patterns.document();
        String text = Arrays.stream(words).mapToObj(w -> "w" + w).collect(Collectors.joining(" "));
        long before = THREADS.getCurrentThreadCpuTime();
        Document document = new Document();
        document.add(new TextField(MonitorQueries.FIELD, text, Field.Store.NO));
        var matches = monitor.match(document, QueryMatch.SIMPLE_MATCHER);
        long time = THREADS.getCurrentThreadCpuTime() - before;
        Set<Integer> expected = distinct(fovea, words, size);
        Set<Integer> found =
            matches.getMatches().stream()
                .map(match -> Integer.parseInt(match.getQueryId()))
                .collect(Collectors.toSet());
        if (!found.equals(expected)) {
          throw new IllegalStateException(
              "Monitor found %d patterns, Fovea %d, not the same"
                  .formatted(found.size(), expected.size()));
        }
        if (d >= warm) {
          times[d - warm] = time / 1e6;
          all += expected.size();
          candidates += matches.getQueriesRun();
        }
      }
      Arrays.sort(times);
      work.row()
          .put("ms a document", Arrays.stream(times).average().orElse(0))
          .put("ms p95", times[(int) (0.95 * (measured - 1))])
          .put("patterns a document", all / (double) measured)
          .put("queries a document", candidates / (double) measured);
      work.say("%.2f ms a document", work.row().number("ms a document"));
    }
  }

  private static void register(Monitor monitor, PeerPatterns patterns, int size) {
    List<MonitorQuery> queries = new ArrayList<>();
    for (int p = 0; p < size; p++) {
      queries.add(new MonitorQuery(Integer.toString(p), patterns.query(p)));
      if (queries.size() == BUFFERED || p == size - 1) {
        try {
          monitor.register(queries);
        } catch (IOException e) {
          throw new UncheckedIOException("cannot register patterns", e);
        }
        queries.clear();
      }
    }
  }

  private static Set<Integer> distinct(
      EventPropagation propagation, int[] words, int patternCount) {
    propagation.clear();
    for (int at = 0; at < words.length; at++) {
      propagation.add(words[at], at, at + 1, 1);
    }
    propagation.run();
    Set<Integer> found = new HashSet<>();
    for (int i = 0; i < propagation.count(); i++) {
      int pattern = propagation.neuron(i) - PatternWorkload.WORDS;
      if (pattern >= 0 && pattern < patternCount) {
        found.add(pattern);
      }
    }
    return found;
  }
}
