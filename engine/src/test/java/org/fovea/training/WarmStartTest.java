package org.fovea.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.fovea.data.Examples;
import org.fovea.model.Model;
import org.fovea.model.Predecessor;
import org.fovea.network.Network;
import org.fovea.spec.Activation;
import org.fovea.spec.Averaging;
import org.fovea.spec.Balancing;
import org.fovea.spec.Clipping;
import org.fovea.spec.Direct;
import org.fovea.spec.Evolution;
import org.fovea.spec.InputSpec;
import org.fovea.spec.LayerSpec;
import org.fovea.spec.Loss;
import org.fovea.spec.NetworkSpec;
import org.fovea.spec.Optimizer;
import org.fovea.spec.OutputSpec;
import org.fovea.spec.Pruning;
import org.fovea.spec.Schedule;
import org.fovea.spec.Selection;
import org.fovea.spec.Stopping;
import org.fovea.spec.Topology;
import org.fovea.spec.TrainSpec;
import org.fovea.training.optimizer.Updaters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Sparse networks that begin with the parameters of a model.
class WarmStartTest {

  private static final Examples DATA = Runs.examples(400, 4);
  private static final TrainSpec TRAINING =
      new TrainSpec(
          4,
          32,
          new Optimizer.Momentum(0.9, false),
          new Schedule.Linear(0.05, 0, 0),
          1,
          1e-5,
          0,
          new Clipping.None(),
          new Averaging.None(),
          new Balancing.None(),
          new Stopping.Never(),
          true,
          17);

  @TempDir private Path folder;

  private static NetworkSpec network(
      int neurons, double epsilon, Evolution evolution, Pruning pruning) {
    return new NetworkSpec(
        new InputSpec(Runs.FEATURES, InputSpec.Weighting.UNIT, 0),
        List.of(
            new LayerSpec.Sparse(
                neurons,
                new Activation.Relu(),
                1,
                0,
                new Topology.ErdosRenyi(epsilon),
                evolution,
                pruning)),
        new OutputSpec(
            Runs.LABELS,
            new Loss.Logistic(),
            new Selection.All(),
            0,
            new Direct.None(),
            OutputSpec.Initialization.ZERO,
            Optional.of(OutputSpec.Sparse.defaults())));
  }

  /// A model of 40 neurons at first, of which pruning left fewer.
  private Path pruned() {
    Path directory = folder.resolve("pruned");
    NetworkSpec spec = network(40, 4, Evolution.Preset.SET, new Pruning.Importance(1, 1, 0.2));
    new TrainingRun(Runs.setup(spec, TRAINING, DATA, 1, directory), _ -> {}, Runs.clocks())
        .run(false)
        .network()
        .close();
    return directory;
  }

  private static Network warm(NetworkSpec spec, Path model) {
    try (Predecessor predecessor = Predecessor.open(model)) {
      return new Preparation(spec, TRAINING, DATA, new Updaters(TRAINING)).warmStart(predecessor);
    }
  }

  @Test
  void takesOverTheNeuronsThatPruningLeft() {
    Path directory = pruned();
    NetworkSpec spec = network(40, 4, Evolution.Preset.SET, new Pruning.Importance(1, 1, 0.2));
    try (Model model = Model.open(directory);
        Network network = warm(spec, directory)) {
      int left = model.info().network().hidden().getFirst().neurons();
      assertThat(left).isLessThan(40);
      assertThat(network.spec().hidden().getFirst().neurons()).isEqualTo(left);
      assertThat(network.connections().getFirst().matrix().weights().chunks())
          .isDeepEqualTo(model.network().connections().getFirst().matrix().weights().chunks());
    }
  }

  @Test
  void goesOnByRulesOfItsOwn() {
    Path directory = pruned();
    NetworkSpec spec = network(40, 9, Evolution.Preset.RIGL, new Pruning.None());
    Path next = folder.resolve("next");
    TrainingRun.Setup cold = Runs.setup(spec, TRAINING, DATA, 1, next);
    try (Predecessor predecessor = Predecessor.open(directory)) {
      TrainingRun.Setup setup =
          new TrainingRun.Setup(
              spec,
              TRAINING,
              DATA,
              cold.validation(),
              cold.names(),
              cold.options(),
              next,
              Optional.of(predecessor));
      new TrainingRun(setup, _ -> {}, Runs.clocks()).run(false).network().close();
    }
    try (Model before = Model.open(directory);
        Model after = Model.open(next)) {
      LayerSpec.Sparse layer = (LayerSpec.Sparse) after.info().network().hidden().getFirst();
      assertThat(layer.evolution()).isEqualTo(Evolution.Preset.RIGL);
      assertThat(layer.neurons()).isEqualTo(before.network().spec().hidden().getFirst().neurons());
      assertThat(after.network().connections().getFirst().matrix().count())
          .isEqualTo(before.network().connections().getFirst().matrix().count());
    }
  }

  @Test
  void refusesAnotherShape() {
    Path directory = pruned();
    NetworkSpec narrow = network(8, 4, Evolution.Preset.SET, new Pruning.None());
    assertThatThrownBy(() -> warm(narrow, directory))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("has another shape");
  }
}
