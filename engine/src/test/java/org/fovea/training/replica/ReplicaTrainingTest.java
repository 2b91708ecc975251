package org.fovea.training.replica;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.fovea.data.Batch;
import org.fovea.data.ExampleReader;
import org.fovea.data.Examples;
import org.fovea.data.MemoryExamples;
import org.fovea.kernel.ConnectionMove;
import org.fovea.kernel.RowMatrix;
import org.fovea.kernel.SparseMatrix;
import org.fovea.kernel.SparsePattern;
import org.fovea.network.BatchPass;
import org.fovea.network.Network;
import org.fovea.network.Parameters;
import org.fovea.network.Predictor;
import org.fovea.network.SparseConnections;
import org.fovea.network.StructureChange;
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
import org.fovea.spec.Replicas;
import org.fovea.spec.Schedule;
import org.fovea.spec.Selection;
import org.fovea.spec.Stopping;
import org.fovea.spec.Topology;
import org.fovea.spec.TrainSpec;
import org.fovea.training.Preparation;
import org.fovea.training.optimizer.Updaters;
import org.junit.jupiter.api.Test;

class ReplicaTrainingTest {

  private static final int FEATURES = 60;
  private static final int CLASSES = 6;
  private static final Examples DATA = examples(600);

  /// Examples whose class is told by which ten features are large.
  private static Examples examples(int count) {
    SplittableRandom random = new SplittableRandom(5);
    Batch batch = new Batch();
    for (int e = 0; e < count; e++) {
      int label = random.nextInt(CLASSES);
      for (int feature = 0; feature < FEATURES; feature++) {
        float told = feature / 10 == label ? 1 : 0;
        batch.addFeature(feature, told + (float) random.nextGaussian());
      }
      batch.addLabel(label);
      batch.endExample(e);
    }
    return MemoryExamples.of("classes", batch, FEATURES, CLASSES);
  }

  private static NetworkSpec network(double dropout) {
    Topology topology = new Topology.ErdosRenyi(4);
    Evolution evolution = Evolution.Preset.SET;
    return new NetworkSpec(
        new InputSpec(FEATURES, InputSpec.Weighting.NONE, 0),
        List.of(
            new LayerSpec.Sparse(40, new Activation.AllRelu(0.6), 1, dropout, topology, evolution),
            new LayerSpec.Dense(20, new Activation.Relu(), 1, 0, new Selection.All())),
        new OutputSpec(
            CLASSES,
            new Loss.Softmax(),
            new Selection.All(),
            0,
            new Direct.None(),
            OutputSpec.Initialization.RANDOM,
            Optional.of(new OutputSpec.Sparse(topology, evolution))));
  }

  private static TrainSpec training(int epochs) {
    return training(epochs, true);
  }

  private static TrainSpec training(int epochs, boolean deterministic) {
    return new TrainSpec(
        epochs,
        20,
        new Optimizer.Momentum(0.9, false),
        new Schedule.Linear(0.02, 0, 0),
        1,
        1,
        1e-3,
        new Clipping.None(),
        new Averaging.None(),
        new Balancing.None(),
        new Stopping.Never(),
        deterministic,
        3);
  }

  private static Network prepared(TrainSpec training) {
    return prepared(training, 0.1);
  }

  private static Network prepared(TrainSpec training, double dropout) {
    return new Preparation(network(dropout), training, DATA, new Updaters(training)).prepare();
  }

  @Test
  void learnsAndKeepsTheNumbersOfConnections() {
    for (boolean deterministic : new boolean[] {true, false}) {
      TrainSpec training = training(10, deterministic).withReplicas(new Replicas(4, 0.7));
      Network network = prepared(training);
      List<Long> before = counts(network);
      assertThat(accuracy(network)).isLessThan(0.5);
      ReplicaTraining.Result result =
          new ReplicaTraining(network, training, DATA, 2, (_, _, _) -> {}).run();
      assertThat(counts(network)).isEqualTo(before);
      assertThat(accuracy(network)).isGreaterThan(0.8);
      // four parts of 150 examples in batches of 20, seven times
      assertThat(result.steps()).isEqualTo(224);
      assertThat(result.loss()).isBetween(0.0, 1.0);
      if (deterministic) {
        // connections move after 30 steps, in the middle of a round of four
        assertThat(result.dropped()).isPositive();
      }
      network.close();
    }
  }

  private static List<Long> counts(Network network) {
    return network.connections().stream().map(layer -> layer.matrix().count()).toList();
  }

  @Test
  void givesTheSameBitsForAnyNumberOfThreads() {
    List<float[]> expected = trained(1);
    for (int threads : new int[] {2, 4}) {
      List<float[]> actual = trained(threads);
      assertThat(actual).hasSameSizeAs(expected);
      for (int i = 0; i < expected.size(); i++) {
        assertThat(actual.get(i)).isEqualTo(expected.get(i));
      }
    }
  }

  private static List<float[]> trained(int threads) {
    TrainSpec training = training(4).withReplicas(new Replicas(4, 0.5));
    Network network = prepared(training);
    new ReplicaTraining(network, training, DATA, threads, (_, _, _) -> {}).run();
    List<float[]> all = numbers(network);
    network.close();
    return all;
  }

  /// Parameters, and where connections come from.
  private static List<float[]> numbers(Network network) {
    List<float[]> all = new ArrayList<>();
    for (Parameters parameters : network.parameters()) {
      all.addAll(List.of(parameters.values().chunks()));
    }
    for (SparseConnections layer : network.connections()) {
      float[] columns = new float[(int) layer.matrix().count()];
      for (int p = 0; p < columns.length; p++) {
        columns[p] = layer.matrix().pattern().column(p);
      }
      all.add(columns);
    }
    return all;
  }

