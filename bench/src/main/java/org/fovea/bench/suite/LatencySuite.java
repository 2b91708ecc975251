package org.fovea.bench.suite;

import java.util.List;
import java.util.stream.Collectors;
import org.fovea.bench.run.Cell;
import org.fovea.bench.run.Row;
import org.fovea.bench.run.Settings;
import org.fovea.bench.run.Suite;
import org.fovea.bench.run.Work;
import org.fovea.network.Network;
import org.fovea.spec.TrainSpec;
import org.fovea.training.Preparation;
import org.fovea.training.optimizer.Updaters;

/// How long the prediction of a single row takes, exactly and through tables.
final class LatencySuite implements Suite {

  @Override
  public String name() {
    return "latency";
  }

  @Override
  public String title() {
    return "Prediction of single rows, 200,000 labels";
  }

  @Override
  public List<Cell> cells(Settings settings) {
    return List.of(Cell.of("single-row").with("epochs", settings.size(3, 1)).jvm("-Xmx6g"));
  }

  @Override
  public void measure(Work work) {
    DataSets.Pair data = new DataSets(work).medium();
    TrainSpec spec =
        Networks.rowAdagrad(
            work.cell().integer("epochs"), work.settings().number("rate", Networks.RATE), 1);
    Updaters updaters = new Updaters(spec);
    Network network =
        new Preparation(
                Networks.extreme(
                    data.train().summary(), Networks.HIDDEN, Networks.sampled(Networks.NEGATIVES)),
                spec,
                data.train(),
                updaters)
            .prepare();
    try (TrainingLoop loop =
        new TrainingLoop(
            network, spec, updaters, data.train(), TrainingLoop.epochs(spec, data.train()))) {
      while (loop.step()) {
        if (loop.batches() % 200 == 0) {
          work.say("%d batches, %.1f CPU s", loop.batches(), loop.cpuSeconds());
        }
      }
    }
    work.row().put("labels", data.train().summary().labelCount());
    new TableCurve(work, network, data.test()).measure();
  }

  @Override
  public String render(List<Row> rows) {
    return rows.stream().map(TableCurve::table).collect(Collectors.joining("\n"));
  }
}
