package org.fovea.network;

import org.fovea.kernel.RowMatrix;

/// Where weights start.
final class Initializers {

  private Initializers() {}

  /// Uniform in `[-bound, bound)`, the same for the same generator.
  static void uniform(RowMatrix matrix, float bound, StreamRandom random) {
    for (int row = 0; row < matrix.rows(); row++) {
      float[] chunk = matrix.chunk(row);
      int offset = matrix.offset(row);
      for (int column = 0; column < matrix.columns(); column++) {
        chunk[offset + column] = (2 * random.nextFloat() - 1) * bound;
      }
    }
  }
}
