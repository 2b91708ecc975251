package org.fovea.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.fovea.data.Batch;
import org.fovea.data.Examples;
import org.fovea.data.MemoryExamples;
import org.fovea.model.Model;
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
import org.fovea.topology.InputStrength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Features that tell about others are found without labels.
class FeatureSelectionTest {

  private static final int FEATURES = 200;
  private static final int INFORMATIVE = 20;

  @TempDir private Path folder;

  /// Rows of unit variance in every feature: the informative ones are told by two hidden causes,
  /// the others are noise. Informative features have the numbers `7 i`.
  private static Examples table(int rows) {
    SplittableRandom random = new SplittableRandom(8);
    Batch batch = new Batch();
    for (int e = 0; e < rows; e++) {
      double[] causes = {random.nextGaussian(), random.nextGaussian()};
      for (int feature = 0; feature < FEATURES; feature++) {
        double value = random.nextGaussian();
        if (isInformative(feature)) {
          value = 0.9 * causes[feature % 2] + Math.sqrt(1 - 0.81) * value;
        }
        batch.addFeature(feature, (float) value);
      }
      batch.addLabel(random.nextInt(2));
      batch.endExample(e);
    }
    return MemoryExamples.of("table", batch, FEATURES, 2);
  }

  private static boolean isInformative(int feature) {
    return feature % 7 == 0 && feature / 7 < INFORMATIVE;
  }

  private static NetworkSpec autoencoder(int features) {
    Evolution evolution =
        new Evolution.Rules(
            new Evolution.When.Epochs(1),
            new Evolution.Amount.Constant(0.2),
            new Evolution.Drop.Magnitude(),
            new Evolution.Grow.Anywhere());
    return new NetworkSpec(
        new InputSpec(FEATURES, InputSpec.Weighting.NONE, 0.2),
        List.of(
            new LayerSpec.Sparse(
                100, new Activation.Tanh(), 1, 0, new Topology.ErdosRenyi(6), evolution)),
        new OutputSpec(
            features,
            new Loss.Reconstruction(),
            new Selection.All(),
            0,
            new Direct.None(),
            OutputSpec.Initialization.ZERO,
            Optional.of(new OutputSpec.Sparse(new Topology.ErdosRenyi(6), evolution))));
  }

  private static TrainSpec training() {
    return new TrainSpec(
        30,
        20,
        new Optimizer.Sgd(),
        new Schedule.Linear(0.05, 0, 0),
        1,
        1,
        // noise of variance 1 is not worth its weights, causes that ten features share are
        1,
        new Clipping.None(),
        new Averaging.None(),
        new Balancing.None(),
        new Stopping.Never(),
        true,
        5);
  }

  @Test
  void informativeFeaturesRankFirst() {
    Path directory = folder.resolve("model");
    double[] losses = new double[30];
    new TrainingRun(
            Runs.setup(autoencoder(FEATURES), training(), table(400), 1, directory),
            event -> {
              if (event instanceof TrainEvent.EpochDone done) {
                losses[done.epoch() - 1] = done.loss();
              }
            },
            Runs.clocks())
        .run(false)
        .network()
        .close();
    // knowing nothing costs a half for each feature
    assertThat(losses[29]).isLessThan(0.96 * FEATURES / 2).isLessThan(losses[0]);
    try (Model model = Model.open(directory)) {
      int[] best = InputStrength.strongest(model.network().connections().getFirst(), INFORMATIVE);
      assertThat(Arrays.stream(best).filter(FeatureSelectionTest::isInformative).count())
          .as("informative features among the first %d: %s", INFORMATIVE, Arrays.toString(best))
          .isEqualTo(INFORMATIVE);
    }
  }

  @Test
  void refusesOtherNumbersOfLabels() {
    assertThatThrownBy(() -> autoencoder(7))
        .hasMessageContaining("to reconstruct 200 features, as many labels are needed, not 7");
  }
}
