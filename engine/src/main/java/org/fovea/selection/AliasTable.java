package org.fovea.selection;

import java.util.random.RandomGenerator;

/// Draws from a fixed discrete distribution in constant time.
///
/// Every column of a table of equal columns holds at most two outcomes: itself and its alias.
///
/// **Threads** immutable. **Cost** O(n) to make, 8 bytes an outcome; a draw reads two of them.
/// **Source** Walker, *An efficient method for generating discrete random variables with general
/// distributions*, ACM TOMS 1977; the construction is Vose's (IEEE TSE 1991), which does not lose
/// probability to rounding.
final class AliasTable {

  private final float[] keep;
  private final int[] alias;

  /// A table of outcomes in proportion to positive weights.
  AliasTable(double[] weights) {
    int n = weights.length;
    keep = new float[n];
    alias = new int[n];
    double total = 0;
    for (double weight : weights) {
      total += weight;
    }
    double[] height = new double[n];
    int[] small = new int[n];
    int[] large = new int[n];
    int smallCount = 0;
    int largeCount = 0;
    for (int i = 0; i < n; i++) {
      height[i] = weights[i] * n / total;
      if (height[i] < 1) {
        small[smallCount++] = i;
      } else {
        large[largeCount++] = i;
      }
    }
    while (smallCount > 0 && largeCount > 0) {
      int low = small[--smallCount];
      int high = large[largeCount - 1];
      keep[low] = (float) height[low];
      alias[low] = high;
      height[high] = height[high] + height[low] - 1;
      if (height[high] < 1) {
        largeCount--;
        small[smallCount++] = high;
      }
    }
    while (largeCount > 0) {
      keep[large[--largeCount]] = 1f;
    }
    while (smallCount > 0) {
      keep[small[--smallCount]] = 1f;
    }
  }

  /// One outcome.
  int draw(RandomGenerator random) {
    long bits = random.nextLong();
    int column = (int) (((bits >>> 32) * keep.length) >>> 32);
    float u = (bits & 0xFFFFFF) * 0x1p-24f;
    return u < keep[column] ? column : alias[column];
  }
}
