package org.fovea.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.fovea.kernel.SparseMatrix;
import org.fovea.kernel.SparsePattern;
import org.fovea.network.DirectConnections;
import org.fovea.network.InputWeights;
import org.fovea.network.Network;
import org.fovea.network.SparseConnections;
import org.fovea.network.UpdaterFactory;
import org.fovea.spec.InputSpec;
import org.fovea.spec.NetworkSpec;
import org.fovea.spec.Topology;
import org.fovea.testkit.Seeds;
import org.junit.jupiter.api.Test;

/// Holds averages over unions against a map of places.
class UnionAverageTest {

  @Test
  void averagesOverTheUnionAndRestoresTheCount() {
    Seeds.repeat(300, UnionAverageTest::check);
  }

  private static void check(SplittableRandom random) {
    int inputs = 1 + random.nextInt(30);
    int neurons = 1 + random.nextInt(30);
    double density = random.nextDouble();
    SparseConnections target = layer(random, inputs, neurons, density);
    List<SparseConnections> replicas = new ArrayList<>();
    int count = 1 + random.nextInt(5);
    for (int k = 0; k < count; k++) {
      replicas.add(
          random.nextInt(4) == 0 && k > 0
              ? replicas.getFirst()
              : layer(random, inputs, neurons, density));
    }
    Map<Long, Double> union = new HashMap<>();
    for (SparseConnections replica : replicas) {
      weights(replica).forEach((place, weight) -> union.merge(place, weight / count, Double::sum));
    }
    long before = target.matrix().count();
    UnionAverage.average(target, replicas);

    Map<Long, Double> result = weights(target);
    assertThat((long) result.size()).isEqualTo(Math.min(before, union.size()));
    result.forEach((place, weight) -> assertThat(weight).isCloseTo(union.get(place), within(1e-6)));
    for (boolean negative : new boolean[] {false, true}) {
      double all = union.values().stream().filter(w -> w < 0 == negative).count();
      double left = result.values().stream().filter(w -> w < 0 == negative).count();
      double share = (double) result.size() / union.size();
      assertThat(left).as("the same share of each sign").isCloseTo(share * all, within(0.51));
      double least =
          result.values().stream()
              .filter(w -> w < 0 == negative)
              .mapToDouble(Math::abs)
              .min()
              .orElse(1);
      union.forEach((place, weight) -> {
        if (weight < 0 == negative && !result.containsKey(place)) {
          assertThat(Math.abs(weight)).isLessThanOrEqualTo(least + 1e-6);
        }
      });
    }
  }

  private static SparseConnections layer(
      SplittableRandom random, int inputs, int neurons, double density) {
    NetworkSpec spec =
        TopologiesTest.network(
            inputs, List.of(neurons), new Topology.Uniform(Math.max(density, 1e-3)), 2);
    Network network =
        new Network(
            spec,
            new InputWeights(InputSpec.Weighting.NONE, new float[0]),
            DirectConnections.none(2),
            Topologies.draw(spec, random.nextLong()),
            Optional.empty(),
            UpdaterFactory.frozen());
    SparseConnections layer = network.connections().getFirst();
    for (long p = 0; p < layer.matrix().count(); p++) {
      SparseMatrix.setElement(layer.matrix().weights(), p, random.nextFloat() - 0.4f);
    }
    return layer;
  }

  private static Map<Long, Double> weights(SparseConnections layer) {
    SparsePattern pattern = layer.matrix().pattern();
    Map<Long, Double> all = new HashMap<>();
    for (int row = 0; row < pattern.rows(); row++) {
      for (long p = pattern.offset(row); p < pattern.offset(row + 1); p++) {
        all.put(
            (long) row * pattern.columns() + pattern.column(p), (double) layer.matrix().weight(p));
      }
    }
    assertThat(all).as("no place twice").hasSize((int) pattern.count());
    return all;
  }
}
