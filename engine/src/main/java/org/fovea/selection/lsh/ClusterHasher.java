package org.fovea.selection.lsh;

import java.util.Arrays;
import org.fovea.kernel.Block;
import org.fovea.kernel.Kernels;
import org.fovea.network.Team;

/// Learned buckets: a row lies in the bucket of its nearest centre, a query looks into the buckets
/// of the centres with the largest net input, `c x + b_c`. Every table has centres of its own.
///
/// **Source** Auvolat and others, *Clustering is efficient for approximate maximum inner product
/// search*, 2015, arXiv:1507.05910. **Differs** the bias is one more coordinate, of which a query
/// has 1; rows are clustered by distance, without the augmentation to equal lengths.
///
/// **Cost** `inputs * tables * clusters` multiply-adds a vector.
final class ClusterHasher implements Hasher {

  private static final Kernels KERNELS = Kernels.best();

  private final HashedRows rows;
  private final int clusters;
  private final int ownProbes;
  private final long seed;
  private final Centroids[] tables;

  /// A hasher that must be fitted before it is used.
  ClusterHasher(HashedRows rows, int tables, int clusters, int ownProbes, long seed) {
    this(rows, Math.min(clusters, rows.count()), ownProbes, seed, new Centroids[tables]);
  }

  private ClusterHasher(
      HashedRows rows, int clusters, int ownProbes, long seed, Centroids[] tables) {
    this.rows = rows;
    this.clusters = clusters;
    this.ownProbes = ownProbes;
    this.seed = seed;
    this.tables = tables;
  }

  @Override
  public boolean learns() {
    return true;
  }

  @Override
  public Hasher fitted(Team team) {
    Centroids[] learned = new Centroids[tables.length];
    for (int table = 0; table < learned.length; table++) {
      learned[table] = KMeans.learn(rows, clusters, Mixing.mix(seed, table), team);
    }
    return new ClusterHasher(rows, clusters, ownProbes, seed, learned);
  }

  @Override
  public int tables() {
    return tables.length;
  }

  @Override
  public int addressBits() {
    return Math.max(1, 32 - Integer.numberOfLeadingZeros(clusters - 1));
  }

  @Override
  public void hashRows(int[] ids, int from, int to, HashScratch scratch, int[] out) {
    for (int table = 0; table < tables.length; table++) {
      tables[table].nearest(rows, ids, from, to, scratch, out, table, tables.length);
    }
  }

  @Override
  public int probes(int wanted) {
    return Math.clamp(wanted == 0 ? ownProbes : wanted, 1, clusters);
  }

  @Override
  public void hashQueries(Block inputs, int from, int to, int probes, HashScratch scratch) {
    int[] out = scratch.addresses((to - from) * tables.length * probes);
    Block scores = scratch.product;
    for (int table = 0; table < tables.length; table++) {
      scores.resize(inputs.rows(), clusters);
      KERNELS.multiplyRows(inputs, tables[table].columns(), scores, false, from, to);
      for (int e = from; e < to; e++) {
        int sink = ((e - from) * tables.length + table) * probes;
        choose(tables[table], scores.data(), scores.offset(e), probes, scratch, out, sink);
      }
    }
  }

  @Override
  public void hashSparse(
      int[] indices, float[] values, int from, int to, int probes, HashScratch scratch) {
    int[] out = scratch.addresses(tables.length * probes);
    float[] scores = scratch.zeros(clusters);
    for (int table = 0; table < tables.length; table++) {
      Block columns = tables[table].columns();
      for (int i = from; i < to; i++) {
        KERNELS.addScaled(
            values[i], columns.data(), columns.offset(indices[i]), scores, 0, clusters);
      }
      choose(tables[table], scores, 0, probes, scratch, out, table * probes);
      Arrays.fill(scores, 0, clusters, 0f);
    }
  }

  private void choose(
      Centroids centroids,
      float[] scores,
      int offset,
      int probes,
      HashScratch scratch,
      int[] out,
      int outFrom) {
    int[] best = scratch.ints(probes);
    centroids.best(scores, offset, probes, scratch.floats(probes), best);
    System.arraycopy(best, 0, out, outFrom, probes);
  }

  @Override
  public long work(int active) {
    return (long) active * tables.length * clusters;
  }
}
