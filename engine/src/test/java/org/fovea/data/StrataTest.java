package org.fovea.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.fovea.testkit.Seeds;
import org.junit.jupiter.api.Test;

class StrataTest {

  private static MemoryExamples examples(int count, int labels, SplittableRandom random) {
    Batch batch = new Batch();
    for (int i = 0; i < count; i++) {
      batch.addFeature(0, i + 1);
      // some classes are rare, some have no examples at all
      batch.addLabel(Math.min(random.nextInt(labels), random.nextInt(labels)));
      batch.endExample(i);
    }
    return MemoryExamples.of("made", batch, 1, labels);
  }

  private static int[] labels(MemoryExamples examples) {
    Batch batch = new Batch();
    try (ExampleReader reader = examples.inOrder()) {
      reader.read(batch, Integer.MAX_VALUE);
    }
    return Arrays.copyOf(batch.labels(), batch.labelCount());
  }

  @Test
  void drawsFromEveryClassInProportion() {
    Seeds.repeat(
        500,
        random -> {
          int count = 1 + random.nextInt(200);
          int classes = 1 + random.nextInt(12);
          MemoryExamples examples = examples(count, classes, random);
          double share = random.nextDouble();
          long[] drawn = Strata.byLabel(examples).draw(share, random.nextLong());
          assertThat(drawn).hasSize((int) Math.round(share * count)).isSorted();
          assertThat(drawn).doesNotHaveDuplicates();
          int[] labels = labels(examples);
          int[] counts = new int[classes];
          for (long id : drawn) {
            counts[labels[(int) id]]++;
          }
          for (int c = 0; c < classes; c++) {
            double exact = share * examples.summary().labelFrequencies().of(c);
            assertThat(Math.abs(counts[c] - exact)).isLessThan(1);
          }
        });
  }

  @Test
  void dealsEveryExampleToOneFoldAndEveryClassEvenly() {
    Seeds.repeat(
        500,
        random -> {
          int count = 2 + random.nextInt(200);
          int classes = 1 + random.nextInt(12);
          MemoryExamples examples = examples(count, classes, random);
          int folds = 2 + random.nextInt(Math.min(10, count - 1));
          long seed = random.nextLong();
          boolean alike = random.nextBoolean();
          Strata strata = alike ? Strata.alike(examples) : Strata.byLabel(examples);
          List<long[]> dealt = strata.folds(folds, seed);
          List<Long> all = new ArrayList<>();
          int[] labels = labels(examples);
          int[][] counts = new int[folds][classes];
          for (int f = 0; f < folds; f++) {
            assertThat(dealt.get(f).length).isBetween(count / folds, (count + folds - 1) / folds);
            assertThat(dealt.get(f)).isSorted();
            for (long id : dealt.get(f)) {
              all.add(id);
              counts[f][labels[(int) id]]++;
            }
          }
          assertThat(all).hasSize(count).doesNotHaveDuplicates();
          for (int c = 0; c < classes && !alike; c++) {
            int least = Integer.MAX_VALUE;
            int most = 0;
            for (int[] fold : counts) {
              least = Math.min(least, fold[c]);
              most = Math.max(most, fold[c]);
            }
            assertThat(most - least).isLessThanOrEqualTo(1);
          }
        });
  }

  @Test
  void drawsTheSameForTheSameSeedOnly() {
    MemoryExamples examples = examples(300, 3, Seeds.fixed(1));
    Strata strata = Strata.byLabel(examples);
    assertThat(strata.draw(0.5, 7)).isEqualTo(Strata.byLabel(examples).draw(0.5, 7));
    assertThat(strata.draw(0.5, 7)).isNotEqualTo(strata.draw(0.5, 8));
    assertThat(strata.folds(3, 7).getFirst()).isEqualTo(strata.folds(3, 7).getFirst());
    assertThat(strata.folds(3, 7).getFirst()).isNotEqualTo(strata.folds(3, 8).getFirst());
  }

  @Test
  void needsOneLabelAnExample() {
    Batch batch = new Batch();
    batch.addLabel(0);
    batch.addLabel(1);
    batch.endExample(0);
    MemoryExamples examples = MemoryExamples.of("two", batch, 1, 2);
    assertThatThrownBy(() -> Strata.byLabel(examples))
        .hasMessage("one label an example was expected, 2.00 of an average example came");
    assertThatThrownBy(() -> Strata.alike(examples).folds(2, 1))
        .hasMessage("2 to 1 folds were expected, 2 came");
  }
}
