package org.fovea.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.fovea.data.Batch;
import org.fovea.spec.NetworkSpec;
import org.fovea.spec.Selection;
import org.fovea.testkit.Seeds;
import org.junit.jupiter.api.Test;

/// Holds losses and gradients against [NaiveNetwork] and finite differences of it.
class GradientTest {

  private static final double STEP = 1e-5;

  /// Gradient descent with rate 1, so that a step is the gradient.
  private static final UpdaterFactory DESCENT =
      (values, role) ->
          (row, gradient, from, rate) -> {
            for (int i = 0; i < values.columns(); i++) {
              values.set(row, i, values.at(row, i) - rate * gradient[from + i]);
            }
          };

  /// What the cases of a test compared. Cases at a kink and probes across one say nothing, so a
  /// test of which most fell away would be none.
  private static final class Compared {

    private int cases;
    private int skipped;
    private long probes;

    /// Whether a network is far enough from where its function has a kink.
    boolean takes(NaiveNetwork naive) {
      boolean sound = naive.margin() >= 1e-5;
      if (sound) {
        cases++;
      } else {
        skipped++;
      }
      return sound;
    }

    void requireMost(long leastProbes) {
      assertThat(cases).as("networks away from kinks").isGreaterThan(9 * skipped);
      assertThat(probes).as("numbers compared").isGreaterThan(leastProbes);
    }
  }

  @Test
  void followsTheGradientOfTheDefinition() {
    Compared compared = new Compared();
    Seeds.repeat(400, random -> check(random, List.of(new Selection.All()), compared));
    compared.requireMost(400 * 20);
  }

  @Test
  void followsTheGradientWhereOnlyTheLargestAreActive() {
    Compared compared = new Compared();
    Seeds.repeat(
        400,
        random -> check(random, List.of(new Selection.All(), new Selection.TopK(1)), compared));
    compared.requireMost(400 * 20);
  }

  @Test
  void followsTheGradientOfSparseLayers() {
    Compared compared = new Compared();
    Seeds.repeat(
        1_000,
        random -> {
          RandomNetworks networks = new RandomNetworks(random);
          check(random, networks, networks.sparseSpec(), compared);
        });
    compared.requireMost(1_000 * 20);
  }

  private static void check(RandomGenerator random, List<Selection> selections, Compared compared) {
    RandomNetworks networks = new RandomNetworks(random);
    check(random, networks, networks.spec(selections), compared);
  }

  private static void check(
      RandomGenerator random, RandomNetworks networks, NetworkSpec spec, Compared compared) {
    Network network = networks.network(spec, DESCENT);
    Batch batch = networks.batch(spec, 1 + random.nextInt(20));
    NaiveNetwork naive = new NaiveNetwork(network);
    double expected = naive.loss(batch);
    if (!compared.takes(naive)) {
      return;
    }

    BatchPass pass = new BatchPass(network, Team.single(), 0);
    double loss = pass.train(batch, 1, 0, 1f, 1e-30f) / batch.exampleCount();

    assertThat(loss).as("loss of %s", spec).isCloseTo(expected, within(1e-4 * (1 + expected)));
    List<double[]> before = naive.parameters();
    List<double[]> after = new NaiveNetwork(network).parameters();
    for (int probe = 0; probe < 40; probe++) {
      // the direct connections, last in the list, are stepped by Adagrad and tested on their own
      int array = random.nextInt(before.size() - spec.output().labels());
      if (before.get(array).length == 0) {
        continue;
      }
      int index = random.nextInt(before.get(array).length);
      double gradient = before.get(array)[index] - after.get(array)[index];
      double numeric = slope(naive, before.get(array), index, batch);
      if (!Double.isNaN(numeric)) {
        compared.probes++;
        assertThat(gradient)
            .as("gradient %d of array %d of %s", index, array, spec)
            .isCloseTo(numeric, within(2e-4 * (1 + Math.abs(numeric))));
      }
    }
  }

  /// Central difference, or not a number where a kink lies between.
  private static double slope(NaiveNetwork naive, double[] parameters, int index, Batch batch) {
    double value = parameters[index];
    double middle = naive.loss(batch);
    parameters[index] = value + STEP;
    double above = naive.loss(batch);
    parameters[index] = value - STEP;
    double below = naive.loss(batch);
    parameters[index] = value;
    double right = (above - middle) / STEP;
    double left = (middle - below) / STEP;
    return Math.abs(right - left) > 1e-4 * (1 + Math.abs(right))
        ? Double.NaN
        : (above - below) / (2 * STEP);
  }

  @Test
  void stepsDirectConnectionsByAdagrad() {
    Compared compared = new Compared();
    Seeds.repeat(100, random -> checkDirect(random, compared));
    compared.requireMost(500);
  }

