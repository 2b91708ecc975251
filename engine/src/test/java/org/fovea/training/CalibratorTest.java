package org.fovea.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.fovea.data.Batch;
import org.fovea.data.ExampleReader;
import org.fovea.data.Examples;
import org.fovea.data.MemoryExamples;
import org.fovea.data.Names;
import org.fovea.model.Model;
import org.fovea.network.Network;
import org.fovea.network.ProbabilityPredictor;
import org.fovea.network.TopK;
import org.fovea.spec.Activation;
import org.fovea.spec.Averaging;
import org.fovea.spec.Balancing;
import org.fovea.spec.Calibration;
import org.fovea.spec.Clipping;
import org.fovea.spec.Direct;
import org.fovea.spec.InputSpec;
import org.fovea.spec.LayerSpec;
import org.fovea.spec.Loss;
import org.fovea.spec.NetworkSpec;
import org.fovea.spec.Optimizer;
import org.fovea.spec.OutputSpec;
import org.fovea.spec.Schedule;
import org.fovea.spec.Selection;
import org.fovea.spec.Sharing;
import org.fovea.spec.Stopping;
import org.fovea.spec.TrainSpec;
import org.fovea.training.metric.MeasureSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Probabilities that keep what they promise.
class CalibratorTest {

  private static final int CLASSES = 4;
  private static final int FEATURES = 30;

  @TempDir private Path folder;

  /// Examples of which nobody can know the labels for sure: a class shows some of its features, and
  /// so do others.
  private static Examples examples(int count, boolean several, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Batch batch = new Batch();
    for (int e = 0; e < count; e++) {
      int first = random.nextInt(CLASSES);
      int second = several ? random.nextInt(CLASSES) : first;
      for (int feature = 0; feature < FEATURES; feature++) {
        boolean mine = feature % CLASSES == first || feature % CLASSES == second;
        if (random.nextDouble() < (mine ? 0.3 : 0.17)) {
          batch.addFeature(feature, 1f);
        }
      }
      if (batch.openFeatureCount() == 0) {
        batch.addFeature(first, 1f);
      }
      batch.addLabel(Math.min(first, second));
      if (first != second) {
        batch.addLabel(Math.max(first, second));
      }
      batch.endExample(e);
    }
    return MemoryExamples.of("noisy", batch, FEATURES, CLASSES);
  }

  private static NetworkSpec network(Loss loss) {
    return new NetworkSpec(
        new InputSpec(FEATURES, InputSpec.Weighting.NONE, 0),
        List.of(new LayerSpec.Dense(48, new Activation.Relu(), 1, 0, new Selection.All())),
        new OutputSpec(
            CLASSES,
            loss,
            new Selection.All(),
            0,
            new Direct.None(),
            OutputSpec.Initialization.RANDOM));
  }

  private static TrainSpec training() {
    return new TrainSpec(
        30,
        16,
        Optimizer.Adam.defaults(),
        new Schedule.Constant(0.01),
        1,
        1e-5,
        0,
        new Clipping.None(),
        new Averaging.None(),
        new Balancing.None(),
        new Stopping.Never(),
        true,
        17);
  }

  private void train(NetworkSpec network, Examples data, Examples unseen, Path directory) {
    TrainingRun.Setup cold = Runs.setup(network, training(), data, 1, directory);
    List<TrainEvent.Calibrated> fitted = new ArrayList<>();
    new TrainingRun(
            new TrainingRun.Setup(
                network,
                training(),
                data,
                Optional.of(unseen),
                Names.none(),
                cold.options(),
                directory,
                Optional.empty()),
            event -> {
              if (event instanceof TrainEvent.Calibrated it) {
                fitted.add(it);
              }
            },
            Runs.clocks())
        .run(false)
        .network()
        .close();
    assertThat(fitted).hasSize(1);
    assertThat(fitted.getFirst().after()).isLessThan(fitted.getFirst().before());
  }

  private static double error(Network network, Calibration calibration, Examples data) {
    return new Evaluator(data, MeasureSpec.at(1).withReliability(), 1, Optional.of(calibration))
        .evaluate(network)
        .value("ECE");
  }

  @Test
  void makesProbabilitiesOfUnseenExamplesReliable() {
    for (Loss loss :
        List.of(new Loss.Softmax(), new Loss.DecoupledSoftmax(), new Loss.Logistic())) {
      for (boolean several : new boolean[] {false, true}) {
        Path directory = folder.resolve(loss.getClass().getSimpleName() + several);
        train(network(loss), examples(300, several, 1), examples(600, several, 2), directory);
        Examples others = examples(2_000, several, 3);
        try (Model model = Model.open(directory)) {
          Calibration fitted = model.info().calibration().orElseThrow();
          assertThat(fitted.examples()).isEqualTo(600);
          assertThat(fitted.kind())
              .isEqualTo(
                  loss instanceof Loss.Logistic
                      ? Calibration.Kind.SIGMOID
                      : several ? Calibration.Kind.SHARE : Calibration.Kind.SOFTMAX);
          double before = error(model.network(), Calibration.none(loss), others);
          double after = error(model.network(), fitted, others);
          assertThat(before).as("%s, several %s", loss, several).isGreaterThan(0.12);
          assertThat(after).as("%s, several %s", loss, several).isLessThan(0.05);
        }
      }
    }
  }

  @Test
  void sumsOverAllLabelsWhateverTrainingSampled() {
    Examples data = Runs.examples(300, 5);
    NetworkSpec spec = Runs.network(Runs.sampled(Sharing.BATCH), new Loss.Softmax());
    Path directory = folder.resolve("sampled");
    Runs.train(spec, Runs.training(2, Optimizer.Adam.defaults(), true), data, 1, directory);
    try (Model model = Model.open(directory)) {
      Batch batch = new Batch();
      try (ExampleReader reader = data.inOrder()) {
        reader.read(batch, 20);
      }
      model.network().inputWeights().apply(batch);
      TopK[] best = new TopK[batch.exampleCount()];
      for (int e = 0; e < best.length; e++) {
        best[e] = new TopK(Runs.LABELS);
      }
      Calibration calibration = new Calibration(Calibration.Kind.SOFTMAX, 0.7, 0, 0);
      new ProbabilityPredictor(model.network(), calibration).predict(batch, best);
      for (TopK ranking : best) {
        double sum = 0;
        for (int place = 0; place < Runs.LABELS; place++) {
          sum += ranking.score(place);
          assertThat(place == 0 || ranking.score(place) <= ranking.score(place - 1)).isTrue();
        }
        assertThat(sum).isCloseTo(1, within(1e-4));
      }
    }
  }

  @Test
  void fitsNothingToTooFewExamples() {
    Examples few = examples(19, false, 4);
    NetworkSpec spec = network(new Loss.Softmax());
    Path directory = folder.resolve("few");
    Runs.train(spec, training(), examples(100, false, 1), 1, directory);
    try (Model model = Model.open(directory)) {
      assertThat(model.info().calibration()).isEmpty();
      assertThat(Calibrator.fit(model.network(), few, 1)).isEmpty();
      assertThat(Calibrator.fit(model.network(), examples(20, false, 4), 1)).isPresent();
    }
  }
}
