package org.fovea.selection.lsh;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.fovea.kernel.Block;
import org.fovea.network.ActiveSet;
import org.fovea.spec.BucketPolicy;
import org.fovea.spec.HashFamily;
import org.fovea.spec.Selection;
import org.fovea.testkit.Seeds;
import org.junit.jupiter.api.Test;

final class LshSelectorTest {

  private static final int INPUTS = 20;

  @Test
  void selectsAllWhenAllBucketsAreProbed() {
    Seeds.repeat(
        10,
        random -> {
          HashedRows rows = RandomRows.normal(300, INPUTS, true, random);
          int[] all = IntStream.range(0, 300).toArray();
          for (HashFamily family :
              List.of(
                  new HashFamily.SimHash(false),
                  new HashFamily.SimHash(true),
                  new HashFamily.Clusters(16, 16))) {
            int hashes = family instanceof HashFamily.SimHash ? 4 : 1;
            try (LshSelector selector =
                Specs.selector(
                    Specs.spec(family, 2, hashes, Specs.EVERYTHING), rows, random.nextLong())) {
              selector.budget(new QueryBudget(16, Integer.MAX_VALUE));
              ActiveSet set = Specs.select(selector, RandomRows.queries(1, INPUTS, random), 0, 1);
              assertThat(RandomRows.sorted(set)).isEqualTo(all);
            }
          }
        });
  }

  @Test
  void followsChangedRowsAsIfBuiltAnew() {
    Seeds.repeat(
        20,
        random -> {
          HashedRows rows = RandomRows.normal(700, INPUTS, true, random);
          List<HashFamily> families = Specs.families();
          HashFamily family = families.get(random.nextInt(families.size() - 1));
          Selection.Lsh spec = Specs.spec(family, 6, Specs.hashes(family), Specs.EVERYTHING);
          long seed = random.nextLong();
          try (LshSelector selector = Specs.selector(spec, rows, seed)) {
            for (int batch = 1; batch <= 10; batch++) {
              changeSome(rows, selector, random.nextInt(60), random);
              selector.maintain(batch);
            }
            try (LshSelector fresh = Specs.selector(spec, rows, seed)) {
              Block queries = RandomRows.queries(20, INPUTS, random);
              for (int e = 0; e < 20; e++) {
                assertThat(RandomRows.sorted(Specs.select(selector, queries, e, e + 1)))
                    .isEqualTo(RandomRows.sorted(Specs.select(fresh, queries, e, e + 1)));
              }
            }
          }
        });
  }

  @Test
  void hashesAllRowsAgainWhenTheyHaveOutgrownTheBound() {
    Seeds.repeat(
        5,
        random -> {
          HashedRows rows = RandomRows.normal(400, INPUTS, true, random);
          Selection.Lsh spec = Specs.spec(new HashFamily.SimHash(true), 5, 6, Specs.EVERYTHING);
          try (LshSelector selector = Specs.selector(spec, rows, 7)) {
            for (int row = 0; row < 400; row++) {
              for (int column = 0; column < INPUTS; column++) {
                rows.weights().set(row, column, 3 * rows.weights().at(row, column));
              }
            }
            selector.rowsChanged(IntStream.range(0, 400).toArray(), 0, 400);
            selector.maintain(1);
            Block queries = RandomRows.queries(20, INPUTS, random);
            try (LshSelector fresh = Specs.selector(spec, rows, 7)) {
              for (int e = 0; e < 20; e++) {
                assertThat(RandomRows.members(Specs.select(selector, queries, e, e + 1)))
                    .isEqualTo(RandomRows.members(Specs.select(fresh, queries, e, e + 1)));
              }
            }
          }
        });
  }

  @Test
  void isAfterARefreshWhatANewOneWouldBe() {
    Seeds.repeat(
        15,
        random -> {
          HashedRows rows = RandomRows.normal(500, INPUTS, true, random);
          HashFamily family = Specs.families().get(random.nextInt(Specs.families().size()));
          BucketPolicy policy =
              List.of(
                      new BucketPolicy.Unbounded(),
                      new BucketPolicy.FirstInFirstOut(4),
                      new BucketPolicy.Reservoir(4))
                  .get(random.nextInt(3));
          Selection.Lsh spec =
              Specs.spec(family, 5, Specs.hashes(family), Specs.EVERYTHING, policy);
          long seed = random.nextLong();
          try (LshSelector selector = Specs.selector(spec, rows, seed)) {
            changeSome(rows, selector, 100, random);
            selector.maintain(1);
            changeSome(rows, selector, 100, random);
            selector.refresh();
            LshOptions threaded = new LshOptions(seed, true, new Threads(3));
            try (LshSelector fresh = new LshSelector(spec, rows, Optional.empty(), threaded)) {
              Block queries = RandomRows.queries(20, INPUTS, random);
              for (int e = 0; e < 20; e++) {
                assertThat(RandomRows.members(Specs.select(selector, queries, e, e + 1)))
                    .isEqualTo(RandomRows.members(Specs.select(fresh, queries, e, e + 1)));
              }
            }
          }
        });
  }

  @Test
  void isTheSameForAnyNumberOfThreads() {
    Seeds.repeat(
        6,
        random -> {
          HashFamily family = Specs.families().get(random.nextInt(Specs.families().size()));
          Selection.Lsh spec =
              Specs.spec(
                  family, 5, Specs.hashes(family), Specs.EVERYTHING, new BucketPolicy.Reservoir(3));
          long weightSeed = random.nextLong();
          long seed = random.nextLong();
          Block queries = RandomRows.queries(20, INPUTS, random);
          int[][] first = new int[20][];
          for (int size : new int[] {1, 2, 5}) {
            SplittableRandom own = new SplittableRandom(weightSeed);
            HashedRows rows = RandomRows.normal(3_000, INPUTS, true, own);
            LshOptions options = new LshOptions(seed, true, new Threads(size));
            try (LshSelector selector = new LshSelector(spec, rows, Optional.empty(), options)) {
              for (int batch = 1; batch <= 3; batch++) {
                changeSome(rows, selector, 40 + 600 * (batch & 1), own);
                selector.maintain(batch);
              }
              for (int e = 0; e < 20; e++) {
                int[] members = RandomRows.members(Specs.select(selector, queries, e, e + 1));
                if (size == 1) {
                  first[e] = members;
                } else {
                  assertThat(members).isEqualTo(first[e]);
                }
              }
            }
          }
        });
  }

  /// Exchanges some pairs of rows, which leaves their mean length, and says so.
  private static void changeSome(
      HashedRows rows, LshSelector selector, int count, SplittableRandom random) {
    int[] changed = new int[2 * count];
    for (int i = 0; i < count; i++) {
      int one = random.nextInt(rows.count());
      int other = random.nextInt(rows.count());
      for (int column = 0; column < INPUTS; column++) {
        float weight = rows.weights().at(one, column);
        rows.weights().set(one, column, rows.weights().at(other, column));
        rows.weights().set(other, column, weight);
      }
      float bias = rows.biasOf(one);
      rows.bias().set(one, 0, rows.biasOf(other));
      rows.bias().set(other, 0, bias);
      changed[2 * i] = one;
      changed[2 * i + 1] = other;
    }
    selector.rowsChanged(changed, 0, changed.length);
  }
}
