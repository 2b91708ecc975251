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
import org.apache.lucene.index.Term;
import org.apache.lucene.monitor.Monitor;
import org.apache.lucene.monitor.MonitorQuery;
import org.apache.lucene.monitor.QueryMatch;
import org.apache.lucene.monitor.TermFilteredPresearcher;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.PhraseQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermQuery;
import org.fovea.bench.run.Machine;
import org.fovea.bench.run.Work;
import org.fovea.bench.suite.PatternWorkload;
import org.fovea.event.EventPropagation;

/// The process that measures Lucene Monitor on the patterns and documents of the annotate suite.
///
/// Its presearcher chooses the rarest word of each pattern; documents are one string of words,
/// which it splits at spaces. It finds each pattern once in a document, and knows no categories.
public final class MonitorMain {

  private static final String FIELD = "text";
  private static final int BUFFERED = 10_000;
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private MonitorMain() {}

  /// Measures what the order in a file says.
  public static void main(String[] arguments) throws Exception {
    Work work = Work.of(arguments);
    work.run(() -> measure(work));
  }

  private static void measure(Work work) throws IOException {
    boolean ordered = work.cell().text("kind").equals("phrases");
    int size = work.cell().integer("patterns");
    PatternWorkload workload = new PatternWorkload(size);
    TermFilteredPresearcher presearcher =
        new TermFilteredPresearcher(
            term -> 1 / workload.frequency(Integer.parseInt(term.text().substring(1))),
            List.of(),
            Set.of());
    try (Monitor monitor = new Monitor(new WhitespaceAnalyzer(), presearcher)) {
      double start = Machine.cpuSeconds();
      register(monitor, workload.patterns(), ordered);
      work.row().put("build CPU s", Machine.cpuSeconds() - start);
      work.say("registered in %.1f CPU s", work.row().number("build CPU s"));
      int warm = work.settings().size(100, 5);
      int measured = work.settings().size(300, 10);
      EventPropagation fovea = new EventPropagation(workload.network(ordered, size));
      double[] times = new double[measured];
      long found = 0;
      long candidates = 0;
      for (int d = 0; d < warm + measured; d++) {
        int[] words = workload.document();
        String text = Arrays.stream(words).mapToObj(w -> "w" + w).collect(Collectors.joining(" "));
        long before = THREADS.getCurrentThreadCpuTime();
        Document document = new Document();
        document.add(new TextField(FIELD, text, Field.Store.NO));
        var matches = monitor.match(document, QueryMatch.SIMPLE_MATCHER);
        long time = THREADS.getCurrentThreadCpuTime() - before;
        int expected = distinct(fovea, words, size);
        if (matches.getMatchCount() != expected) {
          throw new IllegalStateException(
              "Monitor found %d patterns, Fovea %d".formatted(matches.getMatchCount(), expected));
        }
        if (d >= warm) {
          times[d - warm] = time / 1e6;
          found += expected;
          candidates += matches.getQueriesRun();
        }
      }
      Arrays.sort(times);
      work.row()
          .put("ms a document", Arrays.stream(times).average().orElse(0))
          .put("ms p95", times[(int) (0.95 * (measured - 1))])
          .put("patterns a document", found / (double) measured)
          .put("queries a document", candidates / (double) measured);
      work.say("%.2f ms a document", work.row().number("ms a document"));
    }
  }

  private static void register(Monitor monitor, int[][] patterns, boolean ordered) {
    List<MonitorQuery> queries = new ArrayList<>();
    for (int p = 0; p < patterns.length; p++) {
      queries.add(
          new MonitorQuery(
              Integer.toString(p), ordered ? phrase(patterns[p]) : words(patterns[p])));
      if (queries.size() == BUFFERED || p == patterns.length - 1) {
        try {
          monitor.register(queries);
        } catch (IOException e) {
          throw new UncheckedIOException("cannot register patterns", e);
        }
        queries.clear();
      }
    }
  }

  private static Query phrase(int[] pattern) {
    return new PhraseQuery(
        FIELD, Arrays.stream(pattern).mapToObj(word -> "w" + word).toArray(String[]::new));
  }

  private static Query words(int[] pattern) {
    BooleanQuery.Builder all = new BooleanQuery.Builder();
    for (int word : pattern) {
      all.add(new TermQuery(new Term(FIELD, "w" + word)), BooleanClause.Occur.MUST);
    }
    return all.build();
  }

  private static int distinct(EventPropagation propagation, int[] words, int patternCount) {
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
    return found.size();
  }
}
