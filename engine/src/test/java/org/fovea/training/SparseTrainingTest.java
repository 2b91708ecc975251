package org.fovea.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.fovea.data.Batch;
import org.fovea.data.ExampleReader;
import org.fovea.data.Examples;
import org.fovea.kernel.RowMatrix;
import org.fovea.kernel.SparseMatrix;
import org.fovea.model.Model;
import org.fovea.network.BatchPass;
import org.fovea.network.InputHistory;
import org.fovea.network.Network;
import org.fovea.network.Parameters;
import org.fovea.network.PlaceSketch;
import org.fovea.network.Predictor;
import org.fovea.network.SparseConnections;
import org.fovea.network.Team;
import org.fovea.network.TopK;
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
import org.fovea.spec.Schedule;
import org.fovea.spec.Selection;
import org.fovea.spec.Stopping;
import org.fovea.spec.Topology;
import org.fovea.spec.TrainSpec;
import org.fovea.topology.Topologies;
import org.fovea.training.optimizer.Updaters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Networks whose connections move, trained as any other.
class SparseTrainingTest {

  private static final Examples DATA = Runs.examples(1_000, 9);

  @TempDir private Path folder;

  private static NetworkSpec network(Evolution evolution, boolean sparseOutput, double dropout) {
    Topology topology = new Topology.ErdosRenyi(4);
    return new NetworkSpec(
        new InputSpec(Runs.FEATURES, InputSpec.Weighting.UNIT, 0.1),
        List.of(
            new LayerSpec.Sparse(40, new Activation.AllRelu(0.6), 1, dropout, topology, evolution),
            new LayerSpec.Sparse(30, new Activation.Srelu(), 1, dropout, topology, evolution)),
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

  private static TrainSpec training(int epochs, Optimizer optimizer) {
    return training(epochs, optimizer, 1e-3);
  }

  private static TrainSpec training(int epochs, Optimizer optimizer, double weightDecay) {
    return training(epochs, optimizer, weightDecay, 32);
  }

  private static TrainSpec training(
      int epochs, Optimizer optimizer, double weightDecay, int batch) {
    return new TrainSpec(
        epochs,
        batch,
        optimizer,
        new Schedule.Linear(0.05, 0, 0),
        1,
        1e-5,
        weightDecay,
        new Clipping.None(),
        new Averaging.None(),
        new Balancing.None(),
        new Stopping.Never(),
        true,
        17);
  }

  private static List<Evolution> evolutions() {
    return List.of(
        Evolution.Preset.SET,
        Evolution.Preset.CONTINUOUS,
        rules(new Evolution.Grow.Gradient()),
        rules(new Evolution.Grow.SampledGradient(4)),
        rules(new Evolution.Grow.Momentum(4)),
        rules(new Evolution.Grow.NeverTried(4, 4096)),
        rules(new Evolution.Grow.Anywhere(), Evolution.Redistribution.WEIGHT),
        rules(new Evolution.Grow.Momentum(4), Evolution.Redistribution.MOMENTUM));
  }

  private static Evolution rules(Evolution.Grow grow) {
    return rules(grow, Evolution.Redistribution.NONE);
  }

  private static Evolution rules(Evolution.Grow grow, Evolution.Redistribution redistribution) {
    return new Evolution.Rules(
        new Evolution.When.Steps(7, 0.75),
        new Evolution.Amount.Cosine(0.3, 0),
        new Evolution.Drop.Movement(),
        grow,
        Evolution.Fresh.INITIAL,
        redistribution);
  }

  @Test
  void givesTheSameBitsForAnyNumberOfThreads() throws IOException {
    for (Evolution evolution : evolutions()) {
      NetworkSpec network = network(evolution, true, 0.2);
      TrainSpec training = training(2, Optimizer.Adam.defaults());
      byte[] one = train(network, training, 1);
      assertThat(train(network, training, 3)).as("%s", evolution).isEqualTo(one);
    }
  }

  @Test
  void givesTheSameBitsForAnyNumberOfThreadsWhereLayersAreWideOrFull() throws IOException {
    // activations of more than 1 MiB, then a layer whose places are all connected
    NetworkSpec narrow = network(Evolution.Preset.STATIC, true, 0.2);
    List<LayerSpec> hidden = new ArrayList<>();
    Topology few = new Topology.ErdosRenyi(4);
    hidden.add(layer(4_500, few, Evolution.Preset.SET));
    hidden.add(layer(1_100, few, Evolution.Preset.SET));
    hidden.add(layer(64, new Topology.Full(), Evolution.Preset.STATIC));
    NetworkSpec network = new NetworkSpec(narrow.input(), hidden, narrow.output());
    TrainSpec training = training(1, new Optimizer.Momentum(0.9, false), 1e-3, 64);
    byte[] one = train(network, training, 1);
    assertThat(train(network, training, 3)).isEqualTo(one);
  }

  private static LayerSpec layer(int neurons, Topology topology, Evolution evolution) {
    return new LayerSpec.Sparse(neurons, new Activation.Relu(), 1, 0.2, topology, evolution);
  }

  @Test
  void resumesToTheBitsOfAnUninterruptedRun() throws IOException {
    Optimizer[] optimizers = {
      new Optimizer.Momentum(0.9, true), Optimizer.Adam.defaults(), new Optimizer.Sgd()
    };
    int next = 0;
    for (Evolution evolution : evolutions()) {
      NetworkSpec network = network(evolution, next % 2 == 0, 0.2);
      TrainSpec training = training(3, optimizers[next++ % optimizers.length]);
      byte[] straight = train(network, training, 2);
      for (long stopAt : new long[] {10, 50}) {
        assertThat(interrupted(network, training, stopAt))
            .as("stopped after batch %d, %s", stopAt, evolution)
            .isEqualTo(straight);
      }
    }
  }

  @Test
  void learnsAndIsReadAgain() throws IOException {
    Path directory = fresh();
    NetworkSpec spec = network(Evolution.Preset.SET, true, 0);
    TrainSpec training = training(20, new Optimizer.Adam(0.9, 0.999, 1e-8));
    TrainingRun.Outcome outcome =
        new TrainingRun(Runs.setup(spec, training, DATA, 1, directory), _ -> {}, Runs.clocks())
            .run(false);
    double trained = best(outcome.network());
    outcome.network().close();
    assertThat(trained).isGreaterThan(0.6);
    try (Model model = Model.open(directory)) {
      assertThat(best(model.network())).isEqualTo(trained);
    }
    long connections = 0;
    for (long count : Topologies.counts(spec)) {
      connections += count;
    }
    assertThat(Files.size(directory.resolve("weights.safetensors")))
        .as("8 bytes a connection, and something for each neuron and page")
        .isLessThan(8 * connections + 3 * (4 * SparseMatrix.PAGE + PlaceSketch.BYTES) + 12_000);
  }

  @Test
  void remembersWhatWasConnectedAndHowItsInputsWere() throws IOException {
    Path directory = fresh();
    NetworkSpec spec = network(Evolution.Preset.SET, false, 0);
    TrainSpec training = training(6, new Optimizer.Momentum(0.9, false));
    Network trained =
        new TrainingRun(Runs.setup(spec, training, DATA, 1, directory), _ -> {}, Runs.clocks())
            .run(false)
            .network();
    try (trained;
        Model model = Model.open(directory)) {
      for (int layer = 0; layer < 2; layer++) {
        SparseConnections connections = trained.connections().get(layer);
        double ever = connections.everConnected().estimate();
        // five moves of 30 % at random places, few of them twice
        assertThat(ever / connections.matrix().count()).isBetween(1.5, 2.5);
        assertThat(model.network().connections().get(layer).everConnected().estimate())
            .isEqualTo(ever);
      }
      InputHistory history = model.network().inputHistory().orElseThrow();
      assertThat(history.epochs()).containsExactly(0, 1, 4);
      assertThat(history.counts().getFirst()).isNotEqualTo(history.counts().getLast());
      long count = model.network().connections().getFirst().matrix().count();
      history
          .counts()
          .forEach(
              counts -> assertThat(Arrays.stream(counts).asLongStream().sum()).isEqualTo(count));
    }
  }

  /// Share of the examples whose best label is a true one.
  private static double best(Network network) {
    Batch batch = new Batch();
    try (ExampleReader reader = DATA.inOrder()) {
      reader.read(batch, 1_000);
    }
    network.inputWeights().apply(batch);
    TopK[] best = new TopK[batch.exampleCount()];
    for (int e = 0; e < best.length; e++) {
      best[e] = new TopK(1);
    }
    new Predictor(network).predict(batch, best);
    int hits = 0;
    for (int e = 0; e < best.length; e++) {
      best[e].rank();
      for (int i = batch.labelOffsets()[e]; i < batch.labelOffsets()[e + 1]; i++) {
        hits += batch.labels()[i] == best[e].id(0) ? 1 : 0;
      }
    }
    return (double) hits / best.length;
  }

  @Test
  void decaysConnectionsAndSparesBiases() {
    Updaters updaters = new Updaters(training(1, new Optimizer.Sgd(), 0.5));
    RowMatrix weights = new RowMatrix(1, 20);
    RowMatrix biases = new RowMatrix(1, 20);
    weights.set(0, 7, 1f);
    biases.set(0, 7, 1f);
    updaters.create(weights, Parameters.Role.WEIGHT).update(0, new float[32], 0, 0.1f);
    updaters.create(biases, Parameters.Role.BIAS).update(0, new float[32], 0, 0.1f);
    assertThat(weights.at(0, 7)).isCloseTo(0.95f, within(1e-6f));
    assertThat(biases.at(0, 7)).isEqualTo(1f);
  }

  @Test
  void aLayerOfAllConnectionsTrainsAsADenseOne() {
    for (Activation activation :
        List.of(new Activation.Relu(), new Activation.LeakyRelu(0.1), new Activation.Tanh())) {
      LayerSpec dense = new LayerSpec.Dense(24, activation, 1, 0, new Selection.All());
      LayerSpec sparse =
          new LayerSpec.Sparse(24, activation, 1, 0, new Topology.Full(), Evolution.Preset.STATIC);
      LayerSpec second = new LayerSpec.Dense(16, activation, 1, 0, new Selection.All());
      LayerSpec sparseSecond =
          new LayerSpec.Sparse(16, activation, 1, 0, new Topology.Full(), Evolution.Preset.STATIC);
      Network one = prepared(List.of(dense, second));
      Network other = prepared(List.of(sparse, sparseSecond));
      copy(one, other);
      BatchPass denseBatches = new BatchPass(one, Team.single(), 0);
      BatchPass sparseBatches = new BatchPass(other, Team.single(), 0);
      Batch batch = new Batch();
      try (ExampleReader reader = DATA.inOrder()) {
        for (int number = 0; number < 10; number++) {
          batch.clear();
          reader.read(batch, 50);
          double expected = denseBatches.train(batch, 1, number, 0.1f, 0.1f);
          double actual = sparseBatches.train(batch, 1, number, 0.1f, 0.1f);
          assertThat(actual).as("batch %d", number).isCloseTo(expected, within(1e-4 * expected));
        }
      }
    }
  }

  private static Network prepared(List<LayerSpec> hidden) {
    NetworkSpec spec =
        new NetworkSpec(
            new InputSpec(Runs.FEATURES, InputSpec.Weighting.UNIT, 0),
            hidden,
            new OutputSpec(
                Runs.LABELS,
                new Loss.Softmax(),
                new Selection.All(),
                0,
                new Direct.None(),
                OutputSpec.Initialization.RANDOM));
    // with momentum a dense input layer keeps that of features which a batch does not have
    TrainSpec training = training(1, new Optimizer.Sgd(), 0);
    return new Preparation(spec, training, DATA, new Updaters(training)).prepare();
  }

  /// Gives the sparse network the weights of the dense one.
  private static void copy(Network from, Network to) {
    RowMatrix byFeature = values(from, "hidden.0.weight");
    RowMatrix byNeuron = values(from, "hidden.1.weight");
    SparseMatrix first = to.sparse().get(0).connections().matrix();
    SparseMatrix second = to.sparse().get(1).connections().matrix();
    for (long p = 0; p < first.count(); p++) {
      int neuron = first.pattern().rowOf(p);
      float weight = byFeature.at(first.pattern().column(p), neuron);
      SparseMatrix.setElement(first.weights(), p, weight);
    }
    for (long p = 0; p < second.count(); p++) {
      int neuron = second.pattern().rowOf(p);
      float weight = byNeuron.at(neuron, second.pattern().column(p));
      SparseMatrix.setElement(second.weights(), p, weight);
    }
  }

  private static RowMatrix values(Network network, String name) {
    return network.parameters().stream()
        .filter(parameters -> parameters.name().equals(name))
        .findFirst()
        .orElseThrow()
        .values();
  }

  private byte[] train(NetworkSpec network, TrainSpec training, int threads) throws IOException {
    Path directory = fresh();
    Runs.train(network, training, DATA, threads, directory);
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
