package org.fovea.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.fovea.data.Batch;
import org.fovea.data.Examples;
import org.fovea.data.MemoryExamples;
import org.fovea.data.Names;
import org.fovea.model.Model;
import org.fovea.network.Network;
import org.fovea.spec.Activation;
import org.fovea.spec.Averaging;
import org.fovea.spec.Balancing;
import org.fovea.spec.Clipping;
import org.fovea.spec.Direct;
import org.fovea.spec.InputSpec;
import org.fovea.spec.LayerSpec;
import org.fovea.spec.Loss;
import org.fovea.spec.NetworkSpec;
import org.fovea.spec.Optimizer;
import org.fovea.spec.OutputSpec;
import org.fovea.spec.Schedule;
import org.fovea.spec.Selection;
import org.fovea.spec.Sharing;
import org.fovea.spec.Stopping;
import org.fovea.spec.TrainSpec;
import org.fovea.training.metric.Measures;
import org.fovea.training.optimizer.Updaters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Runs whose learning rate is too high, and runs that only look like it.
class DivergenceTest {

  private static final Examples DATA = Runs.examples(1_000, 5);

  private static final List<Optimizer> OPTIMIZERS =
      List.of(
          new Optimizer.Sgd(),
          new Optimizer.Momentum(0.9, true),
          new Optimizer.Adagrad(1e-6),
          new Optimizer.RowAdagrad(1e-8),
          Optimizer.Adam.defaults());

  @TempDir private Path folder;

  private static TrainSpec training(Optimizer optimizer, Schedule schedule, boolean deterministic) {
    return new TrainSpec(
        6,
        32,
        optimizer,
        schedule,
        1,
        1e-5,
        0,
        new Clipping.None(),
        new Averaging.None(),
        new Balancing.None(),
        new Stopping.Never(),
        deterministic,
        17);
  }

  private TrainingRun run(
      NetworkSpec network, TrainSpec training, Examples data, Path directory, List<TrainEvent> to) {
    return new TrainingRun(
        new TrainingRun.Setup(
            network,
            training,
            data,
            Optional.empty(),
            Names.none(),
            new RunOptions(training.deterministic() ? 2 : 1, 10, Duration.ofHours(1)),
            directory,
            Optional.empty()),
        to::add,
        Runs.clocks());
  }

  @Test
  void endsWithOneClearLineWhateverTheOptimizerTheLossAndTheRate() throws IOException {
    List<Loss> losses =
        List.of(new Loss.Softmax(), new Loss.DecoupledSoftmax(), new Loss.Logistic());
    int next = 0;
    for (Optimizer optimizer : OPTIMIZERS) {
      for (double rate : new double[] {1e6, 1e12, 1e38}) {
        Loss loss = losses.get(next % losses.size());
        Selection selection = next++ % 2 == 0 ? new Selection.All() : Runs.sampled(Sharing.BATCH);
        Path directory = folder.resolve("run" + next);
        TrainingRun run =
            run(
                Runs.network(selection, loss),
                training(optimizer, new Schedule.Constant(rate), next % 2 == 0),
                DATA,
                directory,
                new ArrayList<>());
        assertThatThrownBy(() -> run.run(false))
            .as("%s, %s, rate %s", optimizer, loss, rate)
            .isInstanceOf(DivergedException.class)
            .hasMessageMatching(
                "training diverged in epoch \\d+ after batch [\\d,]+: .*; a lower learning rate may"
                    + " help, it was \\S+; .*checkpoint.*")
            .hasMessageNotContaining("\n");
        assertThat(directory.resolve("model.json")).doesNotExist();
        requireSoundCheckpoints(directory);
      }
    }
  }

  /// Every checkpoint that is there can be read: none has a parameter that is not finite.
  private static void requireSoundCheckpoints(Path directory) throws IOException {
    try (Stream<Path> checkpoints = Files.list(directory.resolve("checkpoints"))) {
      for (Path checkpoint : checkpoints.toList()) {
        assertThat(checkpoint.getFileName().toString()).startsWith("checkpoint-");
        Model.open(checkpoint).close();
      }
    }
  }

  @Test
  void writesNoCheckpointOnceTheLossHasGoneAstray() {
    NetworkSpec network = Runs.network(Runs.sampled(Sharing.BATCH), new Loss.DecoupledSoftmax());
    TrainSpec calm = Runs.training(1, new Optimizer.RowAdagrad(1e-8), true);
    Updaters updaters = new Updaters(calm);
    Network trained = new Preparation(network, calm, DATA, updaters).prepare();
    Recorder before = new Recorder();
    RunState good = trainer(trained, calm, updaters, before).run(RunState.start()).state();
    assertThat(before.checkpoints).isNotEmpty();
    assertThat(before.kept).isTrue();

    TrainSpec wild = training(new Optimizer.RowAdagrad(1e-8), new Schedule.Constant(1e9), true);
    Recorder after = new Recorder();
    Trainer trainer = trainer(trained, wild, updaters, after);
    assertThatThrownBy(() -> trainer.run(good))
        .isInstanceOf(DivergedException.class)
        .hasMessageContaining("in epoch 2")
        .hasMessageContaining("the checkpoint of batch %d is intact".formatted(good.batch()));
    assertThat(after.checkpoints).isEmpty();
    assertThat(after.kept).isFalse();
    trained.close();
  }

