package org.fovea.bench.suite;

import static org.fovea.bench.run.Markdown.number;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;
import org.fovea.bench.run.Cell;
import org.fovea.bench.run.Machine;
import org.fovea.bench.run.Markdown;
import org.fovea.bench.run.Row;
import org.fovea.bench.run.Settings;
import org.fovea.bench.run.Suite;
import org.fovea.bench.run.Work;
import org.fovea.data.Examples;
import org.fovea.kernel.RowMatrix;
import org.fovea.network.Network;
import org.fovea.network.Parameters;
import org.fovea.spec.Averaging;
import org.fovea.spec.Balancing;
import org.fovea.spec.Clipping;
import org.fovea.spec.Optimizer;
import org.fovea.spec.Schedule;
import org.fovea.spec.Stopping;
import org.fovea.spec.TrainSpec;
import org.fovea.training.Checkpointer;
import org.fovea.training.Evaluator;
import org.fovea.training.Plan;
import org.fovea.training.Planner;
import org.fovea.training.Preparation;
import org.fovea.training.RunOptions;
import org.fovea.training.RunState;
import org.fovea.training.TrainEvent;
import org.fovea.training.Trainer;
import org.fovea.training.metric.MeasureSpec;
import org.fovea.training.optimizer.Updaters;

/// Whether several threads that step the same parameters train as well as one, seed by seed: on
/// data from a few rows, where they meet all the time, to many, and with every optimizer.
final class RacesSuite implements Suite {

  private static final String LOSSES = "losses, threads ";
  private static final String WEIGHTS = "largest weights, threads ";
  private static final String QUALITY = "P@1, threads ";
  private static final String DATA = "data";
  private static final String OPTIMIZER = "optimizer";

  /// A loss of several threads that is this many times that of one is a failure.
  private static final double MOST = 1.5;

  /// The first is what is planned for little data.
  private static final List<Stepping> OPTIMIZERS =
      List.of(
          new Stepping("adam", Optimizer.Adam.defaults(), 0.003),
          new Stepping("sgd", new Optimizer.Sgd(), 0.1),
          new Stepping("momentum", Optimizer.Momentum.defaults(), 0.02),
          new Stepping("nesterov", new Optimizer.Momentum(0.9, true), 0.02),
          new Stepping("adagrad", Optimizer.Adagrad.defaults(), 0.02),
          new Stepping("row-adagrad", Optimizer.RowAdagrad.defaults(), 0.05));

  /// An optimizer and a rate at which it learns on all data of the suite.
  private record Stepping(String name, Optimizer optimizer, double rate) {

    static Stepping of(String name) {
      return OPTIMIZERS.stream().filter(one -> one.name.equals(name)).findFirst().orElseThrow();
    }
  }

  @Override
  public String name() {
    return "races";
  }

  @Override
  public String title() {
    return "Threads that meet";
  }

  @Override
  public List<Cell> cells(Settings settings) {
    List<Cell> cells = new ArrayList<>();
    for (String data :
        settings.quick()
            ? List.of("eighty")
            : List.of("eighty", "table", "fashion-sparse", "jdk-calls-v0")) {
      for (Stepping stepping : OPTIMIZERS) {
        cells.add(
            Cell.of(data + "-" + stepping.name)
                .with(DATA, data)
                .with(OPTIMIZER, stepping.name)
                .with("seeds", settings.quick() ? 2 : settings.seeds())
                .jvm("-Xmx4g"));
      }
    }
    return cells;
  }

  private static int[] threads(Settings settings) {
    return new int[] {1, 2, Math.max(4, settings.threads())};
  }

  @Override
  public void measure(Work work) {
    Cell cell = work.cell();
    DataSets.Pair data = data(work);
    double before = Machine.cpuSeconds();
    for (int threads : threads(work.settings())) {
      List<Double> losses = new ArrayList<>();
      List<Double> weights = new ArrayList<>();
      List<Double> quality = new ArrayList<>();
      for (int seed = 1; seed <= cell.integer("seeds"); seed++) {
        End end = train(work, data, threads, seed);
        losses.add(end.loss);
        weights.add(end.largest);
        quality.add(end.precision);
        work.row()
            .put(LOSSES + threads, List.copyOf(losses))
            .put(WEIGHTS + threads, List.copyOf(weights))
            .put(QUALITY + threads, List.copyOf(quality))
            .put("CPU seconds", Machine.cpuSeconds() - before);
        work.keep();
      }
      work.say(
          "%d threads: losses %.3f to %.3f",
          threads,
          losses.stream().mapToDouble(d -> d).min().orElse(Double.NaN),
          losses.stream().mapToDouble(d -> d).max().orElse(Double.NaN));
    }
  }

  /// How a run ended.
  ///
  /// @param loss mean of the last epoch
  /// @param largest magnitude of a parameter
  private record End(double loss, double largest, double precision) {}

