package org.fovea.bench.suite;

import static org.fovea.bench.run.Markdown.number;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.fovea.bench.run.Cell;
import org.fovea.bench.run.Machine;
import org.fovea.bench.run.Markdown;
import org.fovea.bench.run.Row;
import org.fovea.bench.run.Settings;
import org.fovea.bench.run.Suite;
import org.fovea.bench.run.Work;
import org.fovea.data.Examples;
import org.fovea.data.Names;
import org.fovea.network.Network;
import org.fovea.network.SparseConnections;
import org.fovea.spec.NetworkSpec;
import org.fovea.spec.TrainSpec;
import org.fovea.training.RunOptions;
import org.fovea.training.TrainEvent;
import org.fovea.training.Trainer;
import org.fovea.training.TrainingRun;

/// How far sparse networks go: networks of millions of neurons from nothing to a model on disk, the
/// ladder of widths of the published implementations, and a table of 300,000 columns.
///
/// Large networks train one pass over 64 examples in batches of 8, ten connections a neuron, with
/// momentum. `--only` chooses; the largest needs 20 GB.
final class ScaleSuite implements Suite {

  private static final String KIND = "kind";
  private static final String NEURONS = "neurons";
  static final String CONNECTIONS = "connections";
  static final String PREPARATION = "initialization, CPU s";
  private static final String PASS = "pass, CPU s";
  private static final String SAVING = "saving, CPU s";
  private static final String MEMORY = "peak resident MB";
  static final String BYTES = "bytes a connection";
  private static final double MILLION = 1e6;

  @Override
  public String name() {
    return "scale";
  }

  @Override
  public String title() {
    return "Sparse networks of millions of neurons";
  }

  @Override
  public List<Cell> cells(Settings settings) {
    List<Cell> cells = new ArrayList<>();
    double[] millions = settings.quick() ? new double[] {0.03} : new double[] {1, 5, 10, 50};
    for (double size : millions) {
      cells.add(
          Cell.of("neurons-" + number(size, size < 1 ? 2 : 0) + "m")
              .with(KIND, "large")
              .with(NEURONS, (int) (size * MILLION))
              .jvm("-Xmx" + (int) (2 + 0.34 * size) + "g", "-XX:+UseSerialGC"));
    }
    for (int width : settings.quick() ? new int[] {300} : new int[] {3_000, 30_000, 600_000}) {
      cells.add(Cell.of("ladder-" + width).with(KIND, "ladder").with("width", width).jvm("-Xmx8g"));
    }
    cells.add(
        Cell.of("memory")
            .with(KIND, "memory")
            .with("width", settings.size(10_000, 300))
            .with("epsilon", settings.size(250, 20))
            .jvm("-Xmx4g"));
    cells.add(
        Cell.of("table")
            .with(KIND, "table")
            .with("columns", settings.size(300_000, 3_000))
            .jvm("-Xmx4g"));
    return cells;
  }

  @Override
  public void measure(Work work) throws Exception {
    switch (work.cell().text(KIND)) {
      case "large" -> large(work);
      case "ladder" -> ScaleMeasures.ladder(work);
      case "table" -> ScaleMeasures.table(work);
      case "memory" -> ScaleMeasures.connections(work);
      default -> throw new IllegalArgumentException(work.cell().id());
    }
  }

