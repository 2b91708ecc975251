package org.fovea.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.fovea.data.Batch;
import org.fovea.testkit.Seeds;
import org.junit.jupiter.api.Test;

final class DirectRatesTest {

  @Test
  void keepsTheMeanAndPrefersWhatIsRare() {
    Seeds.repeat(
        100,
        random -> {
          int examples = 10 + random.nextInt(1_000);
          int[] features = counts(1 + random.nextInt(40), examples, random);
          int[] labels = counts(1 + random.nextInt(40), examples, random);
          DirectRates rates =
              DirectRates.byRarity(features, labels, examples, 0.1 + random.nextDouble());
          double squares = 0;
          double featureCount = 0;
          for (int i = 0; i < features.length; i++) {
            squares += features[i] * Math.pow(rates.ofFeature(i), 2);
            featureCount += features[i];
            for (int j = 0; j < i; j++) {
              if (features[j] < features[i]) {
                assertThat(rates.ofFeature(j)).isGreaterThanOrEqualTo(rates.ofFeature(i));
              }
            }
          }
          assertThat(squares / featureCount).isCloseTo(1, within(1e-4));
          double sum = 0;
          double labelCount = 0;
          for (int i = 0; i < labels.length; i++) {
            sum += labels[i] * rates.ofLabel(i);
            labelCount += labels[i];
          }
          assertThat(sum / labelCount).isCloseTo(1, within(1e-4));
        });
  }

  private static int[] counts(int size, int examples, SplittableRandom random) {
    int[] counts = new int[size];
    for (int i = 0; i < size; i++) {
      counts[i] = 1 + random.nextInt(examples - 2);
    }
    return counts;
  }

  @Test
  void isOneWhereNothingIsRareOrRarityDoesNotCount() {
    DirectRates everywhere = DirectRates.byRarity(new int[] {5, 5}, new int[] {5}, 5, 1);
    assertThat(everywhere.ofFeature(1)).isEqualTo(1f);
    assertThat(everywhere.ofLabel(0)).isEqualTo(1f);
    DirectRates equal = DirectRates.byRarity(new int[] {1, 5}, new int[] {1}, 5, 0);
    assertThat(equal.ofFeature(0)).isEqualTo(1f);
    assertThat(equal.ofLabel(0)).isEqualTo(1f);
  }

  @Test
  void scalesTheStepsOfConnections() {
    DirectConnections plain = step(DirectRates.equal());
    DirectConnections scaled =
        step(DirectRates.byRarity(new int[] {1, 6}, new int[] {2, 7}, 10, 1));
    DirectRates rates = DirectRates.byRarity(new int[] {1, 6}, new int[] {2, 7}, 10, 1);
    for (int label = 0; label < 2; label++) {
      for (int feature = 0; feature < 2; feature++) {
        int connection = 2 * label + feature;
        float factor = rates.ofFeature(feature) * rates.ofLabel(label);
        assertThat(scaled.weights()[connection])
            .isCloseTo(factor * plain.weights()[connection], within(1e-6f));
        assertThat(plain.weights()[connection]).isNotZero();
      }
    }
  }

  /// Both labels connected with both features, after a step of one example that has both.
  private static DirectConnections step(DirectRates rates) {
    DirectConnections connections =
        DirectConnections.zero(new int[] {0, 2, 4}, new int[] {0, 1, 0, 1}, 1);
    connections.learnAt(rates);
    Batch batch = new Batch();
    batch.addFeature(0, 1f);
    batch.addFeature(1, -2f);
    batch.endExample(0);
    Signals input = Signals.sparse(2);
    input.load(batch, 0, new Step(), new StreamRandom());
    DirectPass pass = new DirectPass(connections, new FeatureIndex(input), 0);
    pass.prepare(1);
    pass.update(0, new float[] {0.5f, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0}, 0, 0.1f);
    pass.update(1, new int[] {0}, new float[] {-0.25f}, 0, 1, 0.1f);
    return connections;
  }
}
