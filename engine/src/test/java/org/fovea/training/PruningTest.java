package org.fovea.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.fovea.data.Batch;
import org.fovea.data.ExampleReader;
import org.fovea.data.Examples;
import org.fovea.kernel.ConnectionMove;
import org.fovea.kernel.SparseMatrix;
import org.fovea.kernel.SparsePattern;
import org.fovea.model.Model;
import org.fovea.model.json.Json;
import org.fovea.model.json.SpecJson;
import org.fovea.network.BatchPass;
import org.fovea.network.Network;
import org.fovea.network.StructureChange;
import org.fovea.network.Team;
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
import org.fovea.spec.Normalization;
import org.fovea.spec.Optimizer;
import org.fovea.spec.OutputSpec;
import org.fovea.spec.Pruning;
import org.fovea.spec.Schedule;
import org.fovea.spec.Selection;
import org.fovea.spec.Sharing;
import org.fovea.spec.Stopping;
import org.fovea.spec.Topology;
import org.fovea.spec.TrainSpec;
import org.fovea.topology.Pruner;
import org.fovea.training.optimizer.Updaters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Networks that lose neurons while they train.
class PruningTest {

  private static final Examples DATA = Runs.examples(600, 4);

  @TempDir private Path folder;

  private static NetworkSpec network(Pruning pruning, boolean sparseOutput, double dropout) {
    Topology topology = new Topology.ErdosRenyi(4);
    Evolution evolution = Evolution.Preset.SET;
    return new NetworkSpec(
        new InputSpec(Runs.FEATURES, InputSpec.Weighting.UNIT, 0.1),
        List.of(
            new LayerSpec.Sparse(
                40, new Activation.AllRelu(0.6), 1, dropout, topology, evolution, pruning),
            new LayerSpec.Sparse(
                30,
                new Activation.Srelu(),
                1,
                dropout,
                topology,
                evolution,
                pruning,
                sparseOutput ? new Normalization.Batch(0.9) : new Normalization.None())),
        new OutputSpec(
            Runs.LABELS,
            new Loss.Logistic(),
            new Selection.All(),
            0,
            new Direct.None(),
            OutputSpec.Initialization.ZERO,
            sparseOutput
                ? Optional.of(new OutputSpec.Sparse(topology, evolution))
                : Optional.empty()));
  }

  private static TrainSpec training(int epochs, Optimizer optimizer, Averaging averaging) {
    return new TrainSpec(
        epochs,
        32,
        optimizer,
        new Schedule.Linear(0.05, 0, 0),
        1,
        1e-5,
        1e-3,
        new Clipping.None(),
        averaging,
        new Balancing.None(),
        new Stopping.Never(),
        true,
        17);
  }

  private static final Pruning IMPORTANCE = new Pruning.Importance(1, 2, 0.2);

  @Test
  void losesTheLeastImportantNeuronsWhenItIsTime() {
    Network network = prepared(network(IMPORTANCE, true, 0), new Optimizer.Sgd());
    Pruner pruner = Pruner.create(network.spec()).orElseThrow();
    double[] importance = importance(network.sparse().get(0).connections().matrix());
    double[] sorted = importance.clone();
    Arrays.sort(sorted);
    List<Double> kept = new ArrayList<>();
    for (double number : importance) {
      if (number > sorted[(int) (0.2 * 39)]) {
        kept.add(number);
      }
    }
    assertThat(pruner.prune(network, 2)).as("not after two epochs").isFalse();
    assertThat(pruner.prune(network, 1)).isTrue();
    assertThat(kept).hasSize(32);
    double[] left = importance(network.sparse().get(0).connections().matrix());
    assertThat(left).hasSize(32);
    assertThat(left).containsExactly(kept.stream().mapToDouble(x -> x).toArray());
    assertThat(network.spec().hidden().get(1).neurons()).isEqualTo(24);
    network.close();
  }

  private static double[] importance(SparseMatrix matrix) {
    SparsePattern pattern = matrix.pattern();
    double[] sums = new double[pattern.rows()];
    for (long p = 0; p < pattern.count(); p++) {
      sums[pattern.rowOf(p)] += Math.abs(matrix.weight(p));
    }
    return sums;
  }

