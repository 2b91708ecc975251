package org.fovea.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.fovea.data.Batch;
import org.fovea.kernel.ConnectionMove;
import org.fovea.kernel.Kernels;
import org.fovea.kernel.RowMatrix;
import org.fovea.kernel.SparseMatrix;
import org.fovea.kernel.SparsePattern;
import org.fovea.kernel.UnitBlock;
import org.fovea.network.BatchPass;
import org.fovea.network.DirectConnections;
import org.fovea.network.InputWeights;
import org.fovea.network.Network;
import org.fovea.network.SparseActivity;
import org.fovea.network.SparseConnections;
import org.fovea.network.StreamRandom;
import org.fovea.network.Team;
import org.fovea.network.Updater;
import org.fovea.spec.Evolution;
import org.fovea.spec.InputSpec;
import org.fovea.spec.NetworkSpec;
import org.fovea.spec.Topology;
import org.fovea.testkit.Seeds;
import org.junit.jupiter.api.Test;

/// What every evolution keeps, over random layers.
class EvolutionLawsTest {

  /// A connection's weight and the optimizer's number for it.
  private record Numbers(float weight, float state) {}

  /// A layer of random size after a batch, with random weights and momenta.
  private static SparseActivity layer(SplittableRandom random, double density) {
    int inputs = 2 + random.nextInt(50);
    int neurons = 2 + random.nextInt(40);
    NetworkSpec spec =
        TopologiesTest.network(inputs, List.of(neurons), new Topology.Uniform(density), 3);
    Network network =
        new Network(
            spec,
            new InputWeights(InputSpec.Weighting.NONE, new float[0]),
            DirectConnections.none(3),
            Topologies.draw(spec, random.nextLong()),
            Optional.empty(),
            (values, role) -> new MomentumForTests(values));
    network.initialize(random.nextLong(), 1);
    List<SparseActivity> seen = new ArrayList<>();
    network.evolveBy((layers, seed, batch, changes) -> seen.addAll(layers));
    Batch batch = new Batch();
    for (int e = 0; e < 1 + random.nextInt(20); e++) {
      for (int feature = 0; feature < inputs; feature++) {
        if (random.nextBoolean()) {
          batch.addFeature(feature, random.nextFloat());
        }
      }
      batch.addLabel(random.nextInt(3));
      batch.endExample(e);
    }
    new BatchPass(network, Team.single(), 0).train(batch, 1, 0, 0.1f, 0.1f);
    SparseActivity layer = seen.getFirst();
    scramble(layer.connections(), random);
    return layer;
  }

  private static void scramble(SparseConnections connections, SplittableRandom random) {
    SparseMatrix matrix = connections.matrix();
    for (long p = 0; p < matrix.count(); p++) {
      float weight = random.nextFloat() - 0.4f;
      SparseMatrix.setElement(matrix.weights(), p, weight);
      SparseMatrix.setElement(connections.states().getFirst(), p, random.nextFloat() + 1);
    }
  }

  private static Map<Long, Numbers> numbers(SparseConnections connections) {
    SparseMatrix matrix = connections.matrix();
    SparsePattern pattern = matrix.pattern();
    RowMatrix state = connections.states().getFirst();
    Map<Long, Numbers> all = new HashMap<>();
    for (int row = 0; row < pattern.rows(); row++) {
      for (long p = pattern.offset(row); p < pattern.offset(row + 1); p++) {
        all.put(
            (long) row * pattern.columns() + pattern.column(p),
            new Numbers(matrix.weight(p), SparseMatrix.element(state, p)));
      }
    }
    assertThat(all).as("no connection twice").hasSize((int) matrix.count());
    return all;
  }

  private static List<Evolution.Rules> all() {
    List<Evolution.Rules> rules = new ArrayList<>();
    for (Evolution.Preset preset : Evolution.Preset.values()) {
      rules.add(preset.rules());
    }
    List<Evolution.Grow> grow =
        List.of(
            new Evolution.Grow.SampledGradient(3),
            new Evolution.Grow.Momentum(3),
            new Evolution.Grow.NeverTried(3, 4096),
            new Evolution.Grow.ByNeuron());
    for (Evolution.Grow place : grow) {
      rules.add(
          new Evolution.Rules(
              new Evolution.When.Epochs(1),
              new Evolution.Amount.Linear(0.4, 0.1),
              new Evolution.Drop.Movement(),
              place,
              Evolution.Fresh.INITIAL));
    }
    rules.add(
        new Evolution.Rules(
            new Evolution.When.Epochs(1),
            new Evolution.Amount.Constant(0.5),
            new Evolution.Drop.Threshold(0.05),
            new Evolution.Grow.Anywhere()));
    return rules;
  }

