package org.fovea.selection.lsh;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.fovea.kernel.Block;
import org.fovea.network.ActiveSet;
import org.fovea.network.Team;
import org.fovea.spec.BucketPolicy;
import org.fovea.spec.HashFamily;
import org.fovea.spec.Rehash;
import org.fovea.spec.Retrieval;
import org.fovea.spec.Selection;
import org.fovea.spec.Sharing;
import org.fovea.testkit.Seeds;
import org.junit.jupiter.api.Test;

final class LshSelectorTest {

  private static final int INPUTS = 20;

  /// Weight of row 0, which does not change, so that the longest row stays the same.
  private static final float LONGEST = 50f;

  private static final Retrieval EVERYTHING = new Retrieval.Union(Integer.MAX_VALUE);

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
                selector(spec(family, 2, hashes, EVERYTHING), rows, random.nextLong())) {
              selector.budget(new QueryBudget(16, Integer.MAX_VALUE));
              ActiveSet set = select(selector, RandomRows.queries(1, INPUTS, random), 0, 1);
              assertThat(RandomRows.sorted(set)).isEqualTo(all);
            }
          }
        });
  }

  @Test
  void retrievesByCollisionsAsCountedOneByOne() {
    Seeds.repeat(
        30,
        random -> {
          HashedRows rows = RandomRows.normal(400, INPUTS, true, random);
          HashFamily family = families().get(random.nextInt(families().size()));
          long seed = random.nextLong();
          int tables = 1 + random.nextInt(20);
          int limit = 1 + random.nextInt(80);
          int least = 1 + random.nextInt(3);
          Block queries = RandomRows.queries(5, INPUTS, random);
          for (Retrieval retrieval :
              List.of(
                  new Retrieval.Union(limit),
                  new Retrieval.MostFrequent(limit),
                  new Retrieval.Threshold(least, limit))) {
            Selection.Lsh spec = spec(family, tables, hashes(family), retrieval);
            try (LshSelector selector = selector(spec, rows, seed)) {
              int[] counts = countCollisions(selector, queries);
              ActiveSet set = new ActiveSet(400);
              set.add(17);
              set.endRequired();
              counts[17] = 0;
              selector.select(queries, 0, 5, set, selector.newScratch(), random, false);
              check(retrieval, RandomRows.members(set), counts);
            }
          }
        });
  }

  private static void check(Retrieval retrieval, int[] members, int[] counts) {
    int least = retrieval instanceof Retrieval.Threshold(int collisions, _) ? collisions : 1;
    int[] found = Arrays.copyOfRange(members, 1, members.length);
    assertThat(members[0]).isEqualTo(17);
    assertThat(found).doesNotHaveDuplicates().doesNotContain(17);
    long eligible = Arrays.stream(counts).filter(count -> count >= least).count();
    assertThat(found.length).isEqualTo((int) Math.min(retrieval.limit(), eligible));
    assertThat(Arrays.stream(found).map(row -> counts[row]).min().orElse(least))
        .isGreaterThanOrEqualTo(least);
    if (!(retrieval instanceof Retrieval.Union)) {
      int[] best = Arrays.stream(counts).map(count -> -count).sorted().map(c -> -c).toArray();
      assertThat(Arrays.stream(found).map(row -> counts[row]).toArray())
          .isEqualTo(Arrays.copyOf(best, found.length));
    }
  }

  private static int[] countCollisions(LshSelector selector, Block queries) {
    LshIndex index = selector.index();
    int[] counts = new int[index.rows()];
    HashScratch scratch = new HashScratch();
    int probes = index.hasher().probes(selector.budget().probes());
    index.hasher().hashQueries(queries, 0, queries.rows(), probes, scratch);
    int tables = index.tables().length;
    for (int i = 0; i < queries.rows() * tables * probes; i++) {
      HashTable table = index.tables()[i / probes % tables];
      for (int row = 0; row < counts.length; row++) {
        counts[row] += table.address(row) == scratch.addresses()[i] ? 1 : 0;
      }
    }
    return counts;
  }

  @Test
  void followsChangedRowsAsIfBuiltAnew() {
    Seeds.repeat(
        20,
        random -> {
          HashedRows rows = RandomRows.normal(700, INPUTS, true, random);
          rows.weights().set(0, 0, LONGEST);
          List<HashFamily> families = families();
          HashFamily family = families.get(random.nextInt(families.size() - 1));
          Selection.Lsh spec = spec(family, 6, hashes(family), EVERYTHING);
          long seed = random.nextLong();
          try (LshSelector selector = selector(spec, rows, seed)) {
            for (int batch = 1; batch <= 10; batch++) {
              changeSome(rows, selector, random.nextInt(60), random);
              selector.maintain(batch);
            }
            try (LshSelector fresh = selector(spec, rows, seed)) {
              Block queries = RandomRows.queries(20, INPUTS, random);
              for (int e = 0; e < 20; e++) {
                assertThat(RandomRows.sorted(select(selector, queries, e, e + 1)))
                    .isEqualTo(RandomRows.sorted(select(fresh, queries, e, e + 1)));
              }
            }
          }
        });
  }

  @Test
  void hashesAllRowsAgainWhenOneHasOutgrownTheBound() {
    Seeds.repeat(
        5,
        random -> {
          HashedRows rows = RandomRows.normal(400, INPUTS, true, random);
          Selection.Lsh spec = spec(new HashFamily.SimHash(true), 5, 6, EVERYTHING);
          try (LshSelector selector = selector(spec, rows, 7)) {
            rows.weights().set(5, 3, LONGEST);
            selector.rowsChanged(new int[] {5}, 0, 1);
            selector.maintain(1);
            Block queries = RandomRows.queries(20, INPUTS, random);
            try (LshSelector fresh = selector(spec, rows, 7)) {
              for (int e = 0; e < 20; e++) {
                assertThat(RandomRows.members(select(selector, queries, e, e + 1)))
                    .isEqualTo(RandomRows.members(select(fresh, queries, e, e + 1)));
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
          HashFamily family = families().get(random.nextInt(families().size()));
          BucketPolicy policy =
              List.of(
                      new BucketPolicy.Unbounded(),
                      new BucketPolicy.FirstInFirstOut(4),
                      new BucketPolicy.Reservoir(4))
                  .get(random.nextInt(3));
          Selection.Lsh spec = spec(family, 5, hashes(family), EVERYTHING, policy);
          long seed = random.nextLong();
          try (LshSelector selector = selector(spec, rows, seed)) {
            changeSome(rows, selector, 100, random);
            selector.maintain(1);
            changeSome(rows, selector, 100, random);
            selector.refresh();
            LshOptions threaded = new LshOptions(seed, true, new Threads(3));
            try (LshSelector fresh = new LshSelector(spec, rows, Optional.empty(), threaded)) {
              Block queries = RandomRows.queries(20, INPUTS, random);
              for (int e = 0; e < 20; e++) {
                assertThat(RandomRows.members(select(selector, queries, e, e + 1)))
                    .isEqualTo(RandomRows.members(select(fresh, queries, e, e + 1)));
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
          HashFamily family = families().get(random.nextInt(families().size()));
          Selection.Lsh spec =
              spec(family, 5, hashes(family), EVERYTHING, new BucketPolicy.Reservoir(3));
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
                int[] members = RandomRows.members(select(selector, queries, e, e + 1));
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

  @Test
  void selectsForSparseInputsWhatItDoesForTheSameDenseOnes() {
    Seeds.repeat(
        20,
        random -> {
          HashedRows rows = RandomRows.normal(500, INPUTS, true, random);
          for (HashFamily family : families()) {
            Selection.Lsh spec = spec(family, 5, hashes(family), EVERYTHING);
            try (LshSelector selector = selector(spec, rows, random.nextLong())) {
              Block query = new Block(1, INPUTS);
              int[] indices = {0, 3, 7, 8, 15, 19};
              float[] values = new float[6];
              for (int i = 0; i < 6; i++) {
                values[i] = (float) random.nextGaussian();
                query.data()[indices[i]] = values[i];
              }
              ActiveSet sparse = new ActiveSet(500);
              selector.selectSparse(
                  indices, values, 0, 6, sparse, selector.newScratch(), random, false);
              assertThat(RandomRows.members(sparse))
                  .isEqualTo(RandomRows.members(select(selector, query, 0, 1)));
            }
          }
        });
  }

  @Test
  void correctsOnlyWhatThePaddingWouldHaveDrawn() {
    Seeds.repeat(
        20,
        random -> {
          HashedRows rows = RandomRows.normal(600, INPUTS, true, random);
          Selection.Sampled padding = new Selection.Sampled(30, 0, Sharing.EXAMPLE, true);
          Selection.Lsh spec =
              new Selection.Lsh(
                  new HashFamily.SimHash(true),
                  4,
                  5,
                  new BucketPolicy.Unbounded(),
                  new Retrieval.MostFrequent(60),
                  Optional.of(padding),
                  new Rehash.Every(1),
                  Sharing.EXAMPLE);
          Marker marker = new Marker(List.of(1, 2, 3, 4));
          LshOptions options = new LshOptions(random.nextLong(), true, Team.single());
          try (LshSelector selector = new LshSelector(spec, rows, Optional.of(marker), options)) {
            Block query = RandomRows.queries(1, INPUTS, random);
            int[] counts = countCollisions(selector, query);
            ActiveSet set = new ActiveSet(600);
            for (int row = 10; row < 40; row++) {
              set.add(row);
            }
            set.endRequired();
            selector.select(query, 0, 1, set, selector.newScratch(), random, true);
            assertThat(set.size()).isBetween(31, 30 + selector.limit());
            for (int place = 0; place < set.size(); place++) {
              int row = set.rows()[place];
              boolean drawn = place < 30 ? counts[row] == 0 : place >= set.size() - marker.added();
              assertThat(set.corrections()[place]).isEqualTo(drawn ? -row : 0f);
            }
          }
        });
  }

  private static List<HashFamily> families() {
    return List.of(
        new HashFamily.SimHash(false),
        new HashFamily.SimHash(true),
        new HashFamily.WinnerTakesAll(4),
        new HashFamily.DensifiedWinnerTakesAll(4),
        new HashFamily.DensifiedMinHash(6),
        new HashFamily.Clusters(20, 3));
  }

  private static int hashes(HashFamily family) {
    return switch (family) {
      case HashFamily.SimHash _ -> 5;
      case HashFamily.WinnerTakesAll _ -> 2;
      case HashFamily.DensifiedWinnerTakesAll _ -> 3;
      case HashFamily.DensifiedMinHash _ -> 2;
      case HashFamily.Clusters _ -> 1;
    };
  }

  private static Selection.Lsh spec(
      HashFamily family, int tables, int hashes, Retrieval retrieval) {
    return spec(family, tables, hashes, retrieval, new BucketPolicy.Unbounded());
  }

  private static Selection.Lsh spec(
      HashFamily family, int tables, int hashes, Retrieval retrieval, BucketPolicy policy) {
    return new Selection.Lsh(
        family,
        tables,
        hashes,
        policy,
        retrieval,
        Optional.empty(),
        new Rehash.Incremental(1),
        Sharing.EXAMPLE);
  }

  private static LshSelector selector(Selection.Lsh spec, HashedRows rows, long seed) {
    return new LshSelector(spec, rows, Optional.empty(), new LshOptions(seed, true, Team.single()));
  }

  private static ActiveSet select(LshSelector selector, Block queries, int from, int to) {
    ActiveSet set = new ActiveSet(selector.rows().count());
    selector.select(queries, from, to, set, selector.newScratch(), new SplittableRandom(1), false);
    return set;
  }

  /// Redraws some rows, scales some, and says so.
  private static void changeSome(
      HashedRows rows, LshSelector selector, int count, SplittableRandom random) {
    int[] changed = new int[count];
    for (int i = 0; i < count; i++) {
      changed[i] = 1 + random.nextInt(rows.count() - 1);
      RandomRows.redraw(rows.weights(), changed[i], random);
    }
    selector.rowsChanged(changed, 0, count);
  }
}
