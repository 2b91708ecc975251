package org.fovea.selection.lsh;

import java.util.SplittableRandom;
import org.fovea.kernel.Block;
import org.fovea.network.ActiveSet;
import org.fovea.network.Selector;

/// Measures the health of a selector's tables.
///
/// **Cost** hashes the sampled rows, looks at every bucket, and, with queries, computes all net
/// inputs of each.
final class Checkup {

  private static final int SAMPLED_ROWS = 256;

  private Checkup() {}

  /// Measures loads and staleness, and recall if there are queries.
  ///
  /// @param depth number of best neurons that should be retrieved
  /// @param seed chooses the rows
  static SelectionHealth measure(LshSelector selector, Block queries, int depth, long seed) {
    LshIndex index = selector.index();
    long entries = 0;
    long filled = 0;
    long buckets = 0;
    int largest = 0;
    for (HashTable table : index.tables()) {
      Buckets contents = table.buckets();
      for (int bucket = 0; bucket < contents.count(); bucket++) {
        int size = Buckets.size(contents.header(bucket));
        entries += size;
        filled += size > 0 ? 1 : 0;
        largest = Math.max(largest, size);
      }
      buckets += contents.count();
    }
    Found found = queries.rows() == 0 ? Found.NOTHING : find(selector, queries, depth);
    return new SelectionHealth(
        entries / (double) filled,
        largest,
        1 - filled / (double) buckets,
        staleShare(index, seed),
        found.recall,
        depth,
        found.meanRetrieved);
  }

  private static double staleShare(LshIndex index, long seed) {
    int[] sample = sample(index, seed);
    return index.countStale(sample, sample.length)
        / ((double) sample.length * index.tables().length);
  }

  /// The share of stale entries among those of rows drawn at random that no one has marked as
  /// changed: entries that no round will bring up to date.
  static double lostShare(LshIndex index, ChangedRows changed, long seed) {
    int[] sample = sample(index, seed);
    int count = 0;
    for (int row : sample) {
      if (!changed.marked(row)) {
        sample[count++] = row;
      }
    }
    return index.countStale(sample, count) / ((double) sample.length * index.tables().length);
  }

  private static int[] sample(LshIndex index, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int[] sample = new int[Math.min(SAMPLED_ROWS, index.rows())];
    for (int i = 0; i < sample.length; i++) {
      sample[i] = random.nextInt(index.rows());
    }
    return sample;
  }

  private record Found(double recall, double meanRetrieved) {
    private static final Found NOTHING = new Found(Double.NaN, Double.NaN);
  }

  /// Queries as training does, but without padding.
  private static Found find(LshSelector selector, Block queries, int depth) {
    ExactTop exact = new ExactTop(selector.rows(), queries, depth);
    ActiveSet set = new ActiveSet(selector.rows().count());
    Selector.Scratch scratch = selector.newScratch();
    long hits = 0;
    long retrieved = 0;
    for (int query = 0; query < queries.rows(); query++) {
      set.clear();
      selector.find(queries, query, query + 1, set, scratch);
      retrieved += set.size();
      for (int row : exact.ids(query)) {
        hits += set.contains(row) ? 1 : 0;
      }
    }
    double wanted = (double) queries.rows() * exact.size();
    return new Found(hits / wanted, retrieved / (double) queries.rows());
  }
}
