package org.fovea.selection.lsh;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.fovea.kernel.Block;
import org.fovea.testkit.Seeds;
import org.junit.jupiter.api.Test;

final class WinnerHasherTest {

  @Test
  void reachesTheWholeRangeOfAddressesEvenly() {
    Seeds.once(random -> {
      HashedRows rows = RandomRows.normal(60_000, 64, false, random);
      int[] ids = all(60_000);
      int[] out = new int[60_000];
      for (boolean densified : new boolean[] {false, true}) {
        WinnerHasher hasher = new WinnerHasher(rows, 1, 4, 8, densified, random.nextLong());
        assertThat(hasher.addressBits()).isEqualTo(12);
        hasher.hashRows(ids, 0, ids.length, new HashScratch(), out);
        int[] loads = new int[4096];
        for (int address : out) {
          loads[address]++;
        }
        // Windows of the plain form may have components in common, so some codes exclude others:
        // with five of eight in common, a third of all codes.
        assertThat(Arrays.stream(loads).filter(load -> load == 0).count())
            .isLessThan(densified ? 8 : 2_048);
        assertThat(Arrays.stream(loads).max().orElseThrow()).isLessThan(densified ? 60 : 2_000);
      }
    });
  }

  @Test
  void takesTheBitsThatWindowsOfOtherSizesNeed() {
    HashedRows rows = RandomRows.normal(1_000_000, 2, false, new SplittableRandom(1));
    assertThat(Addressing.of(3, 5, rows.count()).addressBits()).isEqualTo(9);
    assertThat(Addressing.of(3, 4, rows.count()).addressBits()).isEqualTo(6);
    assertThat(Addressing.of(1, 256, rows.count()).addressBits()).isEqualTo(8);
    assertThat(Addressing.of(30, 256, rows.count()).addressBits()).isEqualTo(17);
  }

  @Test
  void foldsLongCodesEvenly() {
    Seeds.once(random -> {
      for (int hashes : new int[] {6, 9, 30}) {
        Addressing addressing = Addressing.of(hashes, 256, 4_096);
        assertThat(addressing.buckets()).isEqualTo(1_024);
        int[] loads = new int[1_024];
        for (int i = 0; i < 100_000; i++) {
          long codes = 0;
          for (int hash = 0; hash < hashes; hash++) {
            codes = addressing.append(codes, random.nextInt(4) + 100);
          }
          loads[addressing.bucket(codes)]++;
        }
        assertThat(Arrays.stream(loads).filter(load -> load == 0).count()).isLessThan(64);
      }
    });
  }

  @Test
  void dependsOnTheOrderOfComponentsOnly() {
    Seeds.repeat(
        20,
        random -> {
          HashedRows rows = RandomRows.normal(2, 40, false, random);
          for (int column = 0; column < 40; column++) {
            float value = Math.abs(rows.weights().at(0, column)) + 0.1f;
            rows.weights().set(0, column, value);
            rows.weights().set(1, column, value * value * 3);
          }
          boolean densified = random.nextBoolean();
          WinnerHasher hasher = new WinnerHasher(rows, 10, 3, 5, densified, random.nextLong());
          int[] out = new int[20];
          hasher.hashRows(new int[] {0, 1}, 0, 2, new HashScratch(), out);
          assertThat(Arrays.copyOf(out, 10)).isEqualTo(Arrays.copyOfRange(out, 10, 20));
        });
  }

  @Test
  void staysInRangeForSparseAndEmptyVectors() {
    Seeds.repeat(
        100,
        random -> {
          int inputs = 1 + random.nextInt(40);
          HashedRows rows = RandomRows.normal(200, inputs, false, random);
          int window = 2 + random.nextInt(20);
          boolean densified = random.nextBoolean();
          Hasher hasher =
              random.nextBoolean()
                  ? new WinnerHasher(rows, 7, 3, window, densified, random.nextLong())
                  : new MinHasher(rows, 7, 3, 1 + random.nextInt(8), random.nextLong());
          Block query = new Block(1, inputs);
          int active = random.nextInt(3);
          int[] indices = new int[active];
          float[] values = new float[active];
          for (int i = 0; i < Math.min(active, inputs); i++) {
            indices[i] = i == 0 ? random.nextInt((inputs + 1) / 2) : inputs - 1;
            values[i] = (float) random.nextGaussian();
          }
          int count = active == 2 && indices[0] == indices[1] ? 1 : Math.min(active, inputs);
          for (int i = 0; i < count; i++) {
            query.data()[indices[i]] = values[i];
          }
          HashScratch scratch = new HashScratch();
          hasher.hashQueries(query, 0, 1, 1, scratch);
          int[] dense = Arrays.copyOf(scratch.addresses(), 7);
          assertThat(Arrays.stream(dense).min().orElseThrow()).isNotNegative();
          assertThat(Arrays.stream(dense).max().orElseThrow())
              .isLessThan(1 << hasher.addressBits());
          hasher.hashSparse(indices, values, 0, count, 1, scratch);
          assertThat(Arrays.copyOf(scratch.addresses(), 7)).isEqualTo(dense);
        });
  }

  /// Sets of which a half is common to both resemble each other by a third.
  @Test
  void sharesMinwiseCodesByTheResemblance() {
    Seeds.once(random -> {
      HashedRows rows = RandomRows.normal(2, 60, false, random);
      for (int column = 0; column < 60; column++) {
        rows.weights().set(0, column, column < 40 ? 1f : 0f);
        rows.weights().set(1, column, column >= 20 ? 1f : 0f);
      }
      int tables = 200;
      int shared = 0;
      for (int repeat = 0; repeat < 200; repeat++) {
        MinHasher hasher = new MinHasher(rows, tables, 1, 60, random.nextLong());
        int[] out = new int[2 * tables];
        hasher.hashRows(new int[] {0, 1}, 0, 2, new HashScratch(), out);
        for (int table = 0; table < tables; table++) {
          shared += out[table] == out[tables + table] ? 1 : 0;
        }
      }
      // Addresses of 4 bits let one in 16 of the others meet by chance.
      double expected = 1 / 3.0 + 2 / 3.0 / 16;
      assertThat(shared / (200.0 * tables)).isBetween(expected - 0.03, expected + 0.03);
    });
  }

  private static int[] all(int count) {
    int[] ids = new int[count];
    for (int row = 0; row < count; row++) {
      ids[row] = row;
    }
    return ids;
  }
}
