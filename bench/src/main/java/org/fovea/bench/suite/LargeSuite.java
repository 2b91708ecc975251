package org.fovea.bench.suite;

import static org.fovea.bench.run.Markdown.number;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.fovea.bench.run.Cell;
import org.fovea.bench.run.Chart;
import org.fovea.bench.run.Machine;
import org.fovea.bench.run.Markdown;
import org.fovea.bench.run.Row;
import org.fovea.bench.run.Settings;
import org.fovea.bench.run.SkippedException;
import org.fovea.bench.run.Suite;
import org.fovea.bench.run.Work;
import org.fovea.event.EventNetwork;
import org.fovea.event.EventPropagation;
import org.fovea.event.SuspendedNetwork;
import org.fovea.event.SuspendedPropagation;
import org.fovea.residency.CacheStatistics;
import org.fovea.residency.NeuronStores;
import org.fovea.residency.PageFileWriter;
import org.fovea.residency.PageSink;

/// Networks of millions of patterns: in memory, and suspended with a budget and a retention.
final class LargeSuite implements Suite {

  private static final String KIND = "kind";
  private static final String MAKE = "make";
  private static final String STREAM = "stream";
  private static final String SHARE = "share of the pages, %";
  private static final String RETENTION = "retention";
  private static final String WARM = "ms a document";
  private static final String READS = "reads a document";
  private static final int[] SHARES = {1, 2, 5, 10, 20, 50, 100};
  private static final int[] RETENTIONS = {1, 3, 10, 30, 100, 300, 1_000};

  @Override
  public String name() {
    return "large";
  }

  @Override
  public String title() {
    return "Patterns that are suspended to disk";
  }

  @Override
  public List<Cell> cells(Settings settings) {
    int patterns = settings.integer("patterns", settings.size(20_000_000, 20_000));
    int heap = settings.integer("heap", settings.quick() ? 2 : 16);
    List<Cell> cells = new ArrayList<>();
    cells.add(
        Cell.of(MAKE)
            .with(KIND, MAKE)
            .with("patterns", patterns)
            .limit(7_200)
            .jvm("-Xmx" + heap + "g", "-XX:+UseSerialGC"));
    for (int share : SHARES) {
      cells.add(suspended("share-" + share, share, 0, share > 20 ? 8 : 1));
    }
    for (int retention : RETENTIONS) {
      cells.add(suspended("retention-" + retention, 100, retention, 8));
    }
    cells.add(
        Cell.of(STREAM)
            .with(KIND, STREAM)
            .with("patterns", patterns)
            .with("memory, MB", settings.integer("memory", settings.quick() ? 2 : 256))
            .limit(7_200)
            .jvm("-Xmx1g", "-XX:+UseSerialGC"));
    cells.add(
        Cell.of("streamed")
            .with(KIND, "streamed")
            .with(SHARE, 20)
            .with(RETENTION, 0)
            .jvm("-Xmx1g", "-XX:+UseSerialGC"));
    return cells;
  }

  private static Cell suspended(String id, int share, int retention, int heap) {
    return Cell.of(id)
        .with(KIND, "suspended")
        .with(SHARE, share)
        .with(RETENTION, retention)
        .jvm("-Xmx" + heap + "g", "-XX:+UseSerialGC");
  }

  private static Path pages(Work work) {
    return made(work, "pages");
  }

  private static Path documents(Work work) {
    return made(work, "documents");
  }

  private static Path made(Work work, String ending) {
    boolean streamed = work.cell().text(KIND).startsWith(STREAM);
    return work.settings().madeFolder().resolve((streamed ? STREAM : "large") + "." + ending);
  }

  @Override
  public void measure(Work work) throws IOException {
    switch (work.cell().text(KIND)) {
      case MAKE -> make(work);
      case STREAM -> StreamedPatterns.make(work, pages(work), documents(work));
      default -> suspended(work);
    }
  }

  private static void make(Work work) throws IOException {
    int size = work.cell().integer("patterns");
    PatternWorkload workload = new PatternWorkload(size);
    DocumentSet documents =
        DocumentSet.of(
            workload, work.settings().integer("documents", work.settings().size(5_000, 100)));
    documents.write(documents(work));
    work.say("%d patterns, %d documents", size, documents.count());
    double start = Machine.cpuSeconds();
    EventNetwork network = workload.network(true, size);
    double built = Machine.cpuSeconds();
    work.row()
        .put("neurons", network.neuronCount())
        .put("build CPU s", built - start)
        .put("bytes in memory", network.bytes())
        .put("peak resident, MB", Machine.peakResidentMegabytes());
    work.say("%s", work.row().line());
    DocumentTimes times = new DocumentTimes(documents, new EventPropagation(network));
    for (String kind : DocumentSet.KINDS) {
      times.run(kind, 0, documents.count(kind));
      times.run(kind, 0, documents.count(kind)).put(work.row(), kind + ": ");
      work.say("%s: %.3f ms a document", kind, work.row().number(kind + ": " + WARM));
    }
    Path file = pages(work);
    Files.createDirectories(file.toAbsolutePath().getParent());
    double before = Machine.cpuSeconds();
    try (PageFileWriter writer = PageFileWriter.create(file, SuspendedNetwork.FORMAT)) {
      int bytes = work.settings().integer("page", SuspendedNetwork.PAGE_BYTES);
      SuspendedNetwork.write(network, PageSink.of(writer), bytes);
    }
    work.row()
        .put("suspension CPU s", Machine.cpuSeconds() - before)
        .put("bytes on disk", Files.size(file));
    work.say("%s", work.row().line());
  }

