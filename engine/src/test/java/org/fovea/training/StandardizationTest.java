package org.fovea.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.fovea.data.Batch;
import org.fovea.data.ExampleReader;
import org.fovea.data.MemoryExamples;
import org.fovea.network.InputWeights;
import org.fovea.spec.InputSpec.Weighting;
import org.fovea.testkit.Seeds;
import org.junit.jupiter.api.Test;

class StandardizationTest {

  /// Examples of which some features are absent, some never change, and all have units of their
  /// own.
  private static MemoryExamples data(int examples, int features, SplittableRandom random) {
    Batch batch = new Batch();
    double[] units = new double[features];
    double[] shifts = new double[features];
    for (int f = 0; f < features; f++) {
      units[f] = f % 5 == 0 ? 0 : Math.pow(10, random.nextInt(9) - 4);
      shifts[f] = random.nextInt(3) == 0 ? 0 : units[f] * random.nextInt(100);
      shifts[f] += f % 5 == 0 ? random.nextInt(4) / 3.0 : 0;
    }
    boolean sparse = random.nextBoolean();
    for (int e = 0; e < examples; e++) {
      for (int f = 0; f < features; f++) {
        float value = (float) (shifts[f] + units[f] * random.nextDouble());
        if (value != 0 && (!sparse || f % 5 == 0 || random.nextInt(3) == 0)) {
          batch.addFeature(f, value);
        }
      }
      batch.addLabel(e % 2);
      batch.endExample(e);
    }
    return MemoryExamples.of("made", batch, features, 2);
  }

  private static Batch all(MemoryExamples examples) {
    Batch batch = new Batch();
    try (ExampleReader reader = examples.inOrder()) {
      reader.read(batch, Integer.MAX_VALUE);
    }
    return batch;
  }

  @Test
  void givesEveryFeatureMeanZeroAndDeviationOneWhetherExamplesHaveItOrNot() {
    Seeds.repeat(
        200,
        random -> {
          int count = 2 + random.nextInt(60);
          int features = 1 + random.nextInt(30);
          MemoryExamples examples = data(count, features, random);
          double[][] plain = dense(all(examples), features);
          Batch batch = all(examples);
          FeatureStatistics.standard(examples, features).apply(batch);
          assertThat(batch.featureCount()).isEqualTo(count * features);
          double[][] values = dense(batch, features);
          for (int f = 0; f < features; f++) {
            boolean constant = true;
            double sum = 0;
            double squares = 0;
            double magnitude = 0;
            for (int e = 0; e < count; e++) {
              constant &= plain[e][f] == plain[0][f];
              sum += values[e][f];
              squares += values[e][f] * values[e][f];
              magnitude = Math.max(magnitude, Math.abs(plain[e][f]));
            }
            if (constant) {
              assertThat(squares).isZero();
              continue;
            }
            double spread = Math.abs(values[0][f] - values[1][f]);
            double unit = Math.abs(plain[0][f] - plain[1][f]);
            // a value is rounded before it is centred
            double error = spread == 0 ? 1e-3 : 1e-5 + 4e-7 * magnitude * spread / unit;
            assertThat(sum / count).as("mean").isCloseTo(0, within(error));
            assertThat(squares / count).as("variance").isCloseTo(1, within(1e-2 + 4 * error));
          }
        });
  }

  @Test
  void keepsFeaturesThatDifferLittleAndLieFarFromZero() {
    for (float far : new float[] {1e7f, -1e7f, 1 << 23, 3e30f, Float.MIN_NORMAL}) {
      float next = Math.nextUp(far);
      Batch batch = new Batch();
      for (int e = 0; e < 8; e++) {
        batch.addFeature(0, e % 2 == 0 ? far : next);
        batch.addFeature(1, far);
        batch.addLabel(e % 2);
        batch.endExample(e);
      }
      MemoryExamples examples = MemoryExamples.of("far", batch, 2, 2);
      Batch standard = all(examples);
      FeatureStatistics.standard(examples, 2).apply(standard);
      double[][] values = dense(standard, 2);
      for (int e = 0; e < 8; e++) {
        if (far > 1e-37f) {
          assertThat(values[e][0]).as("of %s", far).isCloseTo(e % 2 == 0 ? -1 : 1, within(1e-3));
        }
        assertThat(values[e][1]).as("constant").isZero();
      }
    }
  }

  @Test
  void treatsWhatItHasNotSeenLikeWhatItHas() {
    Seeds.repeat(
        100,
        random -> {
          int features = 1 + random.nextInt(30);
          InputWeights weights = FeatureStatistics.standard(data(20, features, random), features);
          MemoryExamples others = data(5, features, random);
          double[][] plain = dense(all(others), features);
          Batch batch = all(others);
          weights.apply(batch);
          double[][] values = dense(batch, features);
          for (int e = 0; e < 5; e++) {
            for (int f = 0; f < features; f++) {
              float expected =
                  (float) (plain[e][f] - weights.means()[f]) * weights.featureWeights()[f];
              assertThat((float) values[e][f]).isEqualTo(expected);
            }
          }
        });
  }

  private static double[][] dense(Batch batch, int features) {
    double[][] values = new double[batch.exampleCount()][features];
    for (int e = 0; e < values.length; e++) {
      for (int i = batch.featureOffsets()[e]; i < batch.featureOffsets()[e + 1]; i++) {
        values[e][batch.features()[i]] = batch.values()[i];
      }
    }
    return values;
  }

  @Test
  void refusesFeaturesThatAreInNoOrder() {
    InputWeights weights = InputWeights.standard(new double[3], new double[] {1, 1, 1});
    Batch batch = new Batch();
    batch.addFeature(2, 1f);
    batch.addFeature(1, 1f);
    batch.endExample(0);
    assertThatThrownBy(() -> weights.apply(batch))
        .hasMessage("example 0: ascending features, each once, were expected, 1 after 2 came");
  }

  @Test
  void needsAMeanForEveryFeature() {
    assertThatThrownBy(() -> new InputWeights(Weighting.STANDARD, new float[3], new double[2]))
        .hasMessage("STANDARD needs a mean for every feature");
  }
}
