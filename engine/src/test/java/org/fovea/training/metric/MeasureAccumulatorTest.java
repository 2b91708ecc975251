package org.fovea.training.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.fovea.network.TopK;
import org.fovea.testkit.Seeds;
import org.junit.jupiter.api.Test;

class MeasureAccumulatorTest {

  private static final int LABELS = 40;

  @Test
  void givesTheSameBitsWhateverTheOrderOfExamplesAndMerging() {
    MeasureSpec spec = richSpec();
    int exampleCount = 3_000;
    MeasureAccumulator whole = new MeasureAccumulator(spec);
    for (int example = 0; example < exampleCount; example++) {
      addExample(whole, example);
    }
    MeasureAccumulator[] parts = new MeasureAccumulator[7];
    Arrays.setAll(parts, _ -> new MeasureAccumulator(spec));
    for (int example = exampleCount - 1; example >= 0; example--) {
      addExample(parts[example * 31 % 7], example);
    }
    for (int part = 1; part < parts.length; part++) {
      parts[0].merge(parts[part]);
    }

    assertThat(parts[0].measures()).isEqualTo(whole.measures());
    assertThat(whole.measures().examples()).isEqualTo(exampleCount);
  }

  @Test
  void printsTheMeasuresInTheOrderInWhichTheyAreRead() {
    MeasureAccumulator accumulator =
        new MeasureAccumulator(
            MeasureSpec.at(1, 3)
                .with(Propensities.of(new int[] {1, 2, 3}, 6))
                .with(new Decision.Best(3)));
    accumulator.add(ranking(2, 0), new int[] {2}, 0, 1);
    accumulator.leaveOut();

    assertThat(accumulator.measures().values().keySet())
        .containsExactly(
            "P@1",
            "P@3",
            "nDCG@1",
            "nDCG@3",
            "PSP@1",
            "PSP@3",
            "PSnDCG@1",
            "PSnDCG@3",
            "R@1",
            "R@3",
            "accuracy",
            "micro-F1",
            "macro-F1",
            "examples",
            "left out");
    assertThat(accumulator.measures())
        .hasToString(
            "P@1 100.00  P@3 33.33  nDCG@1 100.00  nDCG@3 100.00  PSP@1 100.00  PSP@3 100.00  "
                + "PSnDCG@1 100.00  PSnDCG@3 100.00  R@1 100.00  R@3 100.00  accuracy 100.00  "
                + "micro-F1 100.00  macro-F1 100.00  examples 1  left out 1");
  }

  @Test
  void readsTheLabelsOfOneExampleOutOfMany() {
    MeasureAccumulator accumulator = new MeasureAccumulator(MeasureSpec.at(1, 2));
    int[] labels = {9, 1, 5, 7, 0};
    accumulator.add(ranking(5, 9), labels, 1, 4);

    assertThat(accumulator.measures().value("P@1")).isEqualTo(1.0);
    assertThat(accumulator.measures().value("P@2")).isEqualTo(0.5);
    assertThat(accumulator.measures().value("R@2")).isCloseTo(1.0 / 3, within(1e-12));
  }

  @Test
  void macroF1PassesOverLabelsThatWereNeitherPredictedNorTrue() {
    MeasureAccumulator accumulator =
        new MeasureAccumulator(MeasureSpec.at().with(new Decision.Best(1_000)));
    accumulator.add(ranking(1), new int[] {1}, 0, 1);
    accumulator.add(ranking(2), new int[] {3}, 0, 1);

    assertThat(accumulator.measures().value("macro-F1")).isCloseTo(1.0 / 3, within(1e-12));
  }

  @Test
  void refusesWhatItCannotMeasureAndCountsNothingThen() {
    MeasureAccumulator accumulator =
        new MeasureAccumulator(
            MeasureSpec.at(1, 3)
                .with(Propensities.of(new int[10], 100))
                .with(new Decision.Threshold(8, 0f)));
    refuses(accumulator, ranking(1), "example 0: true labels must ascend: 3 after 4", 4, 3);
    refuses(accumulator, ranking(1), "example 0: true labels must ascend: 4 after 4", 4, 4);
    refuses(accumulator, ranking(1), "example 0: true label -1 is negative", -1);
    refuses(accumulator, ranking(1, 2, 1), "example 0: label 1 is predicted twice", 4);
    refuses(
        accumulator, ranking(1), "example 0: true label 10 has no propensity, only 10 have", 10);
    refuses(accumulator, ranking(1), "example 0: true label 9 of 8 labels", 9);
    refuses(accumulator, ranking(8), "example 0: predicted label 8 of 8 labels", 1);

    assertThat(accumulator.measures().examples()).isZero();
  }

  @Test
  void refusesSeveralTrueLabelsWhereAccuracyIsAskedFor() {
    MeasureAccumulator accumulator =
        new MeasureAccumulator(MeasureSpec.at().with(new Decision.Best(5)));

    refuses(accumulator, ranking(1), "example 0 has 2 labels, accuracy needs exactly one", 1, 2);
  }

  @Test
  void refusesToMergeWhatWasMeasuredOtherwise() {
    MeasureAccumulator accumulator = new MeasureAccumulator(MeasureSpec.at(1, 3));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> accumulator.merge(new MeasureAccumulator(MeasureSpec.at(1, 5))))
        .withMessageContaining("ks=[1, 5]")
        .withMessageContaining("ks=[1, 3]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> accumulator.merge(accumulator))
        .withMessageEndingWith("with itself");
  }

  @Test
  void saysWhatWasMeasuredWhenAskedForSomethingElse() {
    Measures measures = new MeasureAccumulator(MeasureSpec.at(1)).measures();

    assertThatIllegalArgumentException()
        .isThrownBy(() -> measures.value("P@1"))
        .withMessage("\"P@1\" was not measured, only examples, left out");
  }

  @Test
  void refusesKsThatDoNotAscend() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> MeasureSpec.at(3, 1))
        .withMessage("k must ascend from 1 to 1000: 1 after 3");
  }

  @Test
  void refusesImpossibleLabelFrequencies() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Propensities.of(new int[] {1, 12}, 10))
        .withMessage("label 1 occurs 12 times in 10 examples");
  }

  private static void refuses(
      MeasureAccumulator accumulator, TopK ranked, String message, int... labels) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> accumulator.add(ranked, labels, 0, labels.length))
        .withMessage(message);
  }

  private static MeasureSpec richSpec() {
    int[] counts = new int[LABELS];
    Arrays.setAll(counts, label -> 1 + label * label);
    return MeasureSpec.at(1, 2, 3, 5, 10)
        .with(Propensities.of(counts, 10_000))
        .with(new Decision.Threshold(LABELS, 0.5f));
  }

  private static void addExample(MeasureAccumulator accumulator, int example) {
    SplittableRandom random = Seeds.fixed(Seeds.run() + example);
    int[] labels = random.ints(1 + random.nextInt(6), 0, LABELS).distinct().sorted().toArray();
    TopK ranked = new TopK(12);
    for (int label = 0; label < LABELS; label++) {
      if (random.nextInt(3) == 0) {
        ranked.offer(label, random.nextFloat());
      }
    }
    ranked.rank();
    accumulator.add(ranked, labels, 0, labels.length);
  }

  /// Ranks the ids in the order given.
  private static TopK ranking(int... ids) {
    TopK ranked = new TopK(10);
    for (int place = 0; place < ids.length; place++) {
      ranked.offer(ids[place], ids.length - place);
    }
    ranked.rank();
    return ranked;
  }
}
