package org.fovea.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.fovea.data.Examples;
import org.fovea.data.Names;
import org.fovea.model.Model;
import org.fovea.model.Predecessor;
import org.fovea.network.Network;
import org.fovea.spec.Averaging;
import org.fovea.spec.Balancing;
import org.fovea.spec.Clipping;
import org.fovea.spec.Loss;
import org.fovea.spec.NetworkSpec;
import org.fovea.spec.Optimizer;
import org.fovea.spec.Schedule;
import org.fovea.spec.Selection;
import org.fovea.spec.Sharing;
import org.fovea.spec.Stopping;
import org.fovea.spec.TrainSpec;
import org.fovea.training.metric.MeasureSpec;
import org.fovea.training.metric.Measures;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Training runs from data to a model directory.
class TrainerTest {

  private static final Examples DATA = Runs.examples(3_000, 1);
  private static final Examples HELD_OUT = Runs.examples(500, 2);

  @TempDir private Path folder;

  @Test
  void learnsUnderEverySelection() {
    for (Selection selection : Runs.selections()) {
      double precision =
          precision(selection, new Loss.DecoupledSoftmax(), 1, "learn" + selection.hashCode());
      // the most frequent label alone is right for one example in ten
      assertThat(precision).as("P@1 under %s", selection).isGreaterThan(0.6);
    }
  }

  @Test
  void learnsWithEveryLoss() {
    for (Loss loss :
        List.of(new Loss.Softmax(), new Loss.DecoupledSoftmax(), new Loss.Logistic())) {
      assertThat(precision(new Selection.All(), loss, 1, "loss" + loss))
          .as("P@1 with %s", loss)
          .isGreaterThan(0.6);
    }
  }

  @Test
  void losesNothingWithoutLocks() {
    Selection selection = Runs.sampled(Sharing.BATCH);
    double one = precision(selection, new Loss.DecoupledSoftmax(), 1, "one");
    double four = precision(selection, new Loss.DecoupledSoftmax(), 4, "four");
    assertThat(four).isCloseTo(one, within(0.05));
  }

  private double precision(Selection selection, Loss loss, int threads, String name) {
    NetworkSpec network = Runs.network(selection, loss);
    TrainSpec training = Runs.training(8, new Optimizer.RowAdagrad(1e-8), false);
    Path directory = folder.resolve(Integer.toHexString(name.hashCode()));
    TrainingRun run =
        new TrainingRun(
            Runs.setup(network, training, DATA, threads, directory), _ -> {}, Runs.clocks());
    Network trained = run.run(false).network();
    double inMemory = measure(trained).value("P@1");
    trained.close();
    try (Model model = Model.open(directory)) {
      assertThat(measure(model.network()).value("P@1")).isEqualTo(inMemory);
    }
    return inMemory;
  }

  private static Measures measure(Network network) {
    return new Evaluator(HELD_OUT, MeasureSpec.at(1, 3, 5), 2).evaluate(network);
  }

  @Test
  void measuresTheSameWithAnyNumberOfThreads() {
    NetworkSpec network = Runs.network(new Selection.All(), new Loss.Softmax());
    TrainSpec training = Runs.training(1, new Optimizer.Sgd(), true);
    Network trained =
        new TrainingRun(
                Runs.setup(network, training, DATA, 1, folder.resolve("m")), _ -> {}, Runs.clocks())
            .run(false)
            .network();
    Measures one = new Evaluator(HELD_OUT, MeasureSpec.at(1, 5), 1).evaluate(trained);
    Measures four = new Evaluator(HELD_OUT, MeasureSpec.at(1, 5), 4).evaluate(trained);
    assertThat(four).isEqualTo(one);
  }

  @Test
  void stopsWithAClearErrorWhenItDiverges() {
    NetworkSpec network = Runs.network(new Selection.All(), new Loss.Softmax());
    TrainSpec wild = wild();
    Path directory = folder.resolve("wild");
    TrainingRun run =
        new TrainingRun(Runs.setup(network, wild, DATA, 1, directory), _ -> {}, Runs.clocks());
    assertThatThrownBy(() -> run.run(false))
        .isInstanceOf(DivergedException.class)
        .hasMessageContaining("a lower learning rate may help");
    assertThat(Files.exists(directory.resolve("model.json"))).isFalse();
  }

