package org.fovea.kernel;

import java.util.Arrays;

/// Room for the products with a [SparseMatrix]: each grows to what a layer needs, then stays.
///
/// **Threads** confined to one thread at a time.
public final class SparseScratch {

  private int[] integers = new int[0];
  private float[] floats = new float[0];

  /// Empty room.
  public SparseScratch() {}

  /// At least `count` integers, the first `count` zero.
  int[] zeros(int count) {
    if (integers.length < count) {
      integers = new int[count];
    } else {
      Arrays.fill(integers, 0, count, 0);
    }
    return integers;
  }

  /// At least `count` floats of any value.
  float[] floats(int count) {
    if (floats.length < count) {
      floats = new float[count];
    }
    return floats;
  }
}