  private static Trainer trainer(
      Network network, TrainSpec spec, Updaters updaters, Checkpointer checkpointer) {
    return new Trainer(
        network,
        spec,
        updaters,
        DATA,
        Optional.empty(),
        new RunOptions(1, 10, Duration.ofHours(1)),
        checkpointer,
        _ -> {},
        Runs.clocks());
  }

  private static final class Recorder implements Checkpointer {
    private final List<Long> checkpoints = new ArrayList<>();
    private boolean kept;

    @Override
    public void checkpoint(RunState state) {
      checkpoints.add(state.batch());
    }

    @Override
    public void keep(RunState state, Measures validation) {
      kept = true;
    }
  }

  @Test
  void raisesNoAlarmWhileARunThatIsBoldAtFirstLearns() {
    for (Optimizer optimizer : OPTIMIZERS) {
      // the highest rates that each still gets over
      double rate = optimizer instanceof Optimizer.Momentum ? 0.5 : 1;
      Schedule falling = new Schedule.Linear(rate, 0, 0);
      TrainingRun run =
          run(
              Runs.network(new Selection.All(), new Loss.Softmax()),
              training(optimizer, falling, true),
              DATA,
              folder.resolve("bold" + OPTIMIZERS.indexOf(optimizer)),
              new ArrayList<>());
      assertThatCode(() -> run.run(false).network().close())
          .as("%s", optimizer)
          .doesNotThrowAnyException();
    }
  }

  @Test
  void blamesNoLearningRateForValuesThatAreTooLarge() {
    Batch batch = new Batch();
    for (int e = 0; e < 640; e++) {
      for (int feature = 0; feature < 20; feature++) {
        batch.addFeature(feature, 3e38f);
      }
      batch.addLabel(e % Runs.LABELS);
      batch.endExample(e);
    }
    Examples large = MemoryExamples.of("large", batch, Runs.FEATURES, Runs.LABELS);
    NetworkSpec plain =
        new NetworkSpec(
            new InputSpec(Runs.FEATURES, InputSpec.Weighting.NONE, 0),
            List.of(new LayerSpec.Dense(8, new Activation.Relu(), 1, 0, new Selection.All())),
            new OutputSpec(
                Runs.LABELS,
                new Loss.Softmax(),
                new Selection.All(),
                0,
                new Direct.None(),
                OutputSpec.Initialization.RANDOM));
    TrainSpec training = Runs.training(1, new Optimizer.Sgd(), true);
    TrainingRun run =
        new TrainingRun(
            Runs.setup(plain, training, large, 1, folder.resolve("large")), _ -> {}, Runs.clocks());
    assertThatThrownBy(() -> run.run(false))
        .isInstanceOf(DivergedException.class)
        .hasMessageContaining("the values of the features are too large")
        .hasMessageNotContaining("learning rate");
  }

  @Test
  void leavesOutTheStepsOfRowsWhoseGradientsOverflow() {
    // now and then an example with a value whose square is no float
    Batch batch = new Batch();
    for (int e = 0; e < 960; e++) {
      batch.addFeature(e % 7, 1f);
      batch.addFeature(7 + e % 3, e % 200 == 0 ? 1e25f : 1f);
      batch.addLabel(e % 7);
      batch.endExample(e);
    }
    NetworkSpec network =
        new NetworkSpec(
            new InputSpec(10, InputSpec.Weighting.NONE, 0),
            List.of(new LayerSpec.Dense(16, new Activation.Relu(), 0.1, 0, new Selection.All())),
            new OutputSpec(
                7,
                new Loss.Softmax(),
                new Selection.All(),
                0,
                new Direct.None(),
                OutputSpec.Initialization.ZERO));
    for (Optimizer optimizer : OPTIMIZERS) {
      List<TrainEvent> events = new ArrayList<>();
      Path directory = folder.resolve("overflow" + OPTIMIZERS.indexOf(optimizer));
      TrainSpec spec = training(optimizer, new Schedule.Constant(1e-3), true);
      TrainingRun.Outcome outcome =
          run(network, spec, MemoryExamples.of("large", batch, 10, 7), directory, events)
              .run(false);
      outcome.network().close();
      long skipped =
          events.stream()
              .filter(event ->
                  event instanceof TrainEvent.StepSkipped step
                      && step.rows() > 0
                      && Double.isFinite(step.loss()))
              .count();
      assertThat(skipped).as("%s", optimizer).isPositive();
      assertThat(outcome.state().skippedSteps()).isGreaterThanOrEqualTo(skipped);
      Model.open(directory).close();
    }
  }
}
