package org.fovea.selection.lsh;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.fovea.kernel.Block;
import org.fovea.network.ActiveSet;
import org.fovea.network.Selector;
import org.fovea.network.Team;
import org.fovea.spec.BucketPolicy;
import org.fovea.spec.HashFamily;
import org.fovea.spec.Rehash;
import org.fovea.spec.Retrieval;
import org.fovea.spec.Selection;
import org.fovea.spec.Sharing;
import org.fovea.testkit.Seeds;
import org.junit.jupiter.api.Test;

final class RetrieverTest {

  private static final int INPUTS = 20;

  @Test
  void retrievesByCollisionsAsCountedOneByOne() {
    Seeds.repeat(
        30,
        random -> {
          HashedRows rows = RandomRows.normal(400, INPUTS, true, random);
          HashFamily family = Specs.families().get(random.nextInt(Specs.families().size()));
          long seed = random.nextLong();
          int tables = 1 + random.nextInt(20);
          int limit = 1 + random.nextInt(80);
          int least = 1 + random.nextInt(3);
          Block queries = RandomRows.queries(5, INPUTS, random);
          for (Retrieval retrieval :
              List.of(
                  new Retrieval.Union(limit),
                  new Retrieval.MostFrequent(limit),
                  new Retrieval.Threshold(least, limit),
                  new Retrieval.Best(limit, 1))) {
            Selection.Lsh spec = Specs.spec(family, tables, Specs.hashes(family), retrieval);
            try (LshSelector selector = Specs.selector(spec, rows, seed)) {
              int[] counts = Specs.countCollisions(selector, queries);
              ActiveSet set = new ActiveSet(400);
              set.add(17);
              set.endRequired();
              counts[17] = 0;
              selector.select(queries, 0, 5, set, selector.newScratch(), random, false);
              check(retrieval, tables, RandomRows.members(set), counts);
            }
          }
        });
  }

  private static void check(Retrieval retrieval, int tables, int[] members, int[] counts) {
    int least = retrieval instanceof Retrieval.Threshold(int collisions, _) ? collisions : 1;
    int[] found = Arrays.copyOfRange(members, 1, members.length);
    assertThat(members[0]).isEqualTo(17);
    assertThat(found).doesNotHaveDuplicates().doesNotContain(17);
    long eligible = Arrays.stream(counts).filter(count -> count >= least).count();
    assertThat(found.length).isEqualTo((int) Math.min(retrieval.limit(), eligible));
    assertThat(Arrays.stream(found).map(row -> counts[row]).min().orElse(least))
        .isGreaterThanOrEqualTo(least);
    if (!(retrieval instanceof Retrieval.Union)
        && (tables > 1 || !(retrieval instanceof Retrieval.Best))) {
      int[] best = Arrays.stream(counts).map(count -> -count).sorted().map(c -> -c).toArray();
      assertThat(Arrays.stream(found).map(row -> counts[row]).toArray())
          .isEqualTo(Arrays.copyOf(best, found.length));
    }
  }

  @Test
  void selectsForSparseInputsWhatItDoesForTheSameDenseOnes() {
    Seeds.repeat(
        20,
        random -> {
          HashedRows rows = RandomRows.normal(500, INPUTS, true, random);
          for (HashFamily family : Specs.families()) {
            Selection.Lsh spec = Specs.spec(family, 5, Specs.hashes(family), Specs.EVERYTHING);
            try (LshSelector selector = Specs.selector(spec, rows, random.nextLong())) {
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
                  .isEqualTo(RandomRows.members(Specs.select(selector, query, 0, 1)));
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
            int[] counts = Specs.countCollisions(selector, query);
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

  @Test
  void allocatesNothingOnceItHasGrown() {
    SplittableRandom random = Seeds.fixed(3);
    HashedRows rows = RandomRows.normal(2_000, INPUTS, true, random);
    Block queries = RandomRows.queries(50, INPUTS, random);
    ActiveSet set = new ActiveSet(2_000);
    for (HashFamily family : Specs.families()) {
      for (Retrieval retrieval :
          List.of(new Retrieval.Union(500), new Retrieval.MostFrequent(500))) {
        Selection.Lsh spec = Specs.spec(family, 6, Specs.hashes(family), retrieval);
        try (LshSelector selector = Specs.selector(spec, rows, 1)) {
          selectAll(selector, queries, set, selector.newScratch(), 100);
          Selector.Scratch scratch = selector.newScratch();
          selectAll(selector, queries, set, scratch, 5);
          long before = allocated();
          selectAll(selector, queries, set, scratch, 20);
          // What the JVM itself allocates while it compiles is far less than a byte array a query.
          assertThat(allocated() - before).as(spec.toString()).isLessThan(16 * 1_000);
        }
      }
    }
  }

  private static void selectAll(
      Selector selector, Block queries, ActiveSet set, Selector.Scratch scratch, int times) {
    SplittableRandom random = new SplittableRandom(1);
    for (int time = 0; time < times; time++) {
      for (int query = 0; query < queries.rows(); query++) {
        set.clear();
        selector.select(queries, query, query + 1, set, scratch, random, true);
      }
    }
  }

  private static long allocated() {
    return ((com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean())
        .getCurrentThreadAllocatedBytes();
  }
}
