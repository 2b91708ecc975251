package org.fovea.event.trained;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import org.fovea.data.Batch;
import org.fovea.kernel.RowMatrix;
import org.fovea.network.Network;
import org.fovea.network.Parameters;
import org.fovea.network.Predictor;
import org.fovea.network.RandomNetworks;
import org.fovea.network.TopK;
import org.fovea.network.UpdaterFactory;
import org.fovea.spec.Activation;
import org.fovea.spec.Direct;
import org.fovea.spec.LayerSpec;
import org.fovea.spec.Loss;
import org.fovea.spec.NetworkSpec;
import org.fovea.spec.Normalization;
import org.fovea.spec.OutputSpec;
import org.fovea.spec.Selection;
import org.fovea.testkit.Seeds;
import org.junit.jupiter.api.Test;

class TrainedEventsTest {

  private static final int ROWS = 6;

  /// The same network with rectified neurons that all take part.
  private static NetworkSpec rectified(NetworkSpec spec, SplittableRandom random) {
    List<LayerSpec> hidden =
        spec.hidden().stream()
            .map(layer ->
                switch (layer) {
                  case LayerSpec.Dense dense ->
                      (LayerSpec)
                          new LayerSpec.Dense(
                              dense.neurons(), new Activation.Relu(), 1, 0, new Selection.All());
                  case LayerSpec.Sparse sparse ->
                      new LayerSpec.Sparse(
                          sparse.neurons(),
                          new Activation.Relu(),
                          1,
                          0,
                          sparse.topology(),
                          sparse.evolution(),
                          sparse.pruning(),
                          random.nextBoolean()
                              ? new Normalization.Batch(0.9)
                              : new Normalization.None());
                })
            .toList();
    return new NetworkSpec(spec.input(), hidden, spec.output());
  }

  private static Network network(SplittableRandom random) {
    RandomNetworks networks = new RandomNetworks(random);
    NetworkSpec spec =
        random.nextBoolean() ? networks.spec(List.of(new Selection.All())) : networks.sparseSpec();
    while (spec.hidden().isEmpty()) {
      spec = networks.spec(List.of(new Selection.All()));
    }
    Network network = networks.network(rectified(spec, random), UpdaterFactory.frozen());
    for (Parameters parameters : network.parameters()) {
      if (parameters.name().endsWith(".statistics")) {
        RowMatrix statistics = parameters.values();
        for (int neuron = 0; neuron < statistics.columns(); neuron++) {
          statistics.set(1, neuron, 0.5f + Math.abs(statistics.at(1, neuron)));
        }
      }
    }
    return network;
  }

  private static float[] scores(TopK ranked, int labels) {
    float[] scores = new float[labels];
    ranked.rank();
    assertThat(ranked.size()).isEqualTo(labels);
    for (int place = 0; place < labels; place++) {
      scores[ranked.id(place)] = ranked.score(place);
    }
    return scores;
  }

  @Test
  void givesTheScoresOfTheNetwork() {
    Seeds.repeat(
        400,
        random -> {
          Network network = network(random);
          NetworkSpec spec = network.spec();
          Batch batch = new RandomNetworks(random).batch(spec, ROWS);
          int labels = spec.output().labels();
          TopK[] expected = new TopK[ROWS];
          for (int e = 0; e < ROWS; e++) {
            expected[e] = new TopK(labels);
          }
          new Predictor(network).predict(batch, expected);
          TrainedEvents compiled = TrainedEvents.of(network);
          EventPredictor predictor = new EventPredictor(compiled);
          TopK best = new TopK(labels);
          for (int e = 0; e < ROWS; e++) {
            best.clear();
            predictor.predict(batch, e, best);
            float[] wanted = scores(expected[e], labels);
            float[] got = scores(best, labels);
            for (int label = 0; label < labels; label++) {
              assertThat(got[label])
                  .as("label %d of %s", label, spec)
                  .isCloseTo(wanted[label], within(1e-5f * (1 + Math.abs(wanted[label]))));
            }
          }
          EventPredictor.Touched touched = predictor.touched();
          assertThat(touched.rows()).isEqualTo(ROWS);
          assertThat(touched.multiplyAdds()).isLessThanOrEqualTo(ROWS * compiled.multiplyAdds());
          assertThat(touched.active()).isLessThanOrEqualTo(touched.neurons());
          assertThat(touched.neurons()).isLessThanOrEqualTo((long) ROWS * compiled.hiddenNeurons());
        });
  }

  @Test
  void touchesNothingWhereNothingIsActive() {
    Network network = network(Seeds.fixed(8));
    network.parameters().stream()
        .filter(parameters -> parameters.name().startsWith("hidden"))
        .filter(parameters -> parameters.name().endsWith(".bias"))
        .forEach(parameters -> {
          RowMatrix biases = parameters.values();
          for (int row = 0; row < biases.rows(); row++) {
            for (int column = 0; column < biases.columns(); column++) {
              biases.set(row, column, -1f);
            }
          }
        });
    Batch batch = new Batch();
    batch.endExample(0);
    EventPredictor predictor = new EventPredictor(TrainedEvents.of(network));
    TopK best = new TopK(1);
    predictor.predict(batch, 0, best);
    assertThat(predictor.touched().multiplyAdds()).isZero();
    assertThat(predictor.touched().active()).isZero();
  }

  @Test
  void refusesNeuronsThatAreNeverSilent() {
    Network network = network(Seeds.fixed(8));
    NetworkSpec spec = network.spec();
    for (Activation activation :
        List.of(new Activation.Tanh(), new Activation.Linear(), new Activation.LeakyRelu(0.1))) {
      NetworkSpec other =
          new NetworkSpec(
              spec.input(),
              List.of(new LayerSpec.Dense(5, activation, 1, 0, new Selection.All())),
              spec.output());
      assertThatThrownBy(() ->
              TrainedEvents.of(
                  new RandomNetworks(Seeds.fixed(1))
                      .network(dense(other), UpdaterFactory.frozen())))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("events need neurons that can be silent: hidden layer 1");
    }
  }

  /// The same without sparse labels.
  private static NetworkSpec dense(NetworkSpec spec) {
    return new NetworkSpec(
        spec.input(),
        spec.hidden(),
        new OutputSpec(
            spec.output().labels(),
            new Loss.Softmax(),
            new Selection.All(),
            0,
            new Direct.None(),
            OutputSpec.Initialization.RANDOM));
  }
}
