package org.fovea.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.fovea.data.Batch;
import org.fovea.event.trained.EventPredictor;
import org.fovea.event.trained.TrainedEvents;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// What the entries of a network do with what no network can read: they say which example it is.
class BordersTest {

  private static final int FEATURES = 12;
  private static final int LABELS = 5;

  private final Network network = network();

  private static Network network() {
    NetworkSpec spec =
        new NetworkSpec(
            new InputSpec(FEATURES, InputSpec.Weighting.NONE, 0),
            List.of(new LayerSpec.Dense(6, new Activation.Relu(), 1, 0, new Selection.All())),
            new OutputSpec(
                LABELS,
                new Loss.Softmax(),
                new Selection.All(),
                0,
                new Direct.None(),
                OutputSpec.Initialization.RANDOM));
    return new RandomNetworks(Seeds.fixed(3))
        .network(spec, (values, role) -> (row, gradient, from, rate) -> {});
  }

  private static Batch good() {
    Batch batch = new Batch();
    for (int e = 0; e < 3; e++) {
      batch.addFeature(e, 1f);
      batch.addFeature(e + 4, -2f);
      batch.addLabel(e);
      batch.endExample(e);
    }
    return batch;
  }

  private static TopK[] rankings(int count) {
    return Stream.generate(() -> new TopK(2)).limit(count).toArray(TopK[]::new);
  }

  /// What is wrong with the third example.
  private enum Damage {
    NAN("a finite value of feature 6 was expected, NaN"),
    INFINITE("a finite value of feature 2 was expected, Infinity"),
    LARGE("a feature of 0 to 11 was expected, 12"),
    NEGATIVE("a feature of 0 to 11 was expected, -3"),
    UNSORTED("ascending features, each once, were expected, 6 after 9"),
    REPEATED("ascending features, each once, were expected, 6 after 6");

    private final String message;

    Damage(String message) {
      this.message = message;
    }

    Batch batch() {
      Batch batch = good();
      switch (this) {
        case NAN -> batch.values()[5] = Float.NaN;
        case INFINITE -> batch.values()[4] = Float.POSITIVE_INFINITY;
        case LARGE -> batch.features()[5] = FEATURES;
        case NEGATIVE -> batch.features()[4] = -3;
        case UNSORTED -> batch.features()[4] = 9;
        case REPEATED -> batch.features()[4] = 6;
      }
      return batch;
    }
  }

  private static void refuses(Damage damage, Consumer<Batch> entry) {
    entry.accept(good());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> entry.accept(damage.batch()))
        .withMessage("example 2: " + damage.message + " came");
  }

  @ParameterizedTest
  @EnumSource
  void saysWhichExampleCannotBePredicted(Damage damage) {
    refuses(damage, batch -> new Predictor(network).predict(batch, rankings(3)));
    refuses(damage, batch -> new Predictor(network).hidden(batch));
    refuses(damage, new LayerInputs(network, 0)::compute);
    EventPredictor events = new EventPredictor(TrainedEvents.of(network));
    refuses(
        damage,
        batch -> {
          for (int e = 0; e < 3; e++) {
            events.predict(batch, e, new TopK(2));
          }
        });
  }

  @ParameterizedTest
  @EnumSource
  void saysWhichExampleCannotBeTrainedOn(Damage damage) {
    BatchPass pass = new BatchPass(network, Team.single(), 0);
    refuses(damage, batch -> pass.train(batch, 1, 0, 0.1f, 0.1f));
  }

  @Test
  void saysWhichExampleHasALabelThatTheNetworkDoesNotHave() {
    BatchPass pass = new BatchPass(network, Team.single(), 0);
    Batch batch = good();
    batch.labels()[1] = LABELS;
    assertThatIllegalArgumentException()
        .isThrownBy(() -> pass.train(batch, 1, 0, 0.1f, 0.1f))
        .withMessage("example 1: a label of 0 to 4 was expected, 5 came");
  }

  private static Stream<InputWeights> weightings() {
    return Stream.of(
        new InputWeights(InputSpec.Weighting.BINARY, new float[0]),
        new InputWeights(InputSpec.Weighting.UNIT, new float[0]),
        new InputWeights(InputSpec.Weighting.NONE, new float[0]),
        new InputWeights(InputSpec.Weighting.LOG_TF_IDF, new float[FEATURES]),
        InputWeights.standard(new double[FEATURES], new double[FEATURES]));
  }

  @ParameterizedTest
  @MethodSource("weightings")
  void weighsNothingThatIsNoNumber(InputWeights weights) {
    refuses(Damage.NAN, weights::apply);
    refuses(Damage.INFINITE, weights::apply);
    if (weights.featureWeights().length > 0) {
      refuses(Damage.LARGE, weights::apply);
      refuses(Damage.NEGATIVE, weights::apply);
      refuses(Damage.UNSORTED, weights::apply);
      refuses(Damage.REPEATED, weights::apply);
    }
  }

  @Test
  void fillsClearedRankingsOnlyAndOneForEachExample() {
    Predictor predictor = new Predictor(network);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> predictor.predict(good(), rankings(2)))
        .withMessage("a ranking for each of 3 examples was expected, 2 came");
    TopK[] used = rankings(3);
    predictor.predict(good(), used);
    assertThatIllegalStateException()
        .isThrownBy(() -> predictor.predict(good(), used))
        .withMessage("example 0: a cleared ranking was expected, one of 2 labels came");
    TopK[] holes = new TopK[3];
    assertThatNullPointerException()
        .isThrownBy(() -> predictor.predict(good(), holes))
        .withMessageContaining("a ranking for each example");
    EventPredictor events = new EventPredictor(TrainedEvents.of(network));
    assertThatIllegalStateException().isThrownBy(() -> events.predict(good(), 0, used[0]));
    assertThat(used[0].size()).isEqualTo(2);
  }

  @Test
  void refusesAnUnfinishedExample() {
    Batch batch = good();
    batch.addFeature(1, 1f);
    assertThatIllegalStateException()
        .isThrownBy(() -> new Predictor(network).predict(batch, rankings(4)))
        .withMessage("finished examples were expected, an unfinished one came");
  }
}
