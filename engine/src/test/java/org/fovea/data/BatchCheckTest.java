package org.fovea.data;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.fovea.testkit.Seeds;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class BatchCheckTest {

  /// Two good examples, and a third of some features and labels.
  private static Batch batch(List<Integer> features, List<Float> values, List<Integer> labels) {
    Batch batch = new Batch();
    for (int e = 0; e < 2; e++) {
      for (int feature : new int[] {0, 3, 9}) {
        batch.addFeature(feature, feature - 1.5f);
      }
      batch.addLabel(e);
      batch.endExample(e);
    }
    for (int i = 0; i < features.size(); i++) {
      batch.addFeature(features.get(i), values.get(i));
    }
    labels.forEach(batch::addLabel);
    batch.endExample(2);
    return batch;
  }

  private record Wrong(List<Integer> features, List<Float> values, String message) {}

  private static Stream<Wrong> wrongFeatures() {
    return Stream.of(
        new Wrong(List.of(10), List.of(1f), "a feature of 0 to 9 was expected, 10 came"),
        new Wrong(List.of(-1), List.of(1f), "a feature of 0 to 9 was expected, -1 came"),
        new Wrong(
            List.of(5, Integer.MIN_VALUE),
            List.of(1f, 1f),
            "a feature of 0 to 9 was expected, -2147483648 came"),
        new Wrong(
            List.of(Integer.MAX_VALUE, 0),
            List.of(1f, 1f),
            "a feature of 0 to 9 was expected, 2147483647 came"),
        new Wrong(
            List.of(4, 2),
            List.of(1f, 1f),
            "ascending features, each once, were expected, 2 after 4 came"),
        new Wrong(
            List.of(4, 4),
            List.of(1f, 1f),
            "ascending features, each once, were expected, 4 after 4 came"),
        new Wrong(
            List.of(4), List.of(Float.NaN), "a finite value of feature 4 was expected, NaN came"),
        new Wrong(
            List.of(4, 6),
            List.of(1f, Float.NEGATIVE_INFINITY),
            "a finite value of feature 6 was expected, -Infinity came"));
  }

  @ParameterizedTest
  @MethodSource("wrongFeatures")
  void namesTheExampleWhoseFeaturesDoNotFit(Wrong wrong) {
    Batch batch = batch(wrong.features(), wrong.values(), List.of());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> BatchCheck.features("", batch, 10))
        .withMessage("example 2: " + wrong.message());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> MemoryExamples.of("made", batch, 10, 4))
        .withMessage("made: example 2: " + wrong.message());
  }

  @ParameterizedTest
  @CsvSource({
    "'4', 'a label of 0 to 3 was expected, 4 came'",
    "'-1', 'a label of 0 to 3 was expected, -1 came'",
    "'3 1', 'ascending labels, each once, were expected, 1 after 3 came'",
    "'1 1', 'ascending labels, each once, were expected, 1 after 1 came'"
  })
  void namesTheExampleWhoseLabelsDoNotFit(String labels, String message) {
    Batch batch =
        batch(List.of(), List.of(), Stream.of(labels.split(" ")).map(Integer::valueOf).toList());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> BatchCheck.labels("", batch, 4))
        .withMessage("example 2: " + message);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> MemoryExamples.of("made", batch, 10, 4))
        .withMessage("made: example 2: " + message);
  }

  @Test
  void tellsThePlaceOfAnExampleThatHasAnotherNumber() {
    Batch batch = new Batch();
    batch.addFeature(3, Float.NaN);
    batch.endExample(17);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> BatchCheck.values(batch))
        .withMessageStartingWith("example 17 (place 0 of the batch): ");
  }

  @Test
  void refusesAnUnfinishedExample() {
    Batch batch = batch(List.of(), List.of(), List.of());
    batch.addFeature(1, 1f);
    assertThatIllegalStateException().isThrownBy(() -> BatchCheck.features("", batch, 10));
    assertThatIllegalStateException().isThrownBy(() -> BatchCheck.values(batch));
    assertThatIllegalStateException().isThrownBy(() -> MemoryExamples.of("made", batch, 10, 4));
  }

  @Test
  void findsOneWrongIdInLongRows() {
    Seeds.repeat(3, BatchCheckTest::damage);
  }

  private static void damage(SplittableRandom random) {
    for (int length = 2; length < 70; length++) {
      Batch batch = new Batch();
      for (int e = 0; e < 3; e++) {
        for (int feature = 0; feature < length; feature++) {
          batch.addFeature(2 * feature, random.nextFloat());
        }
        batch.endExample(e);
      }
      assertThatCode(() -> BatchCheck.features("", batch, 140)).doesNotThrowAnyException();
      int at = random.nextInt(batch.featureCount());
      int id = batch.features()[at];
      batch.features()[at] = id == 0 ? -1 : id - 2;
      int example = at / length;
      assertThatIllegalArgumentException()
          .isThrownBy(() -> BatchCheck.features("", batch, 140))
          .withMessageStartingWith("example " + example + ": ");
      batch.features()[at] = id;
      batch.values()[at] = random.nextBoolean() ? Float.NaN : Float.POSITIVE_INFINITY;
      assertThatIllegalArgumentException()
          .isThrownBy(() -> BatchCheck.features("", batch, 140))
          .withMessageContaining("example " + example + ": a finite value of feature " + id);
    }
  }

  @Test
  void checksAgainWhatWasAddedToLoadedExamples() {
    Examples loaded = MemoryExamples.of("made", batch(List.of(), List.of(), List.of()), 10, 4);
    Batch batch = new Batch();
    try (ExampleReader reader = loaded.shuffled(1, 0)) {
      reader.read(batch, 2);
      reader.read(batch, 1);
    }
    BatchCheck.features("", batch, 10);
    BatchCheck.labels("", batch, 4);
    batch.addFeature(2, Float.NaN);
    batch.addLabel(9);
    batch.endExample(3);
    assertThatIllegalArgumentException().isThrownBy(() -> BatchCheck.features("", batch, 10));
    assertThatIllegalArgumentException().isThrownBy(() -> BatchCheck.labels("", batch, 4));
    try (ExampleReader reader = loaded.inOrder()) {
      reader.read(batch, 1);
    }
    assertThatIllegalArgumentException().isThrownBy(() -> BatchCheck.values(batch));
  }

  @Test
  void checksLoadedExamplesForANetworkThatHasFewerFeatures() {
    Examples loaded = MemoryExamples.of("made", batch(List.of(), List.of(), List.of()), 10, 4);
    Batch batch = new Batch();
    try (ExampleReader reader = loaded.inOrder()) {
      reader.read(batch, 3);
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> BatchCheck.features("", batch, 9))
        .withMessage("example 0: a feature of 0 to 8 was expected, 9 came");
  }
}
