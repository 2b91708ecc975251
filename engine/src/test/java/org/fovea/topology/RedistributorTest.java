package org.fovea.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.fovea.data.Batch;
import org.fovea.network.BatchPass;
import org.fovea.network.DirectConnections;
import org.fovea.network.InputWeights;
import org.fovea.network.Network;
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
import org.fovea.spec.Optimizer;
import org.fovea.spec.OutputSpec;
import org.fovea.spec.Schedule;
import org.fovea.spec.Selection;
import org.fovea.spec.Stopping;
import org.fovea.spec.Topology;
import org.fovea.spec.TrainSpec;
import org.fovea.testkit.Seeds;
import org.fovea.training.optimizer.Updaters;
import org.junit.jupiter.api.Test;

class RedistributorTest {

  @Test
  void sharesSumToTheTotalAndFitTheRoom() {
    Seeds.repeat(2_000, RedistributorTest::check);
  }

  private static void check(SplittableRandom random) {
    int layers = 1 + random.nextInt(6);
    double[] weights = new double[layers];
    long[] room = new long[layers];
    long sum = 0;
    for (int k = 0; k < layers; k++) {
      weights[k] = random.nextInt(4) == 0 ? 0 : random.nextDouble();
      room[k] = random.nextInt(3) == 0 ? random.nextInt(5) : random.nextInt(1_000_000);
      sum += room[k];
    }
    long total = random.nextInt(5) == 0 ? sum : random.nextLong(sum + 1);
    int[] shares = Redistributor.shares(total, weights, room);
    assertThat(Arrays.stream(shares).asLongStream().sum()).isEqualTo(total);
    for (int k = 0; k < layers; k++) {
      assertThat((long) shares[k]).isBetween(0L, room[k]);
      for (int other = 0; other < layers; other++) {
        // of two layers with room left, shares are as weights
        if (shares[k] + 2 < room[k] && shares[other] + 2 < room[other] && weights[other] > 0) {
          double expected = shares[other] * weights[k] / weights[other];
          assertThat((double) shares[k])
              .isBetween(
                  expected - 2 - 2 * weights[k] / weights[other],
                  expected + 2 + 2 * weights[k] / weights[other]);
        }
      }
    }
  }

  @Test
  void theTotalStaysWhileLayersGiveAndTake() {
    for (Evolution.Redistribution redistribution :
        List.of(Evolution.Redistribution.MOMENTUM, Evolution.Redistribution.WEIGHT)) {
      for (Optimizer optimizer : List.of(new Optimizer.Momentum(0.9, false), new Optimizer.Sgd())) {
        Seeds.repeat(20, random -> checkNetwork(random, redistribution, optimizer));
      }
    }
  }

  private static void checkNetwork(
      SplittableRandom random, Evolution.Redistribution redistribution, Optimizer optimizer) {
    NetworkSpec spec = network(random, redistribution);
    Updaters updaters = new Updaters(training(optimizer));
    Network network =
        new Network(
            spec,
            new InputWeights(InputSpec.Weighting.NONE, new float[0]),
            DirectConnections.none(6),
            Topologies.draw(spec, random.nextLong()),
            Optional.empty(),
            updaters);
    network.initialize(random.nextLong(), 10);
    network.evolveBy(Evolvers.create(spec, new Timetable(10, 1_000)).orElseThrow());
    BatchPass pass = new BatchPass(network, Team.single(), 0);
    long[] start = counts(network);
    boolean shifted = false;
    for (int number = 0; number < 40; number++) {
      long[] before = counts(network);
      double loss = pass.train(batch(random), 1, number, 0.05f, 0.05f);
      assertThat(loss).isFinite();
      long[] after = counts(network);
      assertThat(Arrays.stream(after).sum()).isEqualTo(Arrays.stream(start).sum());
      if (number % 4 != 3) {
        assertThat(after).isEqualTo(before);
      }
      shifted |= !Arrays.equals(after, before);
    }
    assertThat(shifted).isTrue();
    network.close();
  }

  private static long[] counts(Network network) {
    return network.connections().stream().mapToLong(layer -> layer.matrix().count()).toArray();
  }

  private static Batch batch(SplittableRandom random) {
    Batch batch = new Batch();
    for (int e = 0; e < 12; e++) {
      for (int feature = 0; feature < 50; feature++) {
        if (random.nextInt(4) == 0) {
          batch.addFeature(feature, random.nextFloat());
        }
      }
      batch.addLabel(random.nextInt(6));
      batch.endExample(e);
    }
    return batch;
  }

  private static NetworkSpec network(
      SplittableRandom random, Evolution.Redistribution redistribution) {
    Evolution evolution =
        new Evolution.Rules(
            new Evolution.When.Steps(4, 1),
            new Evolution.Amount.Constant(0.3),
            new Evolution.Drop.Magnitude(),
            random.nextBoolean()
                ? new Evolution.Grow.Anywhere()
                : Evolution.Grow.Momentum.defaults(),
            Evolution.Fresh.INITIAL,
            redistribution);
    return new NetworkSpec(
        new InputSpec(50, InputSpec.Weighting.NONE, 0),
        List.of(
            new LayerSpec.Sparse(
                30, new Activation.Tanh(), 1, 0, new Topology.Uniform(0.2), evolution),
            new LayerSpec.Sparse(
                20, new Activation.Relu(), 1, 0, new Topology.Uniform(0.1), evolution)),
        new OutputSpec(
            6,
            new Loss.Softmax(),
            new Selection.All(),
            0,
            new Direct.None(),
            OutputSpec.Initialization.ZERO,
            // dense at first: it can give, not take
            Optional.of(new OutputSpec.Sparse(new Topology.Full(), evolution))));
  }

  private static TrainSpec training(Optimizer optimizer) {
    return new TrainSpec(
        1,
        12,
        optimizer,
        new Schedule.Linear(0.05, 0, 0),
        1,
        1,
        0,
        new Clipping.None(),
        new Averaging.None(),
        new Balancing.None(),
        new Stopping.Never(),
        true,
        1);
  }

  @Test
  void refusesConnectionsThatCannotLeaveTheirNeurons() {
    assertThatThrownBy(() ->
            new Evolution.Rules(
                new Evolution.When.Epochs(1),
                new Evolution.Amount.Constant(0.3),
                new Evolution.Drop.Magnitude(),
                new Evolution.Grow.ByNeuron(),
                Evolution.Fresh.ZERO,
                Evolution.Redistribution.WEIGHT))
        .hasMessageContaining("redistribution must be none");
  }
}