  @Test
  void oneReplicaThatSharesTrainsAsTheNetworkItself() {
    TrainSpec training = training(3);
    Network alone = prepared(training, 0);
    Network shared = prepared(training, 0);
    SharedPhase phase =
        new SharedPhase(shared, training, List.of(DATA), 3, new EpochTally(1, (_, _, _) -> {}));
    while (phase.compute(0)) {
      phase.take(0);
      phase.pull(0);
    }
    BatchPass pass = new BatchPass(alone, Team.single(), 0);
    Batch batch = new Batch();
    long number = 0;
    for (int epoch = 0; epoch < 3; epoch++) {
      try (ExampleReader reader = DATA.shuffled(Solo.order(training, epoch), 0)) {
        batch.clear();
        while (reader.read(batch, 20) > 0) {
          float rate = (float) training.schedule().rate(number / 90.0);
          pass.train(batch, training.seed(), number++, rate, rate);
          batch.clear();
        }
      }
    }
    assertThat(phase.steps()).isEqualTo(number);
    assertThat(phase.dropped()).isZero();
    List<float[]> expected = numbers(alone);
    List<float[]> actual = numbers(shared);
    for (int i = 0; i < expected.size(); i++) {
      assertThat(actual.get(i)).isEqualTo(expected.get(i));
    }
    alone.close();
    shared.close();
  }

  @Test
  void dropsGradientsOfConnectionsThatAreGone() {
    Network network = prepared(training(1));
    GradientCollector collector = new GradientCollector();
    Network copy = network.copy(collector);
    Batch batch = new Batch();
    try (ExampleReader reader = DATA.inOrder()) {
      reader.read(batch, 20);
    }
    new BatchPass(copy, Team.single(), 0).train(batch, 1, 0, 1f, 1f);
    SparseMatrix matrix = network.connections().getFirst().matrix();
    RowMatrix gradients =
        collector.of(copy.connections().getFirst().weights().values()).orElseThrow().gradients();
    SparsePattern before = copy.connections().getFirst().matrix().pattern();
    // every third connection goes, none comes
    long[] dropped = ConnectionMove.noneOf(matrix.count());
    for (long p = 0; p < matrix.count(); p += 3) {
      dropped[(int) (p >>> 6)] |= 1L << p;
    }
    ConnectionMove move = new ConnectionMove(dropped, new long[0], new float[0]);
    network.apply(new StructureChange.ConnectionsMoved(0, move));
    matrix = network.connections().getFirst().matrix();
    float[] weights = new float[(int) matrix.count()];
    float[] expected = new float[weights.length];
    for (int p = 0; p < weights.length; p++) {
      int row = matrix.pattern().rowOf(p);
      for (long q = before.offset(row); q < before.offset(row + 1); q++) {
        if (before.column(q) == matrix.pattern().column(p)) {
          // decay and rate as below; the first step of momentum is the gradient
          float weight = matrix.weight(p);
          expected[p] = weight - 0.5f * 1e-3f * weight - 0.5f * SparseMatrix.element(gradients, q);
        }
      }
    }
    long late = new ValidUpdates().apply(network, copy, collector, 0.5f);
    assertThat(late).isEqualTo(move.droppedCount());
    for (int p = 0; p < weights.length; p++) {
      weights[p] = matrix.weight(p);
    }
    assertThat(weights).containsExactly(expected, within(1e-5f));
    network.close();
  }

  @Test
  void averagesDenseParametersNumberByNumber() {
    TrainSpec training = training(1);
    Network network = prepared(training);
    Network one = network.copy(new Updaters(training));
    Network other = network.copy(new Updaters(training));
    RowMatrix first = one.hidden().getFirst().weights().values();
    RowMatrix second = other.hidden().getFirst().weights().values();
    first.set(3, 4, 1f);
    second.set(3, 4, 2f);
    ReplicaTraining.average(network, List.of(one, other));
    RowMatrix mean = network.hidden().getFirst().weights().values();
    assertThat(mean.at(3, 4)).isEqualTo(1.5f);
    assertThat(mean.at(2, 2)).isEqualTo(first.at(2, 2));
    network.close();
  }

  @Test
  void refusesMoreReplicasThanExamples() {
    TrainSpec training = training(1).withReplicas(new Replicas(601, 0.7));
    Network network = prepared(training);
    assertThatThrownBy(() -> new ReplicaTraining(network, training, DATA, 1, (_, _, _) -> {}))
        .hasMessage("600 examples cannot be split among 601 replicas");
    assertThatThrownBy(() -> new Replicas(2, 1.5)).hasMessageContaining("shared");
    network.close();
  }

  private static double accuracy(Network network) {
    Batch batch = new Batch();
    try (ExampleReader reader = DATA.inOrder()) {
      reader.read(batch, 600);
    }
    TopK[] best = new TopK[batch.exampleCount()];
    for (int e = 0; e < best.length; e++) {
      best[e] = new TopK(1);
    }
    new Predictor(network).predict(batch, best);
    int hits = 0;
    for (int e = 0; e < best.length; e++) {
      best[e].rank();
      hits += batch.labels()[batch.labelOffsets()[e]] == best[e].id(0) ? 1 : 0;
    }
    return (double) hits / best.length;
  }
}