  private static void large(Work work) throws IOException {
    int neurons = work.cell().integer(NEURONS);
    NetworkSpec spec = ScaleNetworks.ladder(neurons / 3, 5);
    // labels read millions of neurons, each of which moves them a little
    double rate = Math.min(0.001, 1_000.0 / neurons);
    TrainSpec training = ScaleNetworks.training(1, 8, rate, 0);
    Examples rows = ScaleNetworks.rows(64, ScaleNetworks.COLUMNS, ScaleNetworks.CLASSES, 50, 1, 1);
    Path model = work.settings().outFolder().resolve("work/scale-" + work.cell().id());
    double[] at = {Machine.cpuSeconds(), 0, 0};
    TrainingRun run =
        new TrainingRun(
            new TrainingRun.Setup(
                spec,
                training,
                rows,
                Optional.empty(),
                Names.none(),
                new RunOptions(1, 1_000_000, Duration.ofDays(1)),
                model,
                Optional.empty()),
            event -> {
              switch (event) {
                case TrainEvent.RunStarted _ -> at[1] = Machine.cpuSeconds();
                case TrainEvent.EpochDone _ -> at[2] = Machine.cpuSeconds();
                default -> {}
              }
            },
            new Trainer.Clocks(System::nanoTime, Machine::cpuSeconds));
    long connections = 0;
    try (Network network = run.run(false).network()) {
      for (SparseConnections layer : network.connections()) {
        connections += layer.matrix().count();
      }
    }
    double end = Machine.cpuSeconds();
    work.row()
        .put(CONNECTIONS, connections)
        .put(PREPARATION, at[1] - at[0])
        .put(PASS, at[2] - at[1])
        .put(SAVING, end - at[2])
        .put(MEMORY, Machine.peakResidentMegabytes())
        .put("model bytes a connection", (double) size(model) / connections);
    work.say("%s", work.row().line());
    delete(model);
  }

  private static long size(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path path : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  @Override
  public String render(List<Row> rows) {
    List<Row> large = rows.stream().filter(row -> row.text(KIND).equals("large")).toList();
    Markdown table =
        new Markdown(NEURONS, CONNECTIONS, PREPARATION, PASS, SAVING, MEMORY, "bytes on disk");
    for (Row row : large) {
      table.row(
          number(row.number(NEURONS), 0),
          number(row.number(CONNECTIONS), 0),
          number(row.number(PREPARATION), 1),
          number(row.number(PASS), 1),
          number(row.number(SAVING), 1),
          number(row.number(MEMORY), 0),
          number(row.number("model bytes a connection"), 2));
    }
    StringBuilder text = new StringBuilder(table.toString());
    if (large.size() > 1) {
      text.append(projection(large));
    }
    for (Row row : rows) {
      if (row.text(KIND).equals("ladder")) {
        text.append(
            String.format(
                Locale.ROOT,
                "\n3312-h-h-h-5, h = %s, batch 2, 135 examples: %s CPU s an epoch%n",
                row.text("width"),
                number(row.number("epoch, CPU s"), 3)));
      } else if (row.text(KIND).equals("memory")) {
        text.append(
            String.format(
                Locale.ROOT,
                "\nIn training with momentum, %s connections: %s bytes of heap each%n",
                number(row.number(CONNECTIONS), 0),
                number(row.number(BYTES), 1)));
      } else if (row.text(KIND).equals("table")) {
        text.append(
            String.format(
                Locale.ROOT,
                "\n"
                    + "200 rows, %s columns: %s CPU s, %s of the strongest 50 columns are"
                    + " informative%n",
                row.text("columns"),
                number(row.number("training, CPU s"), 1),
                row.text("informative among the strongest 50")));
      }
    }
    return text.toString();
  }

  /// A line through the sizes, by least squares of relative errors, and what it says of a billion
  /// neurons.
  private static String projection(List<Row> rows) {
    double billion = 1000 * MILLION;
    return String.format(
        Locale.ROOT,
        "%nA billion neurons with ten connections each, by lines through these: %s GB, a pass of"
            + " 64 examples in %s CPU minutes.%n",
        number(projected(rows, row -> row.number(MEMORY), billion) / 1000, 0),
        number(projected(rows, row -> row.number(PASS), billion) / 60, 0));
  }

  private static double projected(List<Row> rows, ToDoubleFunction<Row> measure, double neurons) {
    double weights = 0;
    double sizes = 0;
    double values = 0;
    double squares = 0;
    double products = 0;
    for (Row row : rows) {
      double value = measure.applyAsDouble(row);
      double weight = 1 / (value * value);
      double size = row.number(NEURONS);
      weights += weight;
      sizes += weight * size;
      values += weight * value;
      squares += weight * size * size;
      products += weight * size * value;
    }
    double slope = (weights * products - sizes * values) / (weights * squares - sizes * sizes);
    return (values - slope * sizes) / weights + slope * neurons;
  }
}
