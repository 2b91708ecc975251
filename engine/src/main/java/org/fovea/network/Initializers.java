package org.fovea.network;

import org.fovea.kernel.RowMatrix;

/// Where weights start.
final class Initializers {

  private Initializers() {}

  /// Uniform in `[-bound, bound)`, the same for the same generator.
  static void uniform(RowMatrix matrix, float bound, StreamRandom random) {
    for (int row = 0; row < matrix.rows(); row++) {
      uniform(matrix.chunk(row), matrix.offset(row), matrix.columns(), bound, random);
    }
  }

  /// One row, at `[from, from + count)`.
  static void uniform(float[] row, int from, int count, float bound, StreamRandom random) {
    for (int i = from; i < from + count; i++) {
      row[i] = (2 * random.nextFloat() - 1) * bound;
    }
  }
}
