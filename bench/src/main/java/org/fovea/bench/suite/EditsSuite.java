package org.fovea.bench.suite;

import static org.fovea.bench.run.Markdown.number;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.fovea.bench.run.Cell;
import org.fovea.bench.run.Markdown;
import org.fovea.bench.run.Row;
import org.fovea.bench.run.Settings;
import org.fovea.bench.run.Suite;
import org.fovea.bench.run.Work;
import org.fovea.event.EventNetwork;
import org.fovea.event.EventPropagation;
import org.fovea.event.LiveNetwork;
import org.fovea.event.NetworkEdit;
import org.fovea.event.Neuron;

/// What it costs to edit a network of patterns while documents are read.
final class EditsSuite implements Suite {

  private static final int ROUND_DOCUMENTS = 100;
  private static final int ROUND_EDITS = 1_000;
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  @Override
  public String name() {
    return "edits";
  }

  @Override
  public String title() {
    return "Patterns that are edited while they are matched";
  }

  @Override
  public List<Cell> cells(Settings settings) {
    List<Cell> cells = new ArrayList<>();
    for (int size : settings.quick() ? new int[] {10_000} : new int[] {100_000, 1_000_000}) {
      cells.add(Cell.of("edits-" + size).with("patterns", size).jvm("-Xmx6g", "-XX:+UseSerialGC"));
    }
    return cells;
  }

  @Override
  public void measure(Work work) {
    int size = work.cell().integer("patterns");
    int rounds = work.settings().integer("rounds", work.settings().size(20, 3));
    PatternWorkload workload = new PatternWorkload(size);
    EventNetwork network = workload.network(true, size);
    int[][] documents = new int[ROUND_DOCUMENTS][];
    for (int d = 0; d < documents.length; d++) {
      documents[d] = workload.document();
    }
    EventPropagation propagation = new EventPropagation(network);
    for (int warm = 0; warm < 5; warm++) {
      run(propagation, documents);
    }
    double before = run(propagation, documents) / documents.length;
    Edits edits = new Edits(new LiveNetwork(network), workload, size);
    double matching = 0;
    double editing = 0;
    double slowest = 0;
    for (int round = 0; round < rounds; round++) {
      long start = THREADS.getCurrentThreadCpuTime();
      propagation.use(edits.commit(ROUND_EDITS));
      double took = (THREADS.getCurrentThreadCpuTime() - start) / 1e6;
      editing += took;
      slowest = Math.max(slowest, took);
      matching += run(propagation, documents);
    }
    work.row()
        .put("ms a document before", before)
        .put("ms a document", matching / rounds / documents.length)
        .put("ms an edit", editing / rounds / ROUND_EDITS)
        .put("ms of the slowest commit", slowest)
        .put("edits", (double) rounds * ROUND_EDITS);
    work.say("%s", work.row().line());
  }

  private static double run(EventPropagation propagation, int[][] documents) {
    long start = THREADS.getCurrentThreadCpuTime();
    for (int[] document : documents) {
      propagation.clear();
      for (int at = 0; at < document.length; at++) {
        propagation.add(document[at], at, at + 1, 1);
      }
      propagation.run();
    }
    return (THREADS.getCurrentThreadCpuTime() - start) / 1e6;
  }

  /// A third each: patterns that come, that go, and that get another weight.
  private static final class Edits {

    private final LiveNetwork live;
    private final PatternWorkload workload;
    private final SplittableRandom random = new SplittableRandom(7);
    private final List<Integer> there = new ArrayList<>();

    Edits(LiveNetwork live, PatternWorkload workload, int patterns) {
      this.live = live;
      this.workload = workload;
      for (int p = 0; p < patterns; p++) {
        there.add(PatternWorkload.WORDS + p);
      }
    }

    EventNetwork commit(int count) {
      EventNetwork now = live.current();
      NetworkEdit edit = live.edit();
      List<Integer> added = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        int at = random.nextInt(there.size());
        switch (i % 3) {
          case 0 -> added.add(edit.add(Neuron.phrase(workload.pattern())));
          case 1 -> {
            edit.remove(there.get(at));
            there.set(at, there.getLast());
            there.removeLast();
          }
          default -> {
            Neuron old = now.neuron(there.get(at));
            edit.replace(there.get(at), old.withWeight(0, 1 + random.nextInt(4) / 4f));
          }
        }
      }
      there.addAll(added);
      return edit.commit();
    }
  }

  @Override
  public String render(List<Row> rows) {
    Markdown table =
        new Markdown(
            "patterns",
            "edits",
            "CPU ms a document before",
            "while edited",
            "CPU ms an edit",
            "slowest commit of 1,000, ms");
    for (Row row : rows) {
      table.row(
          number(row.number("patterns"), 0),
          number(row.number("edits"), 0),
          number(row.number("ms a document before"), 3),
          number(row.number("ms a document"), 3),
          number(row.number("ms an edit"), 3),
          number(row.number("ms of the slowest commit"), 0));
    }
    return "1,000 edits for every 100 documents of 300 words, committed together: a third each of"
        + " phrases added, removed, and given another weight.\n\n"
        + table;
  }
}
