package org.fovea.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.BitSet;
import org.fovea.testkit.Seeds;
import org.junit.jupiter.api.Test;

class PermutationTest {

  @Test
  void takesEachElementOnce() {
    for (int size = 0; size < 300; size++) {
      Permutation order = new Permutation(size, size * 31L);
      BitSet seen = new BitSet();
      for (int i = 0; i < size; i++) {
        seen.set((int) order.at(i));
      }
      assertThat(seen.cardinality()).isEqualTo(size);
      assertThat(seen.length()).isEqualTo(size);
    }
  }

  @Test
  void takesEachElementOnceInLargeSizes() {
    Seeds.repeat(
        3,
        random -> {
          int size = 100_000 + random.nextInt(200_000);
          Permutation order = new Permutation(size, random.nextLong());
          BitSet seen = new BitSet();
          for (int i = 0; i < size; i++) {
            seen.set((int) order.at(i));
          }
          assertThat(seen.cardinality()).isEqualTo(size);
        });
  }

  @Test
  void findsPositionsBack() {
    Seeds.repeat(
        2000,
        random -> {
          long size = 1 + (random.nextLong() >>> (1 + random.nextInt(63)));
          Permutation order = new Permutation(size, random.nextLong());
          long position = random.nextLong(size);
          assertThat(order.at(position)).isBetween(0L, size - 1);
          assertThat(order.positionOf(order.at(position))).isEqualTo(position);
          assertThat(order.at(order.positionOf(position))).isEqualTo(position);
        });
  }

  @Test
  void worksForTheLargestSize() {
    Permutation order = new Permutation(Long.MAX_VALUE, 1);
    assertThat(order.positionOf(order.at(Long.MAX_VALUE - 1))).isEqualTo(Long.MAX_VALUE - 1);
  }

  @Test
  void isTheSameForTheSameSeedAndAnotherForAnother() {
    long[] first = elements(new Permutation(1000, 7));
    assertThat(elements(new Permutation(1000, 7))).isEqualTo(first);
    assertThat(elements(new Permutation(1000, 8))).isNotEqualTo(first);
  }

  /// Exact resume of a run that an earlier version began rests on these numbers.
  @Test
  void neverChangesItsOrders() {
    assertThat(Arrays.stream(elements(new Permutation(10, 1))).mapToInt(i -> (int) i).toArray())
        .containsExactly(GOLDEN_TEN);
    assertThat(new Permutation(1_000_003, 42).at(12345)).isEqualTo(GOLDEN_MILLION);
  }

  private static final int[] GOLDEN_TEN = {4, 7, 2, 3, 9, 6, 0, 5, 8, 1};
  private static final long GOLDEN_MILLION = 279442;

  /// Each element should come at each position equally often over many seeds; chi-square with (n -
  /// 1)^2 degrees of freedom, 6 standard deviations allowed.
  @Test
  void putsEachElementAtEachPositionEquallyOften() {
    for (int size : new int[] {2, 3, 4, 5, 7, 8, 9, 16, 17, 33}) {
      int seeds = 4000 * size;
      int[][] counts = new int[size][size];
      for (int seed = 0; seed < seeds; seed++) {
        Permutation order = new Permutation(size, seed);
        for (int i = 0; i < size; i++) {
          counts[i][(int) order.at(i)]++;
        }
      }
      double expected = (double) seeds / size;
      double chiSquare = 0;
      for (int[] row : counts) {
        for (int count : row) {
          chiSquare += (count - expected) * (count - expected) / expected;
        }
      }
      double freedom = (size - 1.0) * (size - 1.0);
      assertThat(chiSquare)
          .as("size %d", size)
          .isLessThan(freedom + 6 * Math.sqrt(2 * freedom) + 6);
    }
  }

  /// In a random order the neighbours of an order are far apart: their mean distance is size / 3.
  @Test
  void separatesNeighbours() {
    int size = 100_000;
    long[] elements = elements(new Permutation(size, 3));
    double sum = 0;
    for (int i = 1; i < size; i++) {
      sum += Math.abs(elements[i] - elements[i - 1]);
    }
    assertThat(sum / (size - 1)).isBetween(size / 3.0 * 0.99, size / 3.0 * 1.01);
  }

  @Test
  void refusesWhatIsOutside() {
    assertThatThrownBy(() -> new Permutation(-1, 0)).isInstanceOf(IllegalArgumentException.class);
    Permutation order = new Permutation(5, 0);
    assertThatThrownBy(() -> order.at(5)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> order.positionOf(-1)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> new Permutation(0, 0).at(0))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  private static long[] elements(Permutation order) {
    long[] elements = new long[(int) order.size()];
    for (int i = 0; i < elements.length; i++) {
      elements[i] = order.at(i);
    }
    return elements;
  }
}
