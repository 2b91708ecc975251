package org.fovea.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.fovea.data.MadeExamples.FEATURES;
import static org.fovea.data.MadeExamples.LABELS;
import static org.fovea.data.MadeExamples.batch;
import static org.fovea.data.MadeExamples.byId;
import static org.fovea.data.MadeExamples.ids;
import static org.fovea.data.MadeExamples.readAll;
import static org.fovea.data.MadeExamples.source;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.fovea.data.Examples.HoldOut;
import org.fovea.testkit.Seeds;
import org.junit.jupiter.api.Test;

/// What holds for examples wherever they are kept.
abstract class ExamplesContract {

  /// Loads a source so that the examples are kept where the subclass wants them.
  abstract Examples load(ExampleSource source);

  @Test
  void readsInTheOrderOfTheSource() {
    Batch batch = batch(1, 10_000);
    try (Examples examples = load(new MadeExamples.ListSource(batch))) {
      assertThat(TestContent.show(readAll(examples.inOrder()))).isEqualTo(TestContent.show(batch));
    }
  }

  @Test
  void shufflesEveryExampleExactlyOnce() {
    Batch batch = batch(2, 10_000);
    try (Examples examples = load(new MadeExamples.ListSource(batch))) {
      Batch shuffled = readAll(examples.shuffled(5, 0));
      assertThat(byId(shuffled)).isEqualTo(byId(batch));
      assertThat(ids(shuffled)).isNotEqualTo(ids(batch));
    }
  }

  @Test
  void shufflesTheSameForTheSameSeedOnly() {
    try (Examples examples = load(source(3, 5_000))) {
      List<Long> first = ids(readAll(examples.shuffled(9, 0)));
      assertThat(ids(readAll(examples.shuffled(9, 0), Seeds.fixed(77)))).isEqualTo(first);
      assertThat(ids(readAll(examples.shuffled(10, 0)))).isNotEqualTo(first);
    }
  }

  @Test
  void skipsExactly() {
    try (Examples examples = load(source(4, 5_000))) {
      List<Long> all = ids(readAll(examples.shuffled(11, 0)));
      Seeds.repeat(
          20,
          random -> {
            int skip = random.nextInt(all.size() + 1);
            assertThat(ids(readAll(examples.shuffled(11, skip))))
                .isEqualTo(all.subList(skip, all.size()));
          });
      assertThat(ids(readAll(examples.shuffled(11, all.size())))).isEmpty();
      assertThatThrownBy(() -> examples.shuffled(11, all.size() + 1))
          .isInstanceOf(IndexOutOfBoundsException.class);
      assertThatThrownBy(() -> examples.shuffled(11, -1))
          .isInstanceOf(IndexOutOfBoundsException.class);
    }
  }

  @Test
  void keepsWeights() {
    Batch batch = MadeExamples.weighted(batch(12, 10_000));
    Batch kept = new Batch();
    double sum = 0;
    for (int i = 0; i < batch.exampleCount(); i++) {
      if (batch.weights()[i] > 0) {
        kept.append(batch, i);
        kept.exampleIds()[kept.exampleCount() - 1] = kept.exampleCount() - 1L;
        sum += batch.weights()[i];
      }
    }
    try (Examples examples = load(new MadeExamples.ListSource(batch))) {
      assertThat(TestContent.show(readAll(examples.inOrder()))).isEqualTo(TestContent.show(kept));
      assertThat(byId(readAll(examples.shuffled(5, 0)))).isEqualTo(byId(kept));
      DataSummary summary = examples.summary();
      assertThat(summary.weightlessCount()).isEqualTo(2_000);
      assertThat(summary.exampleCount()).isEqualTo(8_000);
      assertThat(summary.weightSum()).isEqualTo(sum);
      HoldOut parts = examples.holdOut(0.25, 3);
      Map<String, String> together = new TreeMap<>(byId(readAll(parts.training().inOrder())));
      together.putAll(byId(readAll(parts.validation().inOrder())));
      assertThat(together).isEqualTo(new TreeMap<>(byId(kept)));
      assertThat(parts.training().summary().weightSum() + parts.validation().summary().weightSum())
          .isCloseTo(sum, within(1e-6));
      try (Examples even = load(new MadeExamples.ListSource(batch(12, 10_000)))) {
        assertThat(even.summary().contentDigest()).isNotEqualTo(summary.contentDigest());
        assertThat(even.summary().meanWeight()).isEqualTo(1);
      }
    }
  }

