package org.fovea.selection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.fovea.data.Batch;
import org.fovea.kernel.RowMatrix;
import org.fovea.network.ActiveSet;
import org.fovea.network.DirectConnections;
import org.fovea.network.FeatureConnections;
import org.fovea.network.InputWeights;
import org.fovea.network.Network;
import org.fovea.network.Parameters;
import org.fovea.network.Predictor;
import org.fovea.network.Team;
import org.fovea.network.TopK;
import org.fovea.network.UpdaterFactory;
import org.fovea.selection.lsh.LshOptions;
import org.fovea.selection.lsh.PredictionIndex;
import org.fovea.spec.Activation;
import org.fovea.spec.Direct;
import org.fovea.spec.InputSpec;
import org.fovea.spec.LayerSpec;
import org.fovea.spec.Loss;
import org.fovea.spec.NetworkSpec;
import org.fovea.spec.OutputSpec;
import org.fovea.spec.Selection;
import org.fovea.testkit.Seeds;
import org.junit.jupiter.api.Test;

/// Prediction through tables of whole networks, beside exact prediction.
final class PredictionTablesTest {

  private static final int FEATURES = 300;
  private static final int LABELS = 4_000;
  private static final int DEPTH = 5;

  @Test
  void findsWhatHiddenLayersAndDirectConnectionsSpeakForTogether() {
    for (double direct : new double[] {0, 0.3, 1, 10}) {
      Seeds.once(random -> {
        Network network = network(direct, random);
        FeatureConnections byFeature = FeatureConnections.of(network);
        LshOptions options = new LshOptions(1, true, Team.single());
        Batch sample = examples(300, random);
        Selectors.TunedIndex tuned =
            Selectors.forPrediction(network, byFeature, sample, 0.95, options);
        assertThat(tuned.curve().getLast().recall()).isGreaterThanOrEqualTo(0.95);
        try (PredictionIndex index = tuned.index()) {
          Batch fresh = examples(200, random);
          Predictor predictor = new Predictor(network, byFeature);
          TopK[] exact = rankings(fresh);
          predictor.predict(fresh, exact);
          TopK[] found = rankings(fresh);
          long scored =
              predictor.predictSelected(
                  fresh, found, new ActiveSet(LABELS), index, index.newScratch());
          assertThat(recall(exact, found)).as("scale %s", direct).isGreaterThan(0.9);
          assertThat(scored / fresh.exampleCount()).isLessThan(LABELS * 3 / 4);
        }
      });
    }
  }

  @Test
  void refusesToLeaveDirectConnectionsOut() {
    Seeds.once(random -> {
      Network network = network(1, random);
      Batch batch = examples(1, random);
      SampledSelector selector =
          (SampledSelector)
              Selectors.create(
                  Selection.Sampled.defaults(),
                  network.output().neurons().weights().values(),
                  network.output().neurons().bias().values(),
                  new int[0],
                  1,
                  true);
      assertThatIllegalStateException()
          .isThrownBy(() ->
              new Predictor(network)
                  .predictSelected(
                      batch,
                      rankings(batch),
                      new ActiveSet(LABELS),
                      selector,
                      selector.newScratch()))
          .withMessageContaining("direct connections");
    });
  }

  private static double recall(TopK[] exact, TopK[] found) {
    int hits = 0;
    for (int e = 0; e < exact.length; e++) {
      exact[e].rank();
      found[e].rank();
      List<Integer> ids = Arrays.stream(found[e].toIds()).boxed().toList();
      for (int id : exact[e].toIds()) {
        hits += ids.contains(id) ? 1 : 0;
      }
    }
    return hits / (double) (DEPTH * exact.length);
  }

  private static TopK[] rankings(Batch batch) {
    TopK[] best = new TopK[batch.exampleCount()];
    for (int e = 0; e < best.length; e++) {
      best[e] = new TopK(DEPTH);
    }
    return best;
  }

  private static Batch examples(int count, SplittableRandom random) {
    Batch batch = new Batch();
    for (int e = 0; e < count; e++) {
      for (int i = 0; i < 10; i++) {
        batch.addFeature(30 * i + random.nextInt(30), 0.3f);
      }
      batch.endExample(e);
    }
    return batch;
  }

  /// A network whose direct connections count `scale` times as much as its hidden layer.
  private static Network network(double scale, SplittableRandom random) {
    NetworkSpec spec =
        new NetworkSpec(
            new InputSpec(FEATURES, InputSpec.Weighting.NONE, 0),
            List.of(new LayerSpec.Dense(24, new Activation.Relu(), 1, 0, new Selection.All())),
            new OutputSpec(
                LABELS,
                new Loss.Softmax(),
                new Selection.All(),
                0,
                new Direct.None(),
                OutputSpec.Initialization.RANDOM));
    Network network =
        new Network(
            spec,
            new InputWeights(InputSpec.Weighting.NONE, new float[0]),
            scale == 0 ? DirectConnections.none(LABELS) : direct(scale, random),
            Optional.empty(),
            UpdaterFactory.frozen());
    for (Parameters parameters : network.parameters()) {
      RowMatrix matrix = parameters.values();
      for (int row = 0; row < matrix.rows(); row++) {
        for (int column = 0; column < matrix.columns(); column++) {
          matrix.set(row, column, (float) random.nextGaussian());
        }
      }
    }
    return network;
  }

  private static DirectConnections direct(double scale, SplittableRandom random) {
    int each = 15;
    int[] offsets = new int[LABELS + 1];
    int[] features = new int[LABELS * each];
    float[] weights = new float[LABELS * each];
    for (int i = 0; i < features.length; i++) {
      features[i] = i % each * (FEATURES / each) + random.nextInt(FEATURES / each);
      weights[i] = (float) (scale * 5 * random.nextGaussian());
    }
    for (int label = 0; label <= LABELS; label++) {
      offsets[label] = label * each;
    }
    return new DirectConnections(offsets, features, weights, new float[0]);
  }
}