  private static void checkDirect(RandomGenerator random, Compared compared) {
    RandomNetworks networks = new RandomNetworks(random);
    NetworkSpec spec = networks.spec(List.of(new Selection.All()));
    Network network = networks.network(spec, DESCENT);
    DirectConnections direct = network.output().direct();
    Batch batch = networks.batch(spec, 1 + random.nextInt(20));
    NaiveNetwork naive = new NaiveNetwork(network);
    naive.loss(batch);
    if (!compared.takes(naive)) {
      return;
    }
    float[] before = direct.weights().clone();

    new BatchPass(network, Team.single(), 0).train(batch, 1, 0, 1e-30f, 1f);

    int label = 0;
    for (int i = 0; i < before.length; i++) {
      while (direct.offsets()[label + 1] <= i) {
        label++;
      }
      double[] row =
          naive.parameters().get(naive.parameters().size() - spec.output().labels() + label);
      double gradient = slope(naive, row, direct.features()[i], batch);
      if (!Double.isNaN(gradient)) {
        compared.probes++;
        // accumulators start at 1
        double expected = gradient / Math.sqrt(1 + gradient * gradient);
        assertThat(before[i] - direct.weights()[i]).isCloseTo((float) expected, within(2e-4f));
      }
    }
  }

  @Test
  void predictsWhatTheDefinitionScoresBest() {
    Compared compared = new Compared();
    Seeds.repeat(200, random -> checkPrediction(random, compared));
    compared.requireMost(200 * 20);
  }

  private static void checkPrediction(RandomGenerator random, Compared compared) {
    RandomNetworks networks = new RandomNetworks(random);
    NetworkSpec spec =
        random.nextBoolean()
            ? networks.sparseSpec()
            : networks.spec(List.of(new Selection.All(), new Selection.TopK(1)));
    Network network = networks.network(spec, UpdaterFactory.frozen());
    Batch batch = networks.batch(spec, 1 + random.nextInt(20));
    NaiveNetwork naive = new NaiveNetwork(network);
    naive.loss(batch);
    if (!compared.takes(naive)) {
      return;
    }
    int labels = spec.output().labels();
    FeatureConnections direct = FeatureConnections.of(network);

    TopK[] byLabel = rankings(batch, labels);
    new Predictor(network).predict(batch, byLabel);
    checkRanking(naive, batch, byLabel, compared);

    TopK[] byFeature = rankings(batch, labels);
    new Predictor(network, direct).predict(batch, byFeature);
    checkRanking(naive, batch, byFeature, compared);

    if (spec.output().sparse().isPresent()) {
      return;
    }
    TopK[] selected = rankings(batch, labels);
    EveryNeuron all = new EveryNeuron(labels);
    new Predictor(network, direct)
        .predictSelected(batch, selected, new ActiveSet(labels), all, all.newScratch());
    checkRanking(naive, batch, selected, compared);
  }

  private static TopK[] rankings(Batch batch, int labels) {
    TopK[] best = new TopK[batch.exampleCount()];
    for (int e = 0; e < best.length; e++) {
      best[e] = new TopK(Math.min(5, labels));
    }
    return best;
  }

  private static void checkRanking(
      NaiveNetwork naive, Batch batch, TopK[] best, Compared compared) {
    for (int e = 0; e < best.length; e++) {
      double[] scores = naive.scores(batch, e);
      best[e].rank();
      assertThat(best[e].size()).isEqualTo(best[e].k());
      double[] sorted = scores.clone();
      Arrays.sort(sorted);
      compared.probes += best[e].size();
      for (int place = 0; place < best[e].size(); place++) {
        assertThat((double) best[e].score(place))
            .isCloseTo(sorted[sorted.length - 1 - place], within(1e-3))
            .isCloseTo(scores[best[e].id(place)], within(1e-3));
      }
    }
  }

  @Test
  void selectingEveryNeuronEqualsAll() {
    Seeds.repeat(100, random -> checkEveryNeuron(random.nextLong()));
  }

  private static void checkEveryNeuron(long seed) {
    Network[] pair = new Network[2];
    double[] losses = new double[2];
    for (int i = 0; i < 2; i++) {
      RandomNetworks networks = new RandomNetworks(new SplittableRandom(seed));
      NetworkSpec spec = networks.spec(List.of(new Selection.All()));
      pair[i] = networks.network(spec, DESCENT);
      if (i == 1) {
        pair[i].output().neurons().selectBy(new EveryNeuron(spec.output().labels()));
      }
      Batch batch = networks.batch(spec, 20);
      losses[i] = new BatchPass(pair[i], Team.single(), 0).train(batch, 1, 0, 0.1f, 0.1f);
    }
    assertThat(losses[1]).isCloseTo(losses[0], within(1e-4 * (1 + Math.abs(losses[0]))));
    List<double[]> expected = new NaiveNetwork(pair[0]).parameters();
    List<double[]> actual = new NaiveNetwork(pair[1]).parameters();
    for (int i = 0; i < expected.size(); i++) {
      assertThat(actual.get(i)).containsExactly(expected.get(i), within(1e-4));
    }
  }
}
