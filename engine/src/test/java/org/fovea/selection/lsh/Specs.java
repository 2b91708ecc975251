package org.fovea.selection.lsh;

import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.fovea.kernel.Block;
import org.fovea.network.ActiveSet;
import org.fovea.network.Team;
import org.fovea.spec.BucketPolicy;
import org.fovea.spec.HashFamily;
import org.fovea.spec.Rehash;
import org.fovea.spec.Retrieval;
import org.fovea.spec.Selection;
import org.fovea.spec.Sharing;

/// What the tests of selectors ask for.
final class Specs {

  static final Retrieval EVERYTHING = new Retrieval.Union(Integer.MAX_VALUE);

  private Specs() {}

  /// One of each; clusters, which learn, are last.
  static List<HashFamily> families() {
    return List.of(
        new HashFamily.SimHash(false),
        new HashFamily.SimHash(true),
        new HashFamily.WinnerTakesAll(4),
        new HashFamily.DensifiedWinnerTakesAll(4),
        new HashFamily.DensifiedMinHash(6),
        new HashFamily.Clusters(20, 3));
  }

  static int hashes(HashFamily family) {
    return switch (family) {
      case HashFamily.SimHash _ -> 5;
      case HashFamily.WinnerTakesAll _ -> 2;
      case HashFamily.DensifiedWinnerTakesAll _ -> 3;
      case HashFamily.DensifiedMinHash _ -> 2;
      case HashFamily.Clusters _ -> 1;
    };
  }

  static Selection.Lsh spec(HashFamily family, int tables, int hashes, Retrieval retrieval) {
    return spec(family, tables, hashes, retrieval, new BucketPolicy.Unbounded());
  }

  static Selection.Lsh spec(
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

  static LshSelector selector(Selection.Lsh spec, HashedRows rows, long seed) {
    return new LshSelector(spec, rows, Optional.empty(), new LshOptions(seed, true, Team.single()));
  }

  static ActiveSet select(LshSelector selector, Block queries, int from, int to) {
    ActiveSet set = new ActiveSet(selector.rows().count());
    selector.select(queries, from, to, set, selector.newScratch(), new SplittableRandom(1), false);
    return set;
  }

  /// By row in how many of the queries' buckets it is.
  static int[] countCollisions(LshSelector selector, Block queries) {
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
}
