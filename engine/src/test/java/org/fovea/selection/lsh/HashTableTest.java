package org.fovea.selection.lsh;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.fovea.spec.BucketPolicy;
import org.fovea.testkit.Seeds;
import org.junit.jupiter.api.Test;

final class HashTableTest {

  private static final List<BucketPolicy> POLICIES =
      List.of(
          new BucketPolicy.Unbounded(),
          new BucketPolicy.FirstInFirstOut(5),
          new BucketPolicy.Reservoir(5));

  @Test
  void holdsEveryRowInTheBucketOfItsAddressHoweverRowsMove() {
    Seeds.repeat(
        40,
        random -> {
          int rows = 1 + random.nextInt(random.nextInt(4) > 0 ? 60 : 2_000);
          int bits = 1 + random.nextInt(8);
          int[] wanted = new int[rows];
          HashTable table =
              new HashTable(rows, bits, POLICIES.get(random.nextInt(3)), random.nextLong());
          build(table, wanted, bits, random);
          check(table, wanted);
          for (int round = 0; round < 30; round++) {
            moveSome(table, wanted, bits, random.nextInt(rows) + 1, random);
            check(table, wanted);
          }
          build(table, wanted, bits, random);
          check(table, wanted);
        });
  }

  @Test
  void takesManySingleMovesIntoOneBucket() {
    int rows = 2_000;
    HashTable table = new HashTable(rows, 4, new BucketPolicy.Unbounded(), 1);
    int[] wanted = new int[rows];
    build(table, wanted, 4, new SplittableRandom(1));
    for (int row = 0; row < rows; row++) {
      wanted[row] = 3;
      table.move(new int[] {row}, 1, new int[] {3}, 0, 1);
    }
    check(table, wanted);
    assertThat(table.bytes()).isLessThan(rows * 16L);
  }

  @Test
  void keepsTheNewestWhenFirstInFirstOut() {
    HashTable table = new HashTable(100, 2, new BucketPolicy.FirstInFirstOut(3), 7);
    for (int row = 0; row < 100; row++) {
      table.prepare(row, 0);
    }
    table.build();
    for (int row : new int[] {17, 4, 99, 50, 8}) {
      table.move(new int[] {row}, 1, new int[] {1}, 0, 1);
    }
    assertThat(visible(table, 1)).containsExactly(99, 50, 8);
    table.move(new int[] {50}, 1, new int[] {2}, 0, 1);
    assertThat(visible(table, 1)).containsExactly(4, 99, 8);
    table.move(
        new int[] {20, 21, 22, 23, 24, 25, 26, 27}, 8, new int[] {1, 1, 1, 1, 1, 1, 1, 1}, 0, 1);
    assertThat(visible(table, 1)).containsExactly(25, 26, 27);
  }

  @Test
  void reservoirIsUniformAlsoAfterRowsHaveLeft() {
    Seeds.once(random -> {
      int rows = 40;
      int capacity = 5;
      int trials = 20_000;
      int[] seen = new int[rows];
      for (int trial = 0; trial < trials; trial++) {
        HashTable table =
            new HashTable(rows, 2, new BucketPolicy.Reservoir(capacity), random.nextLong());
        for (int row = 0; row < rows; row++) {
          table.prepare(row, row < 25 ? 0 : 1);
        }
        table.build();
        for (int row = 20; row < 25; row++) {
          table.move(new int[] {row}, 1, new int[] {1}, 0, 1);
        }
        for (int row = 25; row < 35; row++) {
          table.move(new int[] {row}, 1, new int[] {0}, 0, 1);
        }
        for (int row : visible(table, 0)) {
          seen[row]++;
        }
      }
      double expected = trials * (double) capacity / 30;
      double chiSquare = 0;
      for (int row = 0; row < rows; row++) {
        boolean member = row < 20 || (row >= 25 && row < 35);
        assertThat(seen[row] > 0).isEqualTo(member);
        chiSquare += member ? (seen[row] - expected) * (seen[row] - expected) / expected : 0;
      }
      assertThat(chiSquare).as("29 degrees of freedom").isLessThan(75);
    });
  }

  private static void build(HashTable table, int[] wanted, int bits, SplittableRandom random) {
    for (int row = 0; row < wanted.length; row++) {
      wanted[row] = random.nextInt(1 << bits);
      table.prepare(row, wanted[row]);
    }
    table.build();
  }

  private static void moveSome(
      HashTable table, int[] wanted, int bits, int count, SplittableRandom random) {
    int[] moving = new int[count];
    int[] targets = new int[count * 3 + 1];
    boolean[] taken = new boolean[wanted.length];
    int moved = 0;
    for (int i = 0; i < count; i++) {
      int row = random.nextInt(wanted.length);
      while (taken[row]) {
        row = row + 1 == wanted.length ? 0 : row + 1;
      }
      taken[row] = true;
      int target = random.nextInt(4) == 0 ? wanted[row] : random.nextInt(1 << bits);
      moving[i] = row;
      targets[1 + i * 3] = target;
      moved += target == wanted[row] ? 0 : 1;
      wanted[row] = target;
    }
    assertThat(table.move(moving, count, targets, 1, 3)).isEqualTo(moved);
  }

  private static void check(HashTable table, int[] wanted) {
    List<List<Integer>> expected = new ArrayList<>();
    for (int bucket = 0; bucket < table.buckets().count(); bucket++) {
      expected.add(new ArrayList<>());
    }
    for (int row = 0; row < wanted.length; row++) {
      expected.get(wanted[row]).add(row);
      if (table.address(row) != wanted[row]) {
        throw new AssertionError("row " + row + " is at " + table.address(row));
      }
    }
    Buckets buckets = table.buckets();
    for (int bucket = 0; bucket < buckets.count(); bucket++) {
      long header = buckets.header(bucket);
      int[] all =
          Arrays.copyOfRange(
              buckets.entries(),
              Buckets.start(header),
              Buckets.start(header) + Buckets.size(header));
      Arrays.sort(all);
      assertThat(all).containsExactly(expected.get(bucket).stream().mapToInt(row -> row).toArray());
    }
  }

  private static int[] visible(HashTable table, int bucket) {
    Buckets buckets = table.buckets();
    long header = buckets.header(bucket);
    int start = buckets.visibleStart(header);
    return Arrays.copyOfRange(buckets.entries(), start, start + buckets.visibleSize(header));
  }
}
