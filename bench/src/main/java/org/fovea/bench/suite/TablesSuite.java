package org.fovea.bench.suite;

import static org.fovea.bench.run.Markdown.number;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.DoubleStream;
import org.fovea.bench.run.Cell;
import org.fovea.bench.run.Machine;
import org.fovea.bench.run.Markdown;
import org.fovea.bench.run.Row;
import org.fovea.bench.run.Settings;
import org.fovea.bench.run.SkippedException;
import org.fovea.bench.run.Suite;
import org.fovea.bench.run.Work;
import org.fovea.data.DataFiles;
import org.fovea.data.DataOptions;
import org.fovea.data.Examples;
import org.fovea.data.Strata;
import org.fovea.data.TableOptions;
import org.fovea.network.Network;
import org.fovea.spec.TrainSpec;
import org.fovea.training.Evaluator;
import org.fovea.training.Plan;
import org.fovea.training.Preparation;
import org.fovea.training.metric.MeasureSpec;
import org.fovea.training.optimizer.Updaters;

/// Whether sparse networks whose connections evolve are as good as dense ones on real tables of few
/// rows and many columns, beside networks whose connections stay, and linear models.
///
/// Each is trained on two thirds of the rows and measured on the others, with as many stratified
/// splits as seeds are asked for; the splits of all methods are the same.
final class TablesSuite implements Suite {

  private static final List<String> TABLES =
      List.of("leukemia", "arcene", "COIL20", "madelon", "colon", "Prostate-GE", "lymphoma");
  private static final String MEAN = "mean";
  private static final String ACCURACIES = "accuracies";
  private static final String TABLE = "table";
  private static final String METHOD = "method";

  @Override
  public String name() {
    return "tables";
  }

  @Override
  public String title() {
    return "Tables of few rows and many columns";
  }

  @Override
  public List<Cell> cells(Settings settings) {
    List<Cell> cells = new ArrayList<>();
    List<String> tables = settings.quick() ? List.of("colon") : TABLES;
    for (String table : tables) {
      for (String method : TableNetworks.METHODS) {
        cells.add(
            Cell.of((table + "-" + method).toLowerCase(Locale.ROOT))
                .with(TABLE, table)
                .with(METHOD, method)
                .with("splits", settings.quick() ? 2 : settings.seeds()));
      }
    }
    return cells;
  }

  @Override
  public void measure(Work work) {
    Settings settings = work.settings();
    Cell cell = work.cell();
    TableNetworks networks =
        new TableNetworks(
            settings.integer("width", 1_000),
            settings.number("epsilon", 20),
            settings.integer("epochs", settings.size(100, 5)));
    Examples table = table(work);
    Strata strata = Strata.byLabel(table);
    List<Double> accuracies = new ArrayList<>();
    double before = Machine.cpuSeconds();
    for (int split = 1; split <= cell.integer("splits"); split++) {
      Examples.HoldOut held = table.holdOut(strata.draw(1.0 / 3, split));
      Plan plan =
          networks.plan(
              held.training(), cell.text(METHOD), settings.number("direct-rate", 0.003), split);
      TrainSpec training = plan.training();
      Updaters updaters = new Updaters(training);
      try (Network network =
              new Preparation(plan.network(), training, held.training(), updaters).prepare();
          TrainingLoop loop =
              new TrainingLoop(
                  network,
                  training,
                  updaters,
                  held.training(),
                  TrainingLoop.epochs(training, held.training()))) {
        while (loop.step()) {
          // to the end
        }
        accuracies.add(
            new Evaluator(held.validation(), MeasureSpec.at(1), 1).evaluate(network).value("P@1"));
        work.row().put("parameters", network.parameterCount());
      }
      work.say("split %d: accuracy %.2f %%", split, 100 * accuracies.getLast());
      put(work, accuracies, before);
    }
  }

  private static Examples table(Work work) {
    String name = work.cell().text(TABLE);
    // madelon comes in two files, of which the second is for tests of its own
    Path file =
        work.settings()
            .dataFile(
                "tabular/%s.csv.gz".formatted(name.equals("madelon") ? "madelon-train" : name));
    if (!Files.exists(file)) {
      throw new SkippedException("there is no " + file);
    }
    TableOptions labelFirst =
        new TableOptions(Optional.of(false), Optional.of("1"), Optional.empty());
    return Examples.load(
        DataFiles.open(file, DataOptions.strict().withTable(labelFirst)),
        Runtime.getRuntime().maxMemory() / 2,
        work.settings().outFolder().resolve("work/spill"));
  }

  private static void put(Work work, List<Double> accuracies, double before) {
    double[] values = accuracies.stream().mapToDouble(Double::doubleValue).toArray();
    work.row()
        .put(ACCURACIES, List.copyOf(accuracies))
        .put(MEAN, mean(values))
        .put("deviation", deviation(values))
        .put("CPU seconds a split", (Machine.cpuSeconds() - before) / values.length);
    work.keep();
  }

  private static double mean(double... values) {
    return DoubleStream.of(values).average().orElse(Double.NaN);
  }

  /// That of the sample.
  private static double deviation(double... values) {
    double mean = mean(values);
    double squares = DoubleStream.of(values).map(value -> (value - mean) * (value - mean)).sum();
    return Math.sqrt(squares / (values.length - 1));
  }

  @Override
  public String render(List<Row> rows) {
    Markdown table =
        new Markdown(
            TABLE, "SET, %", "static sparse, %", "dense, %", "linear, %", "SET, CPU s", "dense");
    List<String> measured = rows.stream().map(row -> row.text(TABLE)).distinct().toList();
    for (String name : measured) {
      table.row(
          name,
          accuracy(rows, name, "set"),
          accuracy(rows, name, "static"),
          accuracy(rows, name, "dense"),
          accuracy(rows, name, "linear"),
          number(of(rows, name, "set").number("CPU seconds a split"), 1),
          number(of(rows, name, "dense").number("CPU seconds a split"), 1));
    }
    StringBuilder text = new StringBuilder(table.toString());
    text.append("\nMean over the tables and its standard error, from the means of each split: ");
    List<String> overall = new ArrayList<>();
    for (String method : TableNetworks.METHODS) {
      double[] splits = overTables(rows, measured, method);
      overall.add(
          "%s %s ± %s"
              .formatted(
                  method,
                  number(100 * mean(splits), 2),
                  number(100 * deviation(splits) / Math.sqrt(splits.length), 2)));
    }
    return text.append(String.join(", ", overall)).append(".\n").toString();
  }

  private static String accuracy(List<Row> rows, String table, String method) {
    Row row = of(rows, table, method);
    return number(100 * row.number(MEAN), 1) + " ± " + number(100 * row.number("deviation"), 1);
  }

  private static Row of(List<Row> rows, String table, String method) {
    return rows.stream()
        .filter(row -> row.text(TABLE).equals(table) && row.text(METHOD).equals(method))
        .findFirst()
        .orElseGet(Row::new);
  }

  /// For each split, the mean over the tables.
  private static double[] overTables(List<Row> rows, List<String> tables, String method) {
    List<double[]> all =
        tables.stream()
            .map(table -> of(rows, table, method).numbers(ACCURACIES))
            .filter(values -> values.length > 0)
            .toList();
    int splits = all.stream().mapToInt(values -> values.length).min().orElse(0);
    double[] means = new double[splits];
    for (int split = 0; split < splits; split++) {
      int index = split;
      means[split] = all.stream().mapToDouble(values -> values[index]).average().orElse(Double.NaN);
    }
    return means;
  }
}