  @Test
  void summarizesWhatItHolds() {
    Batch batch = batch(5, 3_000);
    try (Examples examples = load(new MadeExamples.ListSource(batch))) {
      DataSummary summary = examples.summary();
      assertThat(summary.name()).isEqualTo("list");
      assertThat(summary.exampleCount()).isEqualTo(3_000);
      assertThat(summary.featureCount()).isEqualTo(FEATURES);
      assertThat(summary.labelCount()).isEqualTo(LABELS);
      assertThat(summary.featureEntryCount()).isEqualTo(batch.featureCount());
      assertThat(summary.labelEntryCount()).isEqualTo(batch.labelCount());
      assertThat(summary.skippedCount()).isEqualTo(3);
      long[] frequencies = new long[LABELS];
      long featureless = 0;
      long unlabelled = 0;
      for (int i = 0; i < batch.exampleCount(); i++) {
        featureless += batch.featureOffsets()[i] == batch.featureOffsets()[i + 1] ? 1 : 0;
        unlabelled += batch.labelOffsets()[i] == batch.labelOffsets()[i + 1] ? 1 : 0;
      }
      for (int i = 0; i < batch.labelCount(); i++) {
        frequencies[batch.labels()[i]]++;
      }
      assertThat(summary.labelFrequencies().toArray()).isEqualTo(frequencies);
      assertThat(summary.featurelessCount()).isEqualTo(featureless).isPositive();
      assertThat(summary.unlabelledCount()).isEqualTo(unlabelled).isPositive();
      assertThat(summary.featuresPerExample()).isEqualTo(batch.featureCount() / 3000.0);
      assertThat(summary.labelsPerExample()).isEqualTo(batch.labelCount() / 3000.0);
      assertThat(summary.contentDigest())
          .isEqualTo(MemoryExamples.of("other", batch, FEATURES, LABELS).summary().contentDigest());
    }
  }

  @Test
  void holdsOutAShareWithoutOverlap() {
    Batch batch = batch(6, 8_000);
    try (Examples examples = load(new MadeExamples.ListSource(batch))) {
      HoldOut parts = examples.holdOut(0.1, 3);
      assertThat(parts.validation().summary().exampleCount()).isEqualTo(800);
      assertThat(parts.training().summary().exampleCount()).isEqualTo(7_200);
      Batch training = readAll(parts.training().inOrder());
      Batch validation = readAll(parts.validation().inOrder());
      assertThat(ids(training)).isSorted();
      assertThat(ids(validation)).isSorted();
      Map<String, String> both = byId(training);
      byId(validation).forEach((id, example) -> assertThat(both.put(id, example)).isNull());
      assertThat(both).isEqualTo(byId(batch));
      assertThat(ids(readAll(examples.holdOut(0.1, 3).validation().inOrder())))
          .isEqualTo(ids(validation));
      assertThat(ids(readAll(examples.holdOut(0.1, 4).validation().inOrder())))
          .isNotEqualTo(ids(validation));
    }
  }

  @Test
  void shufflesPartsLikeWholes() {
    try (Examples examples = load(source(7, 6_000))) {
      Examples training = examples.holdOut(0.3, 1).training();
      Batch inOrder = readAll(training.inOrder());
      Batch shuffled = readAll(training.shuffled(2, 0));
      assertThat(byId(shuffled)).isEqualTo(byId(inOrder));
      List<Long> ids = ids(shuffled);
      assertThat(ids).isNotEqualTo(ids(inOrder));
      for (int skip : new int[] {1, 7, 2_000, 4_199, 4_200}) {
        assertThat(ids(readAll(training.shuffled(2, skip)))).isEqualTo(ids.subList(skip, 4_200));
      }
    }
  }

  @Test
  void summarizesParts() {
    try (Examples examples = load(source(8, 6_000))) {
      HoldOut parts = examples.holdOut(0.25, 1);
      DataSummary whole = examples.summary();
      DataSummary training = parts.training().summary();
      DataSummary validation = parts.validation().summary();
      assertThat(training.featureEntryCount() + validation.featureEntryCount())
          .isEqualTo(whole.featureEntryCount());
      assertThat(training.featureCount()).isEqualTo(FEATURES);
      for (int label = 0; label < LABELS; label++) {
        assertThat(training.labelFrequencies().of(label) + validation.labelFrequencies().of(label))
            .isEqualTo(whole.labelFrequencies().of(label));
      }
      assertThat(training.name()).isEqualTo("list (training part)");
      assertThat(validation.name()).isEqualTo("list (validation part)");
      assertThat(
              new TreeSet<>(
                  List.of(
                      whole.contentDigest(), training.contentDigest(), validation.contentDigest())))
          .hasSize(3);
    }
  }

