package org.fovea.bench.suite;

import static org.fovea.bench.run.Markdown.number;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.fovea.bench.run.Cell;
import org.fovea.bench.run.Machine;
import org.fovea.bench.run.Markdown;
import org.fovea.bench.run.Row;
import org.fovea.bench.run.Settings;
import org.fovea.bench.run.Suite;
import org.fovea.bench.run.Work;
import org.fovea.data.Examples;
import org.fovea.data.make.SyntheticExtreme;
import org.fovea.network.Network;
import org.fovea.spec.Selection;

/// Whether large networks train in little memory, and whether training allocates.
final class MemorySuite implements Suite {

  private static final String ALLOCATED = "allocated bytes an example";

  @Override
  public String name() {
    return "memory";
  }

  @Override
  public String title() {
    return "Memory";
  }

  @Override
  public List<Cell> cells(Settings settings) {
    List<Cell> cells = new ArrayList<>();
    if (settings.quick()) {
      cells.add(cell("labels-20000", 5_000, 4_000, 20_000, 1).jvm("-Xmx512m"));
    } else {
      cells.add(cell("labels-670091", 490_449, 135_909, 670_091, 1).jvm("-Xmx3g"));
      cells.add(cell("labels-5000000", 200_000, 500_000, 5_000_000, 1).jvm("-Xmx20g"));
    }
    for (String way : List.of("frequency-batch", "frequency-example", "simhash-batch", "full")) {
      cells.add(
          settings.quick()
              ? cell("allocation-" + way, 8_000, 4_000, 2_000, 3).with("way", way).jvm("-Xmx1g")
              : cell(
                      "allocation-" + way,
                      60_000,
                      135_909,
                      way.equals("full") ? 5_000 : 200_000,
                      settings.integer("epochs", 3))
                  .with("way", way)
                  .jvm("-Xmx6g"));
    }
    return cells;
  }

  private static Cell cell(String id, int examples, int features, int labels, int epochs) {
    return Cell.of(id)
        .with("examples", examples)
        .with("features", features)
        .with("labels", labels)
        .with("epochs", epochs)
        .limit(2 * 3_600);
  }

  @Override
  public void measure(Work work) {
    Cell cell = work.cell();
    Examples train =
        new DataSets(work)
            .synthetic(
                new SyntheticExtreme.Options(
                    cell.integer("examples"),
                    work.settings().size(1_000, 100),
                    cell.integer("features"),
                    cell.integer("labels"),
                    work.settings().size(75, 20),
                    4))
            .train();
    boolean allocation = cell.with().containsKey("way");
    Selection selection =
        allocation
            ? OutputSelection.of(cell.text("way"))
                .spec(cell.integer("labels"), work.settings().size(Networks.NEGATIVES, 128))
            : Networks.sampled(Networks.NEGATIVES);
    int perEpoch = Math.ceilDiv(cell.integer("examples"), Networks.BATCH);
    TrainerRun run = new TrainerRun(work, allocation ? perEpoch * (cell.integer("epochs") - 1) : 0);
    try (Network network =
        run.run(
            Networks.extreme(train.summary(), Networks.HIDDEN, selection),
            Networks.rowAdagrad(
                cell.integer("epochs"), work.settings().number("rate", Networks.RATE), 1),
            train,
            Optional.empty(),
            1)) {
      work.row()
          .put("parameters", network.parameterCount())
          .put("parameter MB", network.parameterCount() * 4 / 1e6)
          .put("heap limit MB", Runtime.getRuntime().maxMemory() / 1e6)
          .put("peak heap MB", peakHeap() / 1e6)
          .put("peak resident MB", Machine.peakResidentMegabytes())
          .put("ms CPU a batch", run.cpuMillisPerBatch())
          .put(ALLOCATED, run.allocatedPerBatch() / Networks.BATCH);
    }
    work.say(
        "peak heap %.0f MB, peak resident %.0f MB, %.2f bytes allocated an example",
        work.row().number("peak heap MB"),
        work.row().number("peak resident MB"),
        work.row().number(ALLOCATED));
  }

  private static double peakHeap() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getType() == MemoryType.HEAP)
        .map(MemoryPoolMXBean::getPeakUsage)
        .mapToLong(usage -> usage.getUsed())
        .sum();
  }

  @Override
  public String render(List<Row> rows) {
    Markdown sizes =
        new Markdown(
            "labels",
            "parameters, million",
            "MB of parameters",
            "heap limit, MB",
            "peak heap, MB",
            "peak resident, MB",
            "examples trained on",
            "how it ended");
    Markdown allocation =
        new Markdown("active labels chosen by", "labels", "bytes allocated an example");
    for (Row row : rows) {
      if (row.has("way")) {
        allocation.row(
            row.text("way"), number(row.number("labels"), 0), number(row.number(ALLOCATED), 2));
      } else {
        sizes.row(
            number(row.number("labels"), 0),
            number(row.number("parameters") / 1e6, 0),
            number(row.number("parameter MB"), 0),
            number(row.number("heap limit MB"), 0),
            number(row.number("peak heap MB"), 0),
            number(row.number("peak resident MB"), 0),
            number(row.number("examples") * row.number("epochs"), 0),
            row.text("status"));
      }
    }
    return sizes
        + "\nIn the last epoch, over all threads of the process (bytes of whatever the JVM"
        + " counts, progress events among them):\n\n"
        + allocation;
  }
}