  @Test
  void countAndSurvivorsAreKeptThroughAThousandEvolutions() {
    for (Evolution.Rules rules : all()) {
      Seeds.once(random -> {
        SparseActivity layer = layer(random, 0.1 + 0.8 * random.nextDouble());
        LayerEvolver evolver = new LayerEvolver(rules);
        StreamRandom stream = new StreamRandom();
        long count = layer.connections().matrix().count();
        for (int round = 0; round < 1_000; round++) {
          stream.place(5, round, 0, 0);
          check(layer, evolver, round / 1_000.0, stream);
          assertThat(layer.connections().matrix().count()).isEqualTo(count);
          if (round % 10 == 0) {
            scramble(layer.connections(), random);
          }
        }
      });
    }
  }

  private static long evolve(
      SparseActivity layer, LayerEvolver evolver, double progress, StreamRandom stream) {
    DropRule.Dropped dropped = evolver.drop(layer, progress);
    Optional<ConnectionMove> move = evolver.grow(layer, dropped, dropped.count(), stream);
    move.ifPresent(layer.connections()::move);
    return move.map(ConnectionMove::count).orElse(0);
  }

  private static void check(
      SparseActivity layer, LayerEvolver evolver, double progress, StreamRandom stream) {
    Map<Long, Numbers> before = numbers(layer.connections());
    long moved = evolve(layer, evolver, progress, stream);
    Map<Long, Numbers> after = numbers(layer.connections());
    int changed = 0;
    for (Map.Entry<Long, Numbers> entry : after.entrySet()) {
      if (!entry.getValue().equals(before.get(entry.getKey()))) {
        changed++;
        assertThat(entry.getValue().state()).as("new connections are clean").isZero();
        if (evolver.rules().fresh() == Evolution.Fresh.ZERO) {
          assertThat(entry.getValue().weight()).isZero();
        } else {
          assertThat(Math.abs(entry.getValue().weight()))
              .isLessThanOrEqualTo(layer.connections().bound());
        }
      }
    }
    // a connection of weight 0 and momentum 0 may go and come back unnoticed
    assertThat((long) changed).isLessThanOrEqualTo(moved);
  }

  @Test
  void dropsTheSameShareOfEachSign() {
    Seeds.repeat(
        300,
        random -> {
          SparseActivity layer = layer(random, 0.3);
          SparseMatrix matrix = layer.connections().matrix();
          double share = random.nextDouble();
          DropRule.Dropped dropped =
              new DropRule(new Evolution.Drop.SignSeparate()).drop(layer, share);
          for (boolean negative : new boolean[] {false, true}) {
            List<Float> gone = new ArrayList<>();
            List<Float> kept = new ArrayList<>();
            for (long p = 0; p < matrix.count(); p++) {
              if (matrix.weight(p) < 0 == negative) {
                boolean goes = (dropped.marks()[(int) (p >>> 6)] >>> p & 1) != 0;
                (goes ? gone : kept).add(Math.abs(matrix.weight(p)));
              }
            }
            assertThat(gone).hasSize((int) (share * (gone.size() + kept.size())));
            float most = gone.stream().max(Float::compare).orElse(0f);
            float least = kept.stream().min(Float::compare).orElse(Float.MAX_VALUE);
            assertThat(most).isLessThanOrEqualTo(least);
          }
        });
  }

  @Test
  void dropsTheSmallestAndThoseBelowTheThreshold() {
    Seeds.repeat(
        200,
        random -> {
          SparseActivity layer = layer(random, 0.4);
          SparseMatrix matrix = layer.connections().matrix();
          List<Float> sizes = new ArrayList<>();
          for (long p = 0; p < matrix.count(); p++) {
            sizes.add(Math.abs(matrix.weight(p)));
          }
          sizes.sort(Float::compare);
          double share = random.nextDouble() * 0.9;
          int wanted = (int) (share * matrix.count());
          DropRule.Dropped smallest =
              new DropRule(new Evolution.Drop.Magnitude()).drop(layer, share);
          assertThat(smallest.count()).isEqualTo(wanted);
          double limit = 0.1 + random.nextDouble() / 10;
          DropRule.Dropped below =
              new DropRule(new Evolution.Drop.Threshold(limit)).drop(layer, share);
          long under = sizes.stream().filter(size -> size < limit).count();
          assertThat((long) below.count()).isEqualTo(Math.min(wanted, under));
          for (long p = 0; p < matrix.count(); p++) {
            if ((smallest.marks()[(int) (p >>> 6)] >>> p & 1) != 0) {
              assertThat(Math.abs(matrix.weight(p))).isLessThan(sizes.get(wanted));
            }
          }
        });
  }