  private static End train(Work work, DataSets.Pair data, int threads, int seed) {
    Stepping stepping = Stepping.of(work.cell().text(OPTIMIZER));
    Plan plan = plan(work, data.train(), seed);
    TrainSpec training =
        new TrainSpec(
            plan.training().epochs(),
            plan.training().batch(),
            stepping.optimizer,
            new Schedule.Linear(stepping.rate, 0, 0),
            plan.training().directRate(),
            plan.training().directInitial(),
            0,
            new Clipping.None(),
            new Averaging.None(),
            new Balancing.None(),
            new Stopping.Never(),
            false,
            seed);
    List<Double> losses = new ArrayList<>();
    Updaters updaters = new Updaters(training);
    try (Network network =
        new Preparation(plan.network(), training, data.train(), updaters).prepare()) {
      new Trainer(
              network,
              training,
              updaters,
              data.train(),
              Optional.empty(),
              RunOptions.threads(threads),
              Checkpointer.none(),
              event -> {
                if (event instanceof TrainEvent.EpochDone done) {
                  losses.add(done.loss());
                }
              },
              new Trainer.Clocks(System::nanoTime, Machine::cpuSeconds))
          .run(RunState.start());
      double precision =
          new Evaluator(data.test(), MeasureSpec.at(1), 1).evaluate(network).value("P@1");
      return new End(losses.getLast(), largest(network), precision);
    }
  }

  /// What the product plans; on large data a run of one epoch.
  private static Plan plan(Work work, Examples data, int seed) {
    return switch (work.cell().text(DATA)) {
      case "fashion-sparse" -> new TableNetworks(300, 20, 1).plan(data, "set", 0.1, seed);
      case "jdk-calls-v0" -> {
        Plan plan = Planner.plan(data, seed);
        TrainSpec all = plan.training();
        TrainSpec one =
            new TrainSpec(
                1,
                all.batch(),
                all.optimizer(),
                all.schedule(),
                all.directRate(),
                all.directInitial(),
                all.weightDecay(),
                all.clipping(),
                all.averaging(),
                all.balancing(),
                all.stopping(),
                all.deterministic(),
                seed);
        yield new Plan(plan.network(), one, plan.reasons());
      }
      default -> Planner.plan(data, seed);
    };
  }

  private static double largest(Network network) {
    double largest = 0;
    for (Parameters parameters : network.parameters()) {
      RowMatrix values = parameters.values();
      for (int row = 0; row < values.rows(); row++) {
        for (int column = 0; column < values.columns(); column++) {
          largest = Math.max(largest, Math.abs(values.at(row, column)));
        }
      }
    }
    return largest;
  }

  private static DataSets.Pair data(Work work) {
    DataSets sets = new DataSets(work);
    return switch (work.cell().text(DATA)) {
      case "eighty" -> new DataSets.Pair(SmallData.severalLabels(), SmallData.severalLabels());
      case "table" -> {
        Examples.HoldOut held = SmallData.table().holdOut(0.25, 1);
        yield new DataSets.Pair(held.training(), held.validation());
      }
      case "fashion-sparse" -> some(work, sets.images("fashion-mnist"));
      default -> some(work, sets.ofFolder(work.cell().text(DATA)));
    };
  }

  /// At most as many examples as the setting `examples` says, to train and to measure.
  private static DataSets.Pair some(Work work, DataSets.Pair data) {
    int most = work.settings().integer("examples", Integer.MAX_VALUE);
    return new DataSets.Pair(DataSets.some(data.train(), most), DataSets.some(data.test(), most));
  }

  @Override
  public String render(List<Row> rows) {
    Markdown table =
        new Markdown(
            DATA,
            OPTIMIZER,
            "threads",
            "seeds",
            "loss, median",
            "most of one thread's with the seed",
            "above " + MOST + " times",
            "largest weight of one thread's",
            "P@1, mean ± deviation, %",
            "of one thread, %");
    for (Row row : rows) {
      for (int threads : new int[] {2, 4, 8, 16}) {
        if (row.has(LOSSES + threads)) {
          line(table, row, threads);
        }
      }
    }
    return table.toString();
  }

  private static void line(Markdown table, Row row, int threads) {
    double[] ratios = ratios(row, LOSSES, threads);
    table.row(
        row.text(DATA),
        row.text(OPTIMIZER),
        threads,
        ratios.length,
        number(Markdown.median(Arrays.stream(row.numbers(LOSSES + threads))), 3),
        number(DoubleStream.of(ratios).max().orElse(Double.NaN), 2),
        DoubleStream.of(ratios).filter(ratio -> !(ratio <= MOST)).count(),
        number(DoubleStream.of(ratios(row, WEIGHTS, threads)).max().orElse(Double.NaN), 2),
        quality(row.numbers(QUALITY + threads)),
        quality(row.numbers(QUALITY + 1)));
  }

  /// What several threads had, of what one had with the same seed.
  private static double[] ratios(Row row, String figure, int threads) {
    double[] several = row.numbers(figure + threads);
    double[] one = row.numbers(figure + 1);
    double[] ratios = new double[Math.min(several.length, one.length)];
    Arrays.setAll(ratios, i -> several[i] / one[i]);
    return ratios;
  }

  private static String quality(double[] values) {
    double mean = Arrays.stream(values).average().orElse(Double.NaN);
    double squares = Arrays.stream(values).map(value -> (value - mean) * (value - mean)).sum();
    return "%s ± %s"
        .formatted(
            number(100 * mean, 1), number(100 * Math.sqrt(squares / (values.length - 1)), 1));
  }
}
