package org.fovea.selection.lsh;

import org.fovea.kernel.Block;
import org.fovea.kernel.Kernels;

/// Centres of clusters of rows, each a row of weights and a bias.
///
/// **Shapes** `columns [inputs, clusters]`: a centre is a column, so that one product scores a
/// batch against all; `biases [clusters]`, `halfSquares [clusters]`.
///
/// **Threads** immutable once made.
///
/// @param halfSquares half the squared length of a centre, bias included: `w c + b b_c -
///   halfSquares[c]` is largest for the centre nearest to `(w, b)`
record Centroids(Block columns, float[] biases, float[] halfSquares) {

  private static final Kernels KERNELS = Kernels.best();

  /// Rows that are scored in one product, so that the scores stay in the cache.
  private static final int ROWS = 64;

  /// Number of centres.
  int count() {
    return biases.length;
  }

  /// Finds the nearest centre of each of `rows[from, to)`: `out[outFrom + (i - from) * step]`.
  void nearest(
      HashedRows rows,
      int[] ids,
      int from,
      int to,
      HashScratch scratch,
      int[] out,
      int outFrom,
      int step) {
    for (int base = from; base < to; base += ROWS) {
      int end = Math.min(to, base + ROWS);
      scratch.rows.resize(end - base, rows.inputs());
      rows.gather(ids, base, end, scratch.rows);
      scratch.product.resize(end - base, count());
      KERNELS.multiply(scratch.rows, columns, scratch.product, false);
      for (int i = base; i < end; i++) {
        out[outFrom + (i - from) * step] = nearest(scratch.product, i - base, rows.biasOf(ids[i]));
      }
    }
  }

  private int nearest(Block products, int at, float bias) {
    float[] data = products.data();
    int offset = products.offset(at);
    int best = 0;
    float largest = Float.NEGATIVE_INFINITY;
    for (int c = 0; c < biases.length; c++) {
      float score = data[offset + c] + bias * biases[c] - halfSquares[c];
      if (score > largest) {
        largest = score;
        best = c;
      }
    }
    return best;
  }

  /// Finds the centres with the largest net inputs for a query, the best first.
  ///
  /// @param products products of the query with the centres, from `offset` on
  /// @param scores working memory for `most` scores
  /// @param best receives `most` centres
  void best(float[] products, int offset, int most, float[] scores, int[] best) {
    int size = 0;
    for (int c = 0; c < biases.length; c++) {
      float score = products[offset + c] + biases[c];
      if (size < most || score > scores[0]) {
        size = Best.offer(scores, best, size, most, score, c);
      }
    }
    Best.sort(scores, best, size);
  }
}
