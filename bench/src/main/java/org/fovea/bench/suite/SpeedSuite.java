package org.fovea.bench.suite;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.fovea.bench.MachineCeiling;
import org.fovea.bench.run.Cell;
import org.fovea.bench.run.Machine;
import org.fovea.bench.run.Row;
import org.fovea.bench.run.Settings;
import org.fovea.bench.run.Suite;
import org.fovea.bench.run.Work;
import org.fovea.data.Batch;
import org.fovea.data.DataSummary;
import org.fovea.data.ExampleReader;
import org.fovea.data.Examples;
import org.fovea.network.Network;
import org.fovea.spec.NetworkSpec;
import org.fovea.spec.TrainSpec;
import org.fovea.training.Evaluator;
import org.fovea.training.Preparation;
import org.fovea.training.TrainEvent;
import org.fovea.training.metric.MeasureSpec;
import org.fovea.training.optimizer.Updaters;

/// How much processor time a batch takes on one thread, beside libtorch and the machine's ceiling.
///
/// Each repeat measures every system in turn, so that a slow hour of the machine meets all of them.
final class SpeedSuite implements Suite {

  /// Class of the processes that measure libtorch; it is there in the profile `peers` only.
  private static final String PEER = "org.fovea.bench.peer.TorchMain";

  private static final int WARM_UP = 100;

  @Override
  public String name() {
    return "speed";
  }

  @Override
  public String title() {
    return "Speed: 200,000 labels on one thread";
  }

  @Override
  public List<Cell> cells(Settings settings) {
    List<Cell> cells = new ArrayList<>();
    cells.add(Cell.of("ceiling"));
    int peerBatches = settings.integer("full-batches", settings.size(60, 3));
    for (int repeat = 1; repeat <= settings.repeats(); repeat++) {
      cells.add(cell("fovea", repeat).with("epochs", settings.size(3, 1)));
      if (settings.peers()) {
        cells.add(
            cell("libtorch-sampled", repeat)
                .with("epochs", settings.integer("peer-epochs", settings.size(3, 1)))
                .main(PEER));
        cells.add(cell("libtorch-full", repeat).with("batches", peerBatches).main(PEER));
        cells.add(cell("fovea-few", repeat).with("batches", peerBatches));
      }
    }
    cells.add(cell("profile", 1).with("epochs", 1));
    return cells;
  }

  private static Cell cell(String system, int repeat) {
    return Cell.of(system + "-" + repeat)
        .with("system", system)
        .with("repeat", repeat)
        .limit(2 * 3_600)
        .jvm("-Xmx8g");
  }

  @Override
  public void measure(Work work) throws Exception {
    if (work.cell().id().equals("ceiling")) {
      ceiling(work);
      return;
    }
    DataSets.Pair data = new DataSets(work).medium();
    switch (work.cell().text("system")) {
      case "fovea" -> train(work, data);
      case "fovea-few" -> few(work, data);
      case "profile" -> {
        try (Profile profile = Profile.start()) {
          train(work, data);
          work.row().put("profile", profile.stop(work.settings().outFolder()));
        }
      }
      default -> throw new IllegalArgumentException(work.cell().id());
    }
  }

  private static void ceiling(Work work) {
    MachineCeiling ceiling = MachineCeiling.measure();
    work.say("%s", ceiling);
    work.row()
        .put("gigaflops", ceiling.gigaflops())
        .put("read GB/s", ceiling.readGigabytes())
        .put("copy GB/s", ceiling.copyGigabytes());
  }

  private static NetworkSpec network(Work work, Examples data) {
    return Networks.extreme(
        data.summary(),
        Networks.HIDDEN,
        Networks.sampled(
            work.settings().integer("negatives", work.settings().size(Networks.NEGATIVES, 256))));
  }

  private static TrainSpec training(Work work, int epochs) {
    return Networks.rowAdagrad(
        epochs, work.settings().number("rate", Networks.RATE), work.cell().integer("repeat"));
  }

  private static void train(Work work, DataSets.Pair data) {
    TrainerRun run = new TrainerRun(work, work.settings().size(WARM_UP, 8));
    Evaluator evaluator = new Evaluator(data.test(), MeasureSpec.at(1, 3, 5), 1);
    run.run(
        network(work, data.train()),
        training(work, work.cell().integer("epochs")),
        data.train(),
        Optional.of(evaluator),
        1);
    Row row = work.row();
    row.put("ms CPU a batch", run.cpuMillisPerBatch());
    row.put("ms wall a batch", run.wallMillisPerBatch());
    row.put("allocated bytes a batch", run.allocatedPerBatch());
    row.put("preparation CPU seconds", run.preparationSeconds());
    row.put("active labels", run.activeLabels());
    for (TrainEvent.EpochDone epoch : run.epochs()) {
      row.put("P@1 after " + epoch.epoch(), epoch.validation().value("P@1"));
    }
    TrainEvent.EpochDone last = run.epochs().getLast();
    row.put("multiply-adds a batch", (double) last.multiplyAdds() / last.batch());
    row.put("dense multiply-adds a batch", withAllLabels(last, data.train().summary()));
    row.put("distinct features a batch", distinctFeatures(data.train()));
    row.put("peak resident MB", Machine.peakResidentMegabytes());
  }

  /// Multiply-adds a batch of the same network with all labels, which skips absent features too.
  private static double withAllLabels(TrainEvent.EpochDone epoch, DataSummary data) {
    double absent = data.featureCount() - data.featuresPerExample();
    double skipped = 2.0 * absent * Networks.HIDDEN * data.exampleCount() * epoch.epoch();
    return (epoch.denseMultiplyAdds() - skipped) / epoch.batch();
  }

  private static void few(Work work, DataSets.Pair data) {
    TrainSpec spec = training(work, 1);
    Updaters updaters = new Updaters(spec);
    Network network =
        new Preparation(network(work, data.train()), spec, data.train(), updaters).prepare();
    int batches = work.cell().integer("batches");
    try (TrainingLoop loop =
        new TrainingLoop(network, spec, updaters, data.train(), TrainingLoop.batches(batches))) {
      while (loop.step()) {}
      work.row().put("ms CPU a batch, with warm-up", 1000 * loop.cpuSeconds() / batches);
    }
    double precision =
        new Evaluator(data.test(), MeasureSpec.at(1), 1).evaluate(network).value("P@1");
    work.row().put("P@1", precision);
    work.say("P@1 %.4f after %d batches", precision, batches);
  }

  private static double distinctFeatures(Examples data) {
    Batch batch = new Batch();
    long sum = 0;
    int batches = 0;
    try (ExampleReader reader = data.shuffled(1, 0)) {
      while (batches < 50 && reader.read(batch, Networks.BATCH) > 0) {
        sum += Arrays.stream(batch.features(), 0, batch.featureCount()).distinct().count();
        batches++;
        batch.clear();
      }
    }
    return (double) sum / Math.max(1, batches);
  }

  @Override
  public String render(List<Row> rows) {
    return new SpeedTables(rows).toString();
  }

  @Override
  public void draw(List<Row> rows, Path folder) {}

  /// The rows of each system.
  static Map<String, List<Row>> bySystem(List<Row> rows) {
    Map<String, List<Row>> systems = new LinkedHashMap<>();
    for (Row row : rows) {
      systems.computeIfAbsent(row.text("system"), _ -> new ArrayList<>()).add(row);
    }
    return systems;
  }
}
