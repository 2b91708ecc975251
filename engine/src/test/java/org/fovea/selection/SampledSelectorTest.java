package org.fovea.selection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.fovea.kernel.Block;
import org.fovea.network.ActiveSet;
import org.fovea.spec.Selection;
import org.fovea.spec.Sharing;
import org.fovea.testkit.Seeds;
import org.junit.jupiter.api.Test;

final class SampledSelectorTest {

  private static final int LABELS = 30;

  @Test
  void drawsInProportionToWeights() {
    Seeds.repeat(
        5,
        random -> {
          double[] weights = new double[1 + random.nextInt(50)];
          double total = 0;
          for (int i = 0; i < weights.length; i++) {
            weights[i] = random.nextDouble() * (random.nextInt(5) == 0 ? 100 : 1) + 0.01;
            total += weights[i];
          }
          AliasTable table = new AliasTable(weights);
          int draws = 200_000;
          int[] seen = new int[weights.length];
          for (int i = 0; i < draws; i++) {
            seen[table.draw(random)]++;
          }
          for (int i = 0; i < weights.length; i++) {
            double expected = draws * weights[i] / total;
            assertThat((double) seen[i])
                .isBetween(
                    expected - 6 * Math.sqrt(expected) - 1, expected + 6 * Math.sqrt(expected) + 1);
          }
        });
  }

  @Test
  void correctsByTheProbabilityOfBeingInTheSet() {
    Seeds.once(random -> {
      for (double power : new double[] {0, 0.5, 1}) {
        int[] frequencies = zipf();
        SampledSelector selector = selector(12, power, Sharing.EXAMPLE, frequencies);
        int trials = 40_000;
        int[] seen = new int[LABELS];
        ActiveSet set = new ActiveSet(LABELS);
        for (int trial = 0; trial < trials; trial++) {
          set.clear();
          select(selector, set, random, true);
          for (int place = 0; place < set.size(); place++) {
            seen[set.rows()[place]]++;
          }
        }
        for (int row = 0; row < LABELS; row++) {
          set.clear();
          set.add(row);
          set.endRequired();
          select(selector, set, random, true);
          double inclusion = Math.exp(set.corrections()[0]);
          assertThat(seen[row] / (double) trials).isBetween(inclusion - 0.016, inclusion + 0.016);
        }
      }
    });
  }

  @Test
  void countsTheLabelsOfTheBatchAsDraws() {
    Seeds.once(random -> {
      int[] frequencies = zipf();
      SampledSelector selector = selector(5, 0.5, Sharing.BATCH, frequencies);
      AliasTable labels = new AliasTable(plusOne(frequencies));
      int batch = 16;
      int trials = 40_000;
      int[] seen = new int[LABELS];
      double[] corrected = new double[LABELS];
      ActiveSet set = new ActiveSet(LABELS);
      for (int trial = 0; trial < trials; trial++) {
        set.clear();
        for (int i = 0; i < batch; i++) {
          set.add(labels.draw(random));
        }
        set.endRequired();
        select(selector, set, random, true);
        for (int place = 0; place < set.size(); place++) {
          seen[set.rows()[place]]++;
          corrected[set.rows()[place]] += Math.exp(-set.corrections()[place]);
        }
      }
      for (int row = 0; row < LABELS; row++) {
        assertThat(corrected[row] / trials)
            .as("label " + row + " seen " + seen[row])
            .isBetween(0.9, 1.1);
      }
    });
  }

  /// The gradient at the true distribution, in expectation over labels and sets: zero but for the
  /// dependence between draws, which is at its largest here, where few draws make few labels
  /// likely.
  @Test
  void expectsNoGradientWhereTheModelIsRight() {
    Seeds.once(random -> {
      int[] frequencies = zipf();
      double[] truth = randomDistribution(random);
      SampledSelector corrected = selector(6, 1, Sharing.EXAMPLE, frequencies);
      SampledSelector plain =
          new SampledSelector(
              new Selection.Sampled(6, 1, Sharing.EXAMPLE, false), LABELS, frequencies);
      double left = largest(expectedGradient(corrected, truth, random));
      double uncorrected = largest(expectedGradient(plain, truth, random));
      assertThat(left).isLessThan(0.02).isLessThan(uncorrected / 3);
    });
  }