  @Test
  void dividesParts() {
    try (Examples examples = load(source(9, 4_000))) {
      HoldOut outer = examples.holdOut(0.5, 1);
      HoldOut inner = outer.training().holdOut(0.25, 2);
      TreeSet<Long> ids = new TreeSet<>(ids(readAll(inner.training().shuffled(1, 0))));
      assertThat(ids).hasSize(1_500);
      ids.addAll(ids(readAll(inner.validation().inOrder())));
      assertThat(ids).hasSize(2_000);
      assertThat(List.copyOf(ids)).isEqualTo(ids(readAll(outer.training().inOrder())));
    }
  }

  @Test
  void holdsOutNothingOrAll() {
    try (Examples examples = load(source(10, 1_000))) {
      assertThat(readAll(examples.holdOut(0, 1).validation().shuffled(1, 0)).exampleCount())
          .isZero();
      assertThat(readAll(examples.holdOut(0, 1).training().inOrder()).exampleCount())
          .isEqualTo(1_000);
      assertThat(readAll(examples.holdOut(1, 1).training().inOrder()).exampleCount()).isZero();
      assertThat(examples.holdOut(0.0004, 1).validation().summary().exampleCount()).isZero();
      for (double share : new double[] {-0.1, 1.1, Double.NaN}) {
        assertThatThrownBy(() -> examples.holdOut(share, 1))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessage("a share from 0 to 1 was expected, " + share + " came");
      }
    }
  }

  /// Every example should have the same chance to be held out, wherever it stands.
  @Test
  void holdsOutFromEverywhere() {
    try (Examples examples = load(source(11, 10_000))) {
      double sum = 0;
      List<Long> ids = ids(readAll(examples.holdOut(0.2, 8).validation().inOrder()));
      for (long id : ids) {
        sum += id;
      }
      assertThat(sum / ids.size()).isCloseTo(5_000, within(6 * 2_887 / Math.sqrt(2_000)));
    }
  }

  @Test
  void servesSeveralReadersAtOnce() {
    try (Examples examples = load(source(12, 3_000))) {
      try (ExampleReader one = examples.shuffled(1, 0);
          ExampleReader two = examples.shuffled(1, 0);
          ExampleReader three = examples.inOrder()) {
        Batch first = new Batch();
        Batch second = new Batch();
        Batch third = new Batch();
        while (one.read(first, 10) > 0) {
          assertThat(two.read(second, 10)).isEqualTo(three.read(third, 10)).isPositive();
        }
        assertThat(ids(second)).isEqualTo(ids(first));
        assertThat(byId(third)).isEqualTo(byId(first));
      }
    }
  }

  @Test
  void endsAReaderThatIsClosed() {
    try (Examples examples = load(source(13, 500))) {
      for (ExampleReader reader :
          List.of(examples.inOrder(), examples.shuffled(1, 0), examples.shuffled(1, 20))) {
        Batch batch = new Batch();
        assertThat(reader.read(batch, 5)).isEqualTo(5);
        reader.close();
        reader.close();
        assertThat(reader.read(batch, 5)).isZero();
      }
    }
  }

  @Test
  void refusesALimitBelowOne() {
    try (Examples examples = load(source(14, 50))) {
      for (ExampleReader reader : List.of(examples.inOrder(), examples.shuffled(1, 0))) {
        assertThatThrownBy(() -> reader.read(new Batch(), 0))
            .isInstanceOf(IllegalArgumentException.class);
        reader.close();
      }
    }
  }

  @Test
  void holdsBackExactlyWhatIsListed() {
    Batch batch = batch(31, 3_000);
    try (Examples examples = load(new MadeExamples.ListSource(batch))) {
      Seeds.repeat(
          5,
          random -> {
            long[] listed =
                random.longs(0, 3_000).limit(random.nextInt(400)).distinct().sorted().toArray();
            HoldOut parts = examples.holdOut(listed);
            assertThat(ids(readAll(parts.validation().inOrder())))
                .isEqualTo(Arrays.stream(listed).boxed().toList());
            assertThat(parts.training().summary().exampleCount()).isEqualTo(3_000 - listed.length);
            Map<String, String> all = new TreeMap<>(byId(readAll(parts.training().shuffled(3, 0))));
            assertThat(all.keySet())
                .doesNotContainAnyElementsOf(
                    byId(readAll(parts.validation().shuffled(4, 0))).keySet());
            all.putAll(byId(readAll(parts.validation().shuffled(5, 0))));
            assertThat(all).isEqualTo(byId(batch));
          });
    }
  }
}
