package org.fovea.selection.lsh;

import java.util.Arrays;
import org.fovea.kernel.Block;
import org.fovea.kernel.Kernels;

/// The rows with the largest net inputs, found by computing all: what hashing approximates.
///
/// **Threads** confined to the one that makes it; may be read by several. **Cost** `rows * inputs`
/// multiply-adds a query, and one pass over the weights for all of them.
final class ExactTop {

  private static final Kernels KERNELS = Kernels.best();
  private static final int BLOCK = 256;

  private final int[][] ids;
  private final float[][] scores;
  private final int size;

  /// Finds the `most` best rows for every query, or all if there are fewer.
  ExactTop(HashedRows rows, Block queries, int most) {
    int count = queries.rows();
    ids = new int[count][most];
    scores = new float[count][most];
    size = Math.min(most, rows.count());
    Block columns = new Block();
    queries.transposeInto(columns);
    Block gathered = new Block();
    Block product = new Block();
    int[] block = new int[BLOCK];
    int[] kept = new int[count];
    for (int base = 0; base < rows.count(); base += BLOCK) {
      int length = Math.min(BLOCK, rows.count() - base);
      for (int i = 0; i < length; i++) {
        block[i] = base + i;
      }
      gathered.resize(length, rows.inputs());
      KERNELS.gatherRows(rows.weights(), block, 0, length, gathered);
      product.resize(length, count);
      KERNELS.multiply(gathered, columns, product, false);
      for (int i = 0; i < length; i++) {
        offer(base + i, rows.biasOf(base + i), product, i, kept);
      }
    }
    for (int query = 0; query < count; query++) {
      Best.sort(scores[query], ids[query], size);
    }
  }

  private void offer(int row, float bias, Block product, int at, int[] kept) {
    float[] data = product.data();
    int offset = product.offset(at);
    for (int query = 0; query < kept.length; query++) {
      float score = data[offset + query] + bias;
      if (kept[query] < size || score > scores[query][0]) {
        kept[query] = Best.offer(scores[query], ids[query], kept[query], size, score, row);
      }
    }
  }

  /// How many rows were found for each query.
  int size() {
    return size;
  }

  /// A query's best rows, the best first.
  int[] ids(int query) {
    return Arrays.copyOf(ids[query], size);
  }
}