  /// With few draws the gradient differs from the full softmax's, with many it is the same.
  @Test
  void convergesToTheGradientOfTheFullSoftmax() {
    Seeds.once(random -> {
      int[] frequencies = zipf();
      double[] model = randomDistribution(random);
      double before = Double.MAX_VALUE;
      for (int count : new int[] {5, 50, 500, 20_000}) {
        SampledSelector selector = selector(count, 1, Sharing.EXAMPLE, frequencies);
        double[] gradient = new double[LABELS];
        int trials = Math.max(20, 400_000 / count);
        ActiveSet set = new ActiveSet(LABELS);
        for (int trial = 0; trial < trials; trial++) {
          addGradient(selector, model, 7, set, random, gradient, 1.0 / trials);
        }
        for (int label = 0; label < LABELS; label++) {
          gradient[label] -= model[label] - (label == 7 ? 1 : 0);
        }
        double distance = largest(gradient);
        assertThat(distance).isLessThan(Math.max(before, 1e-3));
        before = distance;
      }
      assertThat(before).isLessThan(1e-3);
    });
  }

  @Test
  void keepsRequiredRowsFirstAndAddsNothingWhenPredicting() {
    Seeds.repeat(
        50,
        random -> {
          SampledSelector selector = selector(10, random.nextDouble(), Sharing.BATCH, zipf());
          ActiveSet set = new ActiveSet(LABELS);
          set.add(4);
          set.add(9);
          set.endRequired();
          select(selector, set, random, false);
          assertThat(set.size()).isEqualTo(2);
          select(selector, set, random, true);
          assertThat(set.size()).isBetween(3, 12);
          assertThat(set.rows()).startsWith(4, 9);
          int[] members = Arrays.copyOf(set.rows(), set.size());
          assertThat(members).doesNotHaveDuplicates();
        });
  }

  @Test
  void refusesFrequenciesThatDoNotFit() {
    Selection.Sampled spec = new Selection.Sampled(3, 0.5, Sharing.BATCH, true);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SampledSelector(spec, 4, new int[] {1, 2, 3}))
        .withMessage("expected a frequency for each of 4 neurons, not 3");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SampledSelector(spec, 3, new int[] {1, -2, 3}))
        .withMessage("frequency of label 1 is negative: -2");
  }

  private static double[] expectedGradient(
      SampledSelector selector, double[] truth, SplittableRandom random) {
    AliasTable labels = new AliasTable(truth);
    double[] gradient = new double[LABELS];
    int trials = 150_000;
    ActiveSet set = new ActiveSet(LABELS);
    for (int trial = 0; trial < trials; trial++) {
      addGradient(selector, truth, labels.draw(random), set, random, gradient, 1.0 / trials);
    }
    return gradient;
  }

  /// Adds the gradient by logits of the sampled softmax's loss for one label.
  private static void addGradient(
      SampledSelector selector,
      double[] model,
      int label,
      ActiveSet set,
      SplittableRandom random,
      double[] gradient,
      double weight) {
    set.clear();
    set.add(label);
    set.endRequired();
    select(selector, set, random, true);
    double sum = 0;
    for (int place = 0; place < set.size(); place++) {
      sum += model[set.rows()[place]] * Math.exp(-set.corrections()[place]);
    }
    for (int place = 0; place < set.size(); place++) {
      int row = set.rows()[place];
      gradient[row] += weight * model[row] * Math.exp(-set.corrections()[place]) / sum;
    }
    gradient[label] -= weight;
  }

  private static double largest(double[] gradient) {
    return Arrays.stream(gradient).map(Math::abs).max().orElseThrow();
  }

  private static double[] randomDistribution(SplittableRandom random) {
    double[] p = new double[LABELS];
    double sum = 0;
    for (int i = 0; i < LABELS; i++) {
      p[i] = Math.exp(random.nextGaussian());
      sum += p[i];
    }
    for (int i = 0; i < LABELS; i++) {
      p[i] /= sum;
    }
    return p;
  }

  private static int[] zipf() {
    int[] frequencies = new int[LABELS];
    for (int i = 0; i < LABELS; i++) {
      frequencies[i] = 100 / (i + 1);
    }
    return frequencies;
  }

  private static double[] plusOne(int[] frequencies) {
    return Arrays.stream(frequencies).mapToDouble(frequency -> frequency + 1.0).toArray();
  }

  private static SampledSelector selector(
      int count, double power, Sharing sharing, int[] frequencies) {
    return new SampledSelector(
        new Selection.Sampled(count, power, sharing, true), LABELS, frequencies);
  }

  private static void select(
      SampledSelector selector, ActiveSet set, SplittableRandom random, boolean training) {
    selector.select(new Block(), 0, 1, set, selector.newScratch(), random, training);
  }
}
