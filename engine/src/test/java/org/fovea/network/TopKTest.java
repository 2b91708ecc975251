package org.fovea.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import org.fovea.testkit.Seeds;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TopKTest {

  private record Entry(int id, float score) {}

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5, 16, 100, 1_000})
  void equalsSortingWhateverTheOrderOfTheOffers(int k) {
    TopK topK = new TopK(k);
    Seeds.repeat(
        20,
        random -> {
          List<Entry> entries = new ArrayList<>();
          int count = random.nextInt(3 * k + 1);
          for (int id = 0; id < count; id++) {
            entries.add(new Entry(id, random.nextInt(1 + count / 3) / 4f));
          }
          Collections.shuffle(entries, random);
          topK.clear();
          entries.forEach(entry -> topK.offer(entry.id(), entry.score()));

          assertThat(ranked(topK))
              .containsExactlyElementsOf(
                  entries.stream()
                      .sorted(
                          Comparator.comparingDouble((Entry entry) -> -entry.score())
                              .thenComparingInt(Entry::id))
                      .limit(k)
                      .toList());
        });
  }

  private static List<Entry> ranked(TopK topK) {
    List<Entry> ranked = new ArrayList<>();
    int size = topK.rank();
    for (int place = 0; place < size; place++) {
      ranked.add(new Entry(topK.id(place), topK.score(place)));
    }
    return ranked;
  }

  @Test
  void ranksTheLowerIdFirstAmongEqualScores() {
    TopK topK = new TopK(2);
    topK.offer(9, 1f);
    topK.offer(4, 1f);
    topK.offer(7, 1f);
    topK.rank();

    assertThat(topK.toIds()).containsExactly(4, 7);
  }

  @Test
  void saysWhatScoreTheNextOfferNeeds() {
    TopK topK = new TopK(2);
    topK.offer(0, 3f);
    assertThat(topK.threshold()).isEqualTo(Float.NEGATIVE_INFINITY);
    topK.offer(1, 5f);
    assertThat(topK.threshold()).isEqualTo(3f);
    topK.offer(2, 4f);
    assertThat(topK.threshold()).isEqualTo(4f);
  }

  @Test
  void keepsNegativeInfinityWhenThereIsRoom() {
    TopK topK = new TopK(2);
    topK.offer(3, Float.NEGATIVE_INFINITY);

    assertThat(topK.rank()).isEqualTo(1);
    assertThat(topK.id(0)).isEqualTo(3);
  }

  @Test
  void refusesAScoreThatIsNotANumberEvenWhenFull() {
    TopK topK = new TopK(1);
    topK.offer(0, 1f);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> topK.offer(17, Float.NaN))
        .withMessage("the score of id 17 is not a number");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, 1_001})
  void refusesAnyOtherK(int k) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TopK(k))
        .withMessage("k must be from 1 to 1000, not " + k);
  }

  @Test
  void refusesToReadBeforeRankingAndToOfferAfterIt() {
    TopK topK = new TopK(1);
    topK.offer(1, 1f);
    assertThatIllegalStateException().isThrownBy(() -> topK.id(0));
    topK.rank();
    assertThatIllegalStateException().isThrownBy(() -> topK.offer(2, 0.5f));
    assertThatIllegalStateException().isThrownBy(topK::threshold);

    topK.clear();
    topK.offer(2, 0.5f);
    topK.rank();
    topK.rank();
    assertThat(topK.toIds()).containsExactly(2);
  }
}