  @Test
  void losesWhatNothingReachesAndWhatReachesNothing() {
    Network network = prepared(network(new Pruning.Dead(1), true, 0), new Optimizer.Sgd());
    // neurons 0 to 9 of the first layer hear nothing, 10 to 14 are heard by nobody
    cut(network, 0, 0, 10, false);
    cut(network, 1, 10, 15, true);
    // neurons of the second layer that only heard those of the first that are now gone
    SparsePattern second = network.connections().get(1).matrix().pattern();
    int deaf = 0;
    for (int row = 0; row < second.rows(); row++) {
      boolean hears = false;
      for (long p = second.offset(row); p < second.offset(row + 1); p++) {
        hears |= second.column(p) >= 10;
      }
      deaf += hears ? 0 : 1;
    }
    assertThat(Pruner.create(network.spec()).orElseThrow().prune(network, 1)).isTrue();
    assertThat(network.spec().hidden().get(0).neurons()).isEqualTo(25);
    assertThat(network.spec().hidden().get(1).neurons()).isEqualTo(30 - deaf);
    assertThat(Pruner.create(network.spec()).orElseThrow().prune(network, 2)).isFalse();
    network.close();
  }

  private static void cut(Network network, int layer, int from, int to, boolean columns) {
    SparseMatrix matrix = network.connections().get(layer).matrix();
    long[] dropped = ConnectionMove.noneOf(matrix.count());
    for (long p = 0; p < matrix.count(); p++) {
      int number = columns ? matrix.pattern().column(p) : matrix.pattern().rowOf(p);
      if (number >= from && number < to) {
        dropped[(int) (p >>> 6)] |= 1L << p;
      }
    }
    network.apply(
        new StructureChange.ConnectionsMoved(
            layer, new ConnectionMove(dropped, new long[0], new float[0])));
  }

  private static Network prepared(NetworkSpec spec, Optimizer optimizer) {
    TrainSpec training = training(3, optimizer, new Averaging.None());
    return new Preparation(spec, training, DATA, new Updaters(training)).prepare();
  }

  @Test
  void survivorsKeepTheirOptimizerState() {
    for (Optimizer optimizer :
        List.of(
            new Optimizer.Momentum(0.9, true),
            Optimizer.Adam.defaults(),
            new Optimizer.Adagrad(0.1),
            new Optimizer.Sgd())) {
      for (Averaging averaging : List.of(new Averaging.None(), new Averaging.Tail(0.9))) {
        assertThat(losses(optimizer, averaging, true))
            .as("%s, %s", optimizer, averaging)
            .containsExactly(losses(optimizer, averaging, false), within(1e-4));
      }
    }
  }

  /// Losses of batches before and after neurons that nobody hears are removed, or not, and then
  /// some parameters as averaged.
  private static double[] losses(Optimizer optimizer, Averaging averaging, boolean removes) {
    NetworkSpec spec = network(new Pruning.Dead(1), false, 0);
    spec =
        new NetworkSpec(
            spec.input(),
            spec.hidden().stream()
                .map(layer -> (LayerSpec) still((LayerSpec.Sparse) layer))
                .toList(),
            spec.output());
    TrainSpec training = training(3, optimizer, averaging);
    Updaters updaters = new Updaters(training);
    Network network = new Preparation(spec, training, DATA, updaters).prepare();
    cut(network, 1, 7, 19, true);
    BatchPass pass = new BatchPass(network, Team.single(), 0);
    double[] losses = new double[30];
    Batch batch = new Batch();
    try (ExampleReader reader = DATA.inOrder()) {
      for (int number = 0; number < 15; number++) {
        if (number == 8 && removes) {
          assertThat(Pruner.create(network.spec()).orElseThrow().prune(network, 1)).isTrue();
          pass = new BatchPass(network, Team.single(), 0);
        }
        batch.clear();
        reader.read(batch, 32);
        updaters.progress(number, 15);
        losses[number] = pass.train(batch, 1, number, 0.05f, 0.05f);
      }
    }
    updaters.finishAveraging();
    for (int i = 0; i < 15; i++) {
      losses[15 + i] = network.output().neurons().weights().values().at(i, i);
    }
    network.close();
    return losses;
  }

  private static LayerSpec.Sparse still(LayerSpec.Sparse layer) {
    return new LayerSpec.Sparse(
        layer.neurons(),
        layer.activation(),
        layer.spread(),
        layer.dropout(),
        layer.topology(),
        Evolution.Preset.STATIC,
        layer.pruning());
  }

