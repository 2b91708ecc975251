package org.fovea.bench.suite;

import java.util.ArrayList;
import java.util.List;
import org.fovea.bench.run.Machine;
import org.fovea.bench.run.Markdown;
import org.fovea.bench.run.Work;
import org.fovea.data.Examples;
import org.fovea.network.Network;
import org.fovea.network.SparseConnections;
import org.fovea.spec.NetworkSpec;
import org.fovea.spec.TrainSpec;
import org.fovea.topology.InputStrength;
import org.fovea.training.Preparation;
import org.fovea.training.optimizer.Updaters;

/// What [ScaleSuite] measures batch by batch, without a model on disk.
final class ScaleMeasures {

  private ScaleMeasures() {}

  /// Two epochs of 135 examples in batches of two, of which the second counts.
  static void ladder(Work work) {
    NetworkSpec spec = ScaleNetworks.ladder(work.cell().integer("width"), 20);
    TrainSpec training = ScaleNetworks.training(1, 2, 0.01, 0);
    Examples rows = ScaleNetworks.rows(135, ScaleNetworks.COLUMNS, ScaleNetworks.CLASSES, 50, 1, 1);
    int epochs = work.settings().integer("ladder-epochs", work.settings().size(6, 2));
    Updaters updaters = new Updaters(training);
    List<Double> seconds = new ArrayList<>();
    double before = Machine.cpuSeconds();
    try (Network network = new Preparation(spec, training, rows, updaters).prepare();
        TrainingLoop loop =
            new TrainingLoop(
                network, training, updaters, rows, TrainingLoop.batches(68L * epochs))) {
      work.row().put(ScaleSuite.PREPARATION, Machine.cpuSeconds() - before);
      for (int epoch = 0; epoch < epochs; epoch++) {
        double start = loop.cpuSeconds();
        for (int batch = 0; batch < 68; batch++) {
          loop.step();
        }
        seconds.add(loop.cpuSeconds() - start);
        work.say("epoch %d: %.3f s", epoch + 1, seconds.getLast());
      }
    }
    work.row()
        .put("epochs", seconds)
        .put(
            "epoch, CPU s",
            Markdown.median(seconds.subList(1, epochs).stream().mapToDouble(Double::doubleValue)));
  }

  /// Trains on 200 rows of very many columns, and looks which of them the network listens to.
  static void table(Work work) {
    int columns = work.cell().integer("columns");
    int informative = 50;
    Examples rows = ScaleNetworks.rows(200, columns, 2, informative, 1, 3);
    NetworkSpec spec =
        ScaleNetworks.wide(
            columns,
            work.settings().integer("neurons", 20),
            work.settings().number("epsilon", 0.1),
            work.settings().number("spread", 0.05));
    // all rows in a batch: gradients that places are chosen by are then those of the whole table
    TrainSpec training =
        ScaleNetworks.training(
            work.settings().integer("epochs", 20),
            200,
            work.settings().number("rate", 0.05),
            work.settings().number("decay", 0.1));
    double before = Machine.cpuSeconds();
    Updaters updaters = new Updaters(training);
    try (Network network = new Preparation(spec, training, rows, updaters).prepare();
        TrainingLoop loop =
            new TrainingLoop(
                network, training, updaters, rows, TrainingLoop.epochs(training, rows))) {
      while (loop.step()) {
        // to the end
      }
      int found = 0;
      for (int column : InputStrength.strongest(network.connections().getFirst(), informative)) {
        found += column < informative ? 1 : 0;
      }
      work.row()
          .put("training, CPU s", Machine.cpuSeconds() - before)
          .put(ScaleSuite.CONNECTIONS, network.connections().getFirst().matrix().count())
          .put("informative among the strongest 50", found);
      work.say("%s", work.row().line());
    }
  }

  /// Memory of connections in training, where neurons are few beside them.
  static void connections(Work work) {
    NetworkSpec spec =
        ScaleNetworks.ladder(work.cell().integer("width"), work.cell().integer("epsilon"));
    TrainSpec training = ScaleNetworks.training(2, 8, 0.001, 0);
    Examples rows = ScaleNetworks.rows(16, ScaleNetworks.COLUMNS, ScaleNetworks.CLASSES, 50, 1, 1);
    long before = Machine.usedBytes();
    Updaters updaters = new Updaters(training);
    try (Network network = new Preparation(spec, training, rows, updaters).prepare();
        TrainingLoop loop =
            new TrainingLoop(
                network, training, updaters, rows, TrainingLoop.epochs(training, rows))) {
      while (loop.step()) {
        // to the end: connections have moved, and all memory for that has been taken
      }
      long connections = 0;
      for (SparseConnections layer : network.connections()) {
        connections += layer.matrix().count();
      }
      work.row()
          .put(ScaleSuite.CONNECTIONS, connections)
          .put(ScaleSuite.BYTES, (double) (Machine.usedBytes() - before) / connections);
      work.say("%s", work.row().line());
    }
  }
}
