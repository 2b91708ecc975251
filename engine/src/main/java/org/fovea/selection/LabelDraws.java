package org.fovea.selection;

import java.util.Arrays;

/// Tells from the number of different labels in a batch how many labels must have been drawn.
///
/// A label that occurs `k` times in a batch is required only once, so the number of draws is not
/// seen. It is found by inverting `distinct(m) = sum_j 1 - (1 - p_j)^m`, the expected number of
/// different labels among `m`.
///
/// **Threads** immutable. **Cost** O(labels log labels) to make; a look-up is a short search.
final class LabelDraws {

  /// Draw counts are tabulated at the powers of two below `2^POWERS`.
  private static final int POWERS = 24;

  private final double[] distinct = new double[POWERS];

  /// The table for labels of these frequencies, each taken as one more than it is.
  LabelDraws(int[] labelFrequencies, double total) {
    int[] sorted = labelFrequencies.clone();
    Arrays.sort(sorted);
    for (int from = 0; from < sorted.length; ) {
      int to = from + 1;
      while (to < sorted.length && sorted[to] == sorted[from]) {
        to++;
      }
      double logMiss = Math.log1p(-Math.min((sorted[from] + 1.0) / total, 1 - 1e-12));
      for (int power = 0; power < POWERS; power++) {
        distinct[power] -= (to - from) * Math.expm1(logMiss * (1 << power));
      }
      from = to;
    }
  }

  /// The number of draws that would be expected to give `count` different labels.
  double draws(int count) {
    if (count <= 1) {
      return Math.max(0, count);
    }
    for (int power = 1; power < POWERS; power++) {
      if (distinct[power] >= count) {
        double share = (count - distinct[power - 1]) / (distinct[power] - distinct[power - 1]);
        return (1 << (power - 1)) * (1 + Math.max(0, share));
      }
    }
    return 1 << (POWERS - 1);
  }
}