  @Test
  void growsWhereTheGradientIsLargest() {
    Seeds.repeat(
        200,
        random -> {
          SparseActivity layer = layer(random, 0.3);
          SparsePattern pattern = layer.connections().matrix().pattern();
          DropRule.Dropped dropped = new DropRule(new Evolution.Drop.Magnitude()).drop(layer, 0.3);
          EmptyPlaces empty = new EmptyPlaces(pattern, dropped);
          long[] chosen =
              new GrowRule(new Evolution.Grow.Gradient())
                  .grow(layer, dropped, dropped.count(), new StreamRandom());
          assertThat(chosen).hasSize(dropped.count()).isSorted().doesNotHaveDuplicates();
          double least = Double.POSITIVE_INFINITY;
          for (long place : chosen) {
            least = Math.min(least, gradient(layer, place));
          }
          List<Double> better = new ArrayList<>();
          for (int row = 0; row < pattern.rows(); row++) {
            long p = pattern.offset(row);
            for (int column = 0; column < pattern.columns(); column++) {
              boolean taken =
                  p < pattern.offset(row + 1) && pattern.column(p) == column && empty.survives(p++);
              double size = gradient(layer, (long) row * pattern.columns() + column);
              if (!taken && size > least * (1 + 1e-4) + 1e-9) {
                better.add(size);
              }
            }
          }
          assertThat(better.size()).isLessThanOrEqualTo(chosen.length);
        });
  }

  private static double gradient(SparseActivity layer, long place) {
    int columns = layer.connections().matrix().pattern().columns();
    UnitBlock deltas = layer.deltas();
    UnitBlock inputs = layer.inputs();
    double sum = 0;
    for (int e = 0; e < deltas.batch(); e++) {
      sum += (double) deltas.at((int) (place / columns), e) * inputs.at((int) (place % columns), e);
    }
    return Math.abs(sum);
  }

  @Test
  void neuronsKeepTheirNumberOfConnectionsByNeuron() {
    Seeds.repeat(
        200,
        random -> {
          SparseActivity layer = layer(random, 0.3);
          SparsePattern pattern = layer.connections().matrix().pattern();
          long[] before = pattern.offsets().clone();
          Evolution.Rules rules =
              new Evolution.Rules(
                  new Evolution.When.Epochs(1),
                  new Evolution.Amount.Constant(0.3),
                  new Evolution.Drop.Magnitude(),
                  new Evolution.Grow.ByNeuron());
          evolve(layer, new LayerEvolver(rules), 0, new StreamRandom());
          assertThat(pattern.offsets()).isEqualTo(before);
        });
  }

  @Test
  void prefersPlacesThatWereNeverTried() {
    Seeds.repeat(
        50,
        random -> {
          SparseActivity layer = layer(random, 0.1);
          SparseConnections connections = layer.connections();
          LayerEvolver evolver =
              new LayerEvolver(
                  new Evolution.Rules(
                      new Evolution.When.Epochs(1),
                      new Evolution.Amount.Constant(0.3),
                      new Evolution.Drop.Magnitude(),
                      new Evolution.Grow.NeverTried(1000, 1 << 20)));
          Map<Long, Boolean> ever = new HashMap<>();
          numbers(connections).keySet().forEach(place -> ever.put(place, true));
          long places = connections.matrix().pattern().places();
          StreamRandom stream = new StreamRandom();
          for (int round = 0; round < 10; round++) {
            stream.place(3, round, 0, 0);
            int size = ever.size();
            long moved = evolve(layer, evolver, 0, stream);
            numbers(connections).keySet().forEach(place -> ever.put(place, true));
            long untried = places - size;
            // a filter of a million bits takes next to none of some hundred places for another
            assertThat((long) ever.size() - size)
                .isGreaterThanOrEqualTo(Math.min(moved, untried) - 1);
          }
          if (connections.tried().length == 0) {
            // too few connections for any to move
            return;
          }
          assertThat(new TriedPlaces(connections.tried()).estimate())
              .isBetween(ever.size() * 0.99 - 2, ever.size() * 1.01 + 2);
        });
  }

  /// Gradient descent with momentum, whose state the laws look at.
  private static final class MomentumForTests implements Updater {

    private static final Kernels KERNELS = Kernels.best();

    private final RowMatrix values;
    private final RowMatrix momentum;

    MomentumForTests(RowMatrix values) {
      this.values = values;
      this.momentum = new RowMatrix(values.rows(), values.columns());
    }

    @Override
    public void update(int row, float[] gradient, int from, float rate) {
      KERNELS.momentum(
          values.chunk(row),
          momentum.chunk(row),
          values.offset(row),
          gradient,
          from,
          values.columns(),
          rate,
          0.9f,
          false);
    }

    @Override
    public List<State> state() {
      return List.of(new State("momentum", momentum));
    }

    @Override
    public Optional<RowMatrix> momentum() {
      return Optional.of(momentum);
    }
  }
}