  @Test
  void givesTheSameBitsForAnyNumberOfThreadsAndWhenResumed() throws IOException {
    List<Optimizer> optimizers =
        List.of(new Optimizer.Momentum(0.9, true), Optimizer.Adam.defaults());
    for (Optimizer optimizer : optimizers) {
      NetworkSpec network = network(IMPORTANCE, optimizer instanceof Optimizer.Adam, 0.2);
      TrainSpec training = training(5, optimizer, new Averaging.Tail(0.3));
      byte[] one = train(network, training, 1);
      assertThat(train(network, training, 3)).isEqualTo(one);
      // an epoch has 19 batches: within one, after the first pruning, after the second
      for (long stopAt : new long[] {10, 19, 57, 70}) {
        assertThat(interrupted(network, training, stopAt)).as("%d", stopAt).isEqualTo(one);
      }
    }
  }

  @Test
  void tellsWhatChangedAndLeavesASmallerModel() throws IOException {
    Path directory = fresh();
    List<TrainEvent.TopologyChanged> changes = new ArrayList<>();
    NetworkSpec spec = network(IMPORTANCE, true, 0);
    TrainSpec training = training(5, Optimizer.Adam.defaults(), new Averaging.None());
    new TrainingRun(
            Runs.setup(spec, training, DATA, 1, directory),
            event -> {
              if (event instanceof TrainEvent.TopologyChanged changed) {
                changes.add(changed);
              }
            },
            Runs.clocks())
        .run(false)
        .network()
        .close();
    try (Model model = Model.open(directory)) {
      int neurons = model.info().network().hidden().getFirst().neurons();
      assertThat(neurons).isLessThan(30);
      assertThat(model.network().sparse().getFirst().bias().values().columns()).isEqualTo(neurons);
      long removed =
          changes.stream()
              .filter(changed -> changed.layer().equals("hidden.0"))
              .mapToInt(TrainEvent.TopologyChanged::removed)
              .sum();
      assertThat(removed).isEqualTo(40 - neurons);
      TrainEvent.TopologyChanged last =
          changes.stream()
              .filter(changed -> changed.layer().equals("output.sparse"))
              .toList()
              .getLast();
      assertThat(last.connections())
          .isEqualTo(model.network().sparseOutput().orElseThrow().matrix().count());
      assertThat(last.moved()).as("the last one is an evolution").isPositive();
      assertThat(last.batch()).isEqualTo(4 * 19);
    }
  }

  @Test
  void isReadFromAConfiguration() {
    String text = "{\"sparse\": {\"neurons\": 7, \"pruning\": {\"importance\": {\"start\": 3}}}}";
    LayerSpec layer =
        SpecJson.read(
            Json.parseObject(text.getBytes(StandardCharsets.UTF_8), "text"), LayerSpec.class);
    assertThat(((LayerSpec.Sparse) layer).pruning()).isEqualTo(new Pruning.Importance(3, 20, 0.1));
    assertThat(SpecJson.read(SpecJson.write(layer, LayerSpec.class), LayerSpec.class))
        .isEqualTo(layer);
  }

  @Test
  void refusesToPruneBelowNeuronsThatAreSelected() {
    NetworkSpec spec = network(IMPORTANCE, false, 0);
    OutputSpec output =
        new OutputSpec(
            Runs.LABELS,
            new Loss.Softmax(),
            Runs.sampled(Sharing.BATCH),
            0,
            new Direct.None(),
            OutputSpec.Initialization.ZERO);
    assertThatThrownBy(() -> new NetworkSpec(spec.input(), spec.hidden(), output))
        .hasMessageContaining("hidden layer 1 cannot be pruned");
  }

  private byte[] train(NetworkSpec network, TrainSpec training, int threads) throws IOException {
    Path directory = fresh();
    TrainingRun.Outcome outcome = Runs.train(network, training, DATA, threads, directory);
    assertThat(outcome.network().spec().hidden().getFirst().neurons()).isLessThan(30);
    return Runs.weights(directory);
  }

  private byte[] interrupted(NetworkSpec network, TrainSpec training, long stopAt)
      throws IOException {
    Path directory = fresh();
    Runs.interrupt(network, training, DATA, stopAt, directory);
    return Runs.weights(directory);
  }

  private Path fresh() throws IOException {
    return Files.createTempDirectory(folder, "run");
  }
}