  private static void suspended(Work work) throws IOException {
    Path file = pages(work);
    if (!Files.exists(file)) {
      throw new SkippedException("the cell that makes " + file + " has to run first");
    }
    DocumentSet documents = DocumentSet.read(documents(work));
    int share = work.cell().integer(SHARE);
    long budget = Files.size(file) * share / 100;
    int retention = work.cell().integer(RETENTION);
    double start = Machine.cpuSeconds();
    try (SuspendedNetwork network =
        SuspendedNetwork.open(
            NeuronStores.open(file, SuspendedNetwork.FORMAT),
            share == 100 ? 2 * budget : budget,
            retention)) {
      work.row()
          .put("open CPU s", Machine.cpuSeconds() - start)
          .put("resident bytes", network.residentBytes())
          .put("pages", network.pageCount())
          .put("budget, MB", budget / 1e6);
      SuspendedPropagation propagation = new SuspendedPropagation(network);
      DocumentTimes times = new DocumentTimes(documents, propagation);
      times.run("short", 0, 1).put(work.row(), "first: ");
      if (share == 100 && retention == 0) {
        network.load();
      }
      for (String kind : DocumentSet.KINDS) {
        int count = documents.count(kind);
        int warm = count * 4 / 5;
        times.run(kind, 0, warm);
        CacheStatistics before = network.statistics();
        times.run(kind, warm, count).put(work.row(), kind + ": ");
        CacheStatistics after = network.statistics();
        double measured = count - warm;
        work.row()
            .put(kind + ": pages a document", times.pages() / measured)
            .put(kind + ": " + READS, (after.reads() - before.reads()) / measured)
            .put(kind + ": bytes a document", (after.bytesRead() - before.bytesRead()) / measured)
            .put(kind + ": MB in memory", after.bytes() / 1e6);
      }
      work.row().put("peak resident, MB", Machine.peakResidentMegabytes());
      work.say("%s", work.row().line());
    }
  }

  @Override
  public String render(List<Row> rows) {
    StringBuilder text = new StringBuilder();
    for (Row row : rows) {
      if (row.text(KIND).equals(MAKE)) {
        text.append(
            String.format(
                Locale.ROOT,
                "%,.0f patterns and their categories in memory: built in %.0f CPU s, %.2f GB,"
                    + " suspended in %.0f CPU s to %.2f GB.%n%n",
                row.number("patterns"),
                row.number("build CPU s"),
                row.number("bytes in memory") / 1e9,
                row.number("suspension CPU s"),
                row.number("bytes on disk") / 1e9));
      }
    }
    for (Row row : rows) {
      if (row.text(KIND).equals(STREAM)) {
        text.append(
            String.format(
                Locale.ROOT,
                "%,.0f patterns and their categories built on pages with a heap of 1 GB, %s MB of"
                    + " it to sort: drawn in %.0f CPU s, built in %.0f, %.2f GB.%n%n",
                row.number("patterns"),
                row.text("memory, MB"),
                row.number("drawing CPU s"),
                row.number("build CPU s"),
                row.number("bytes on disk") / 1e9));
      }
    }
    Markdown table =
        new Markdown(
            "documents",
            "budget",
            RETENTION,
            "CPU ms a document",
            "p95",
            "first document, ms",
            "pages a document",
            READS,
            "kB read a document",
            "activations a document");
    for (String kind : DocumentSet.KINDS) {
      for (Row row : rows) {
        if (row.text(KIND).equals(STREAM)) {
          continue;
        }
        boolean memory = row.text(KIND).equals(MAKE);
        table.row(
            kind,
            memory
                ? "in memory"
                : row.text(SHARE) + " %, " + number(row.number("budget, MB"), 0) + " MB",
            memory ? "" : row.text(RETENTION),
            number(row.number(kind + ": " + WARM), 3),
            number(row.number(kind + ": p95"), 3),
            memory ? "" : number(row.number("first: " + WARM), 1),
            memory ? "" : number(row.number(kind + ": pages a document"), 0),
            memory ? "" : number(row.number(kind + ": " + READS), 1),
            memory ? "" : number(row.number(kind + ": bytes a document") / 1e3, 0),
            number(row.number(kind + ": activations a document"), 0));
      }
    }
    return text.append(table).toString();
  }

  @Override
  public void draw(List<Row> rows, Path folder) {
    draw(rows, false, "budget, % of the pages", folder.resolve("large-budget.png"));
    draw(rows, true, "retention, documents", folder.resolve("large-retention.png"));
  }

  /// Time by budget or by retention; by retention also what is in memory then.
  private static void draw(List<Row> rows, boolean byRetention, String axis, Path file) {
    String across = byRetention ? RETENTION : SHARE;
    List<Row> drawn =
        rows.stream()
            .filter(row -> row.text(KIND).equals("suspended"))
            .filter(row -> row.number(RETENTION) > 0 == byRetention)
            .sorted(Comparator.comparingDouble(row -> row.number(across)))
            .toList();
    String title = "Time of a document by " + axis.substring(0, axis.indexOf(','));
    Chart chart = new Chart(title, axis, byRetention ? "CPU ms, and tens of MB" : "CPU ms");
    for (String kind : DocumentSet.KINDS) {
      chart.curve(kind + " documents", points(drawn, across, kind + ": " + WARM, 1), 1);
      if (byRetention) {
        String name = kind + " documents, pages in memory, tens of MB";
        chart.curve(name, points(drawn, across, kind + ": MB in memory", 10), 1);
      }
    }
    chart.logarithmic().write(file);
  }

  private static List<double[]> points(List<Row> rows, String across, String what, double unit) {
    return rows.stream()
        .map(row -> new double[] {row.number(across), row.number(what) / unit})
        .toList();
  }
}
