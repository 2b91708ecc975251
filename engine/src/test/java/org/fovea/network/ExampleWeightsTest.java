package org.fovea.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.random.RandomGenerator;
import org.fovea.data.Batch;
import org.fovea.spec.NetworkSpec;
import org.fovea.spec.Selection;
import org.fovea.testkit.Seeds;
import org.junit.jupiter.api.Test;

/// What the weight of an example means: how often it is there.
class ExampleWeightsTest {

  /// Gradient descent, so that steps add up.
  private static final UpdaterFactory DESCENT =
      (values, role) ->
          (row, gradient, from, rate) -> {
            for (int i = 0; i < values.columns(); i++) {
              values.set(row, i, values.at(row, i) - rate * gradient[from + i]);
            }
          };

  @Test
  void countsAsOftenAsItIsThere() {
    Seeds.repeat(200, random -> check(random, dense(random)));
  }

  @Test
  void countsAsOftenAsItIsThereInSparseNetworks() {
    Seeds.repeat(200, random -> check(random, new RandomNetworks(random).sparseSpec()));
  }

  private static NetworkSpec dense(RandomGenerator random) {
    return new RandomNetworks(random).spec(List.of(new Selection.All(), new Selection.TopK(1)));
  }

  private static void check(RandomGenerator random, NetworkSpec spec) {
    RandomNetworks networks = new RandomNetworks(random);
    Batch plain = networks.batch(spec, 1 + random.nextInt(12));
    Batch weighted = new Batch();
    Batch repeated = new Batch();
    for (int e = 0; e < plain.exampleCount(); e++) {
      int times = random.nextInt(4);
      add(weighted, plain, e, times);
      for (int i = 0; i < times; i++) {
        repeated.append(plain, e);
      }
    }
    if (repeated.exampleCount() == 0) {
      return;
    }
    long seed = random.nextLong();
    Trained once = train(spec, seed, weighted);
    Trained often = train(spec, seed, repeated);

    assertThat(once.loss()).isCloseTo(often.loss(), within(1e-4 * (1 + Math.abs(often.loss()))));
    for (int i = 0; i < once.parameters().size(); i++) {
      assertThat(once.parameters().get(i))
          .as("array %d of %s", i, spec)
          .containsExactly(often.parameters().get(i), within(2e-4));
    }
  }

  private static void add(Batch target, Batch source, int e, int weight) {
    int features = source.featureOffsets()[e];
    int labels = source.labelOffsets()[e];
    target.appendFeatures(
        source.features(), source.values(), features, source.featureOffsets()[e + 1] - features);
    target.appendLabels(source.labels(), labels, source.labelOffsets()[e + 1] - labels);
    target.endExample(e, weight);
  }

  private record Trained(double loss, List<double[]> parameters) {}

  /// A step with the sum of the gradients.
  private static Trained train(NetworkSpec spec, long seed, Batch batch) {
    RandomNetworks networks = new RandomNetworks(Seeds.fixed(seed));
    Network network = networks.network(spec, DESCENT);
    BatchPass pass = new BatchPass(network, Team.single(), 0);
    double loss = pass.train(batch, 1, 0, 0.01f * batch.exampleCount(), 1e-30f);
    List<double[]> parameters = new NaiveNetwork(network).parameters();
    // the direct connections, last in the list, are stepped by Adagrad
    return new Trained(loss, parameters.subList(0, parameters.size() - spec.output().labels()));
  }

  @Test
  void refusesWeightsThatMeanNothing() {
    for (float weight : new float[] {-1, Float.NaN, Float.POSITIVE_INFINITY}) {
      assertThatThrownBy(() -> new Batch().endExample(0, weight))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("a weight of 0 or more was expected, " + weight + " came");
    }
  }
}
