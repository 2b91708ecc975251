package org.fovea.bench.suite;

import static org.fovea.bench.run.Markdown.number;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.fovea.bench.run.Cell;
import org.fovea.bench.run.Machine;
import org.fovea.bench.run.Markdown;
import org.fovea.bench.run.Row;
import org.fovea.bench.run.Settings;
import org.fovea.bench.run.Suite;
import org.fovea.bench.run.Work;
import org.fovea.event.EventNetwork;
import org.fovea.event.EventPropagation;

/// How long event-driven networks of patterns take for a document, beside bare matchers.
final class AnnotateSuite implements Suite {

  private static final String PEER = "org.fovea.bench.peer.MonitorMain";
  private static final int DOCUMENTS = 1_000;
  private static final int WARM_PASSES = 3;
  private static final int CHECKED = 20;

  private static final String EVEN = "even: ";

  /// As many phrases as 300 words have of 100,000.
  private static final int EVEN_HITS = 66;

  private static final int EVEN_DOCUMENTS = 200;

  @Override
  public String name() {
    return "annotate";
  }

  @Override
  public String title() {
    return "Patterns in text, event-driven";
  }

  @Override
  public List<Cell> cells(Settings settings) {
    List<Cell> cells = new ArrayList<>();
    int[] sizes =
        settings.quick()
            ? new int[] {1_000}
            : new int[] {10_000, 100_000, 1_000_000, settings.integer("most", 1_000_000)};
    for (int size : Arrays.stream(sizes).distinct().toArray()) {
      // Of more than a million only phrases: the others are found by the thousands in a document.
      for (String kind : size > 1_000_000 ? List.of("phrases") : PatternTask.KINDS) {
        cells.add(cell(kind, size));
      }
    }
    for (int size : settings.quick() ? new int[] {1_000} : new int[] {10_000, 100_000}) {
      for (String kind : settings.peers() ? PatternTask.KINDS : List.<String>of()) {
        cells.add(peer(kind, size));
      }
    }
    return cells;
  }

  private static Cell peer(String kind, int size) {
    return Cell.of("monitor-" + kind + "-" + size)
        .with("kind", kind)
        .with("patterns", size)
        .jvm("-Xmx6g", "-XX:+UseSerialGC")
        .main(PEER);
  }

  private static Cell cell(String kind, int size) {
    return Cell.of(kind + "-" + size)
        .with("kind", kind)
        .with("patterns", size)
        .jvm("-Xmx" + (size > 1_000_000 ? 7 : 6) + "g", "-XX:+UseSerialGC");
  }

  /// Fewer where a large part of all patterns is in each document.
  private static int documents(Cell cell) {
    boolean many = cell.text("kind").equals("weighted");
    return many
        ? Math.clamp(20_000_000L / cell.integer("patterns"), CHECKED, DOCUMENTS)
        : DOCUMENTS;
  }

  @Override
  public void measure(Work work) {
    int size = work.cell().integer("patterns");
    PatternTask task = PatternTask.of(work.cell().text("kind"), size);
    int[][] documents = new int[work.settings().size(documents(work.cell()), 50)][];
    for (int d = 0; d < documents.length; d++) {
      documents[d] = task.document();
    }
    double start = Machine.cpuSeconds();
    EventNetwork network = task.network();
    double built = Machine.cpuSeconds() - start;
    long wordBytes = task.wordNetwork().bytes();
    work.row()
        .put("build CPU s", built)
        .put("lattice nodes", network.latticeNodeCount())
        .put("bytes a pattern", (network.bytes() - wordBytes) / (double) size);
    work.say("built in %.1f CPU s, %.0f MB", built, network.bytes() / 1e6);
    Fovea fovea = new Fovea(network, size);
    MatcherPasses own = new MatcherPasses(documents.length);
    for (int d = 0; d < CHECKED; d++) {
      task.check(documents[d], fovea.found(documents[d]));
    }
    PatternFloor floor = task.floor();
    MatcherPasses bare = new MatcherPasses(documents.length);
    for (int pass = 0; pass < WARM_PASSES + work.settings().repeats(); pass++) {
      own.run(documents, fovea, pass >= WARM_PASSES);
      bare.run(documents, floor, pass >= WARM_PASSES);
      work.say("pass %d: %.3f and %.3f ms a document", pass, own.lastMean(), bare.lastMean());
    }
    if (own.found() != bare.found()) {
      throw new IllegalStateException(
          "the network found %s patterns, the floor %s".formatted(own.found(), bare.found()));
    }
    own.put(work.row(), "");
    bare.put(work.row(), "floor ");
    work.row().put("hits a document", own.found() / (double) documents.length);
    fovea.count(documents, task.readers(), work.row());
    if (work.cell().text("kind").equals("phrases") && size > 100_000) {
      even(work, task, fovea, floor);
    }
  }

  /// Documents with as many hits as of fewer patterns.
  private static void even(Work work, PatternTask task, Fovea fovea, PatternFloor floor) {
    int[][] documents = new int[work.settings().size(EVEN_DOCUMENTS, 20)][];
    for (int d = 0; d < documents.length; d++) {
      documents[d] = task.documentWith(EVEN_HITS);
    }
    MatcherPasses own = new MatcherPasses(documents.length);
    MatcherPasses bare = new MatcherPasses(documents.length);
    for (int pass = 0; pass < 2 + work.settings().repeats(); pass++) {
      own.run(documents, fovea, pass >= 2);
      bare.run(documents, floor, pass >= 2);
      work.say("even %d: %.3f and %.3f ms a document", pass, own.lastMean(), bare.lastMean());
    }
    if (own.found() != bare.found()) {
      throw new IllegalStateException(
          "the network found %s patterns, the floor %s".formatted(own.found(), bare.found()));
    }
    own.put(work.row(), EVEN);
    bare.put(work.row(), EVEN + "floor ");
    work.row().put(EVEN + "hits a document", own.found() / (double) documents.length);
  }