  private static TrainSpec wild() {
    return new TrainSpec(
        3,
        32,
        new Optimizer.Sgd(),
        new Schedule.Constant(1e30),
        1e30,
        1e-5,
        0,
        new Clipping.None(),
        new Averaging.None(),
        new Balancing.None(),
        new Stopping.Never(),
        true,
        1);
  }

  @Test
  void stopsOnAPlateauAndKeepsTheBest() {
    NetworkSpec network = Runs.network(new Selection.All(), new Loss.Softmax());
    TrainSpec base = Runs.training(200, new Optimizer.RowAdagrad(1e-8), true);
    TrainSpec training =
        new TrainSpec(
            base.epochs(),
            base.batch(),
            base.optimizer(),
            new Schedule.Constant(0.05),
            1,
            1e-5,
            0,
            new Clipping.None(),
            new Averaging.None(),
            new Balancing.None(),
            new Stopping.Plateau(2, 0),
            true,
            3);
    List<TrainEvent> events = new ArrayList<>();
    Path directory = folder.resolve("plateau");
    TrainingRun.Setup setup =
        new TrainingRun.Setup(
            network,
            training,
            DATA,
            Optional.of(HELD_OUT),
            Names.none(),
            RunOptions.threads(1),
            directory,
            Optional.empty());
    new TrainingRun(setup, events::add, Runs.clocks()).run(false).network().close();
    double best = 0;
    int epochs = 0;
    for (TrainEvent event : events) {
      if (event instanceof TrainEvent.EpochDone epoch) {
        best = Math.max(best, epoch.validation().value("P@1"));
        epochs++;
      }
    }
    assertThat(epochs).isLessThan(200);
    try (Model model = Model.open(directory)) {
      assertThat(measure(model.network()).value("P@1")).isEqualTo(best);
    }
  }

  @Test
  void startsWarmWhereAModelStopped() {
    NetworkSpec network = Runs.network(Runs.sampled(Sharing.BATCH), new Loss.Softmax());
    TrainSpec training = Runs.training(6, new Optimizer.RowAdagrad(1e-8), true);
    Path first = folder.resolve("first");
    new TrainingRun(Runs.setup(network, training, DATA, 1, first), _ -> {}, Runs.clocks())
        .run(false)
        .network()
        .close();
    TrainSpec brief = idle();
    TrainingRun.Setup cold = Runs.setup(network, brief, DATA, 1, folder.resolve("cold"));
    TrainingRun.Setup warm =
        new TrainingRun.Setup(
            network,
            brief,
            DATA,
            Optional.empty(),
            Names.none(),
            RunOptions.threads(1),
            folder.resolve("warm"),
            Optional.of(Predecessor.open(first)));
    double fromScratch =
        measure(new TrainingRun(cold, _ -> {}, Runs.clocks()).run(false).network()).value("P@1");
    double fromModel =
        measure(new TrainingRun(warm, _ -> {}, Runs.clocks()).run(false).network()).value("P@1");
    assertThat(fromModel).isGreaterThan(fromScratch + 0.3);
  }

  /// A run that changes next to nothing.
  private static TrainSpec idle() {
    return new TrainSpec(
        1,
        32,
        new Optimizer.Sgd(),
        new Schedule.Constant(1e-12),
        1e-12,
        1e-5,
        0,
        new Clipping.None(),
        new Averaging.None(),
        new Balancing.None(),
        new Stopping.Never(),
        true,
        1);
  }

  @Test
  void refusesToResumeWhereThereIsNothing() {
    NetworkSpec network = Runs.network(new Selection.All(), new Loss.Softmax());
    TrainSpec training = Runs.training(1, new Optimizer.Sgd(), true);
    TrainingRun run =
        new TrainingRun(
            Runs.setup(network, training, DATA, 1, folder.resolve("none")), _ -> {}, Runs.clocks());
    assertThatThrownBy(() -> run.run(true))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("there is no checkpoint to resume from");
  }
}