  /// Documents through the network; everything that a user would do but reading the text.
  private static final class Fovea implements PatternFloor {

    private final EventPropagation propagation;
    private final int end;

    Fovea(EventNetwork network, int patternCount) {
      propagation = new EventPropagation(network);
      end = PatternWorkload.WORDS + patternCount;
    }

    @Override
    public int matches(int[] document) {
      propagation.clear();
      for (int at = 0; at < document.length; at++) {
        propagation.add(document[at], at, at + 1, 1);
      }
      propagation.run();
      int found = 0;
      for (int i = 0; i < propagation.count(); i++) {
        int neuron = propagation.neuron(i);
        found += neuron >= PatternWorkload.WORDS && neuron < end ? 1 : 0;
      }
      return found;
    }

    /// By pattern, whether it is in a document.
    boolean[] found(int[] document) {
      matches(document);
      boolean[] found = new boolean[end - PatternWorkload.WORDS];
      for (int i = 0; i < propagation.count(); i++) {
        int pattern = propagation.neuron(i) - PatternWorkload.WORDS;
        if (pattern >= 0 && pattern < found.length) {
          found[pattern] = true;
        }
      }
      return found;
    }

    void count(int[][] documents, int[] readers, Row row) {
      double active = 0;
      double updates = 0;
      double states = 0;
      double plain = 0;
      for (int[] document : documents) {
        matches(document);
        active += propagation.count();
        updates += propagation.updates();
        states += propagation.states();
        int last = -1;
        int[] neurons = new int[propagation.count()];
        for (int i = 0; i < neurons.length; i++) {
          neurons[i] = propagation.neuron(i);
        }
        Arrays.sort(neurons);
        for (int neuron : neurons) {
          plain += neuron == last || neuron >= readers.length ? 0 : readers[neuron];
          last = neuron;
        }
      }
      row.put("activations a document", active / documents.length)
          .put("updates a document", updates / documents.length)
          .put("lattice nodes reached a document", states / documents.length)
          .put("updates of the plain queue", plain / documents.length);
    }
  }

  @Override
  public String render(List<Row> rows) {
    Markdown table =
        new Markdown(
            "patterns",
            "number",
            "hits a document",
            "CPU ms a document",
            "p95",
            "bare matcher, ms",
            "times the bare matcher",
            "with 66 hits, ms",
            "bytes a pattern",
            "updates",
            "of the plain queue",
            "build, CPU s");
    Markdown peers =
        new Markdown(
            "patterns",
            "number",
            "found in a document",
            "queries run",
            "Lucene Monitor, CPU ms",
            "Fovea, CPU ms",
            "times less");
    for (Row row : rows) {
      if (row.text("cell").startsWith("monitor")) {
        peers.row(peerCells(row, rows));
        continue;
      }
      double mean = row.number("ms a document");
      double floor = row.number("floor ms a document");
      table.row(
          row.text("kind"),
          number(row.number("patterns"), 0),
          number(row.number("hits a document"), 1),
          number(mean, 3),
          number(row.number("ms p95"), 3),
          number(floor, 3),
          number(mean / floor, 1),
          row.has(EVEN + "ms a document") ? number(row.number(EVEN + "ms a document"), 3) : "",
          number(row.number("bytes a pattern"), 0),
          number(row.number("updates a document"), 0),
          number(row.number("updates of the plain queue"), 0),
          number(row.number("build CPU s"), 1));
    }
    return "Documents of 300 words, patterns of 3.5 words, all by Zipf's law; of ordered patterns,"
        + " phrases with categories of 1,000, the bare matcher is a trie of words in hash"
        + " maps, of words anywhere in the document an index by the rarest word. Weighted"
        + " patterns have five words, one in ten of them against, and any two to four of the"
        + " others suffice; rare ones do without the 100 most common words; their bare"
        + " matcher adds up the weights of an index of all words. The network also computes"
        + " values and categories. CPU time is that of the thread; both found the same"
        + " number of patterns. Bytes are those of all arrays, less those of words"
        + " alone.\n\n"
        + table
        + "\n"
        + "Lucene Monitor with the rarest word of each pattern as its key, one document at a time,"
        + " splitting of the text included; it found the same patterns:\n\n"
        + peers;
  }

  private static Object[] peerCells(Row row, List<Row> rows) {
    double mean = row.number("ms a document");
    String own = row.text("cell").replace("monitor-", "");
    double fovea =
        rows.stream()
            .filter(other -> other.text("cell").equals(own))
            .mapToDouble(other -> other.number("ms a document"))
            .findFirst()
            .orElse(Double.NaN);
    return new Object[] {
      row.text("kind"),
      number(row.number("patterns"), 0),
      number(row.number("patterns a document"), 1),
      number(row.number("queries a document"), 0),
      number(mean, 2),
      number(fovea, 3),
      number(mean / fovea, 0)
    };
  }
}
