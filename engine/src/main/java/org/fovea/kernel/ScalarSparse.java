package org.fovea.kernel;

import java.util.Arrays;

/// The readable definition of the products with a [SparseMatrix], and those of sparse inputs, which
/// have nothing for vectors to do.
final class ScalarSparse {

  private ScalarSparse() {}

  /// See [Kernels#multiplySparse(SparseMatrix, UnitBlock, UnitBlock, int, int, SparseScratch)].
  static void multiply(SparseMatrix w, UnitBlock x, UnitBlock y, int from, int to) {
    SparsePattern pattern = w.pattern();
    for (int row = from; row < to; row++) {
      for (long p = pattern.offset(row); p < pattern.offset(row + 1); p++) {
        addScaled(w.weight(p), x, pattern.column(p), y, row);
      }
    }
  }

  /// See [Kernels#multiplySparseTransposed].
  static void multiplyTransposed(SparseMatrix w, UnitBlock y, UnitBlock x, int from, int to) {
    x.clear(from, to);
    SparsePattern pattern = w.pattern();
    for (int row = 0; row < pattern.rows(); row++) {
      for (long p = pattern.offset(row); p < pattern.offset(row + 1); p++) {
        int column = pattern.column(p);
        if (column >= from && column < to) {
          addScaled(w.weight(p), y, row, x, column);
        }
      }
    }
  }

  private static void addScaled(float scale, UnitBlock from, int unit, UnitBlock to, int sum) {
    int source = from.offset(unit);
    int sink = to.offset(sum);
    for (int e = 0; e < from.stride(); e++) {
      to.data()[sink + e] += scale * from.data()[source + e];
    }
  }

  /// See [Kernels#sparseGradients(SparsePattern, UnitBlock, UnitBlock, long, long, float[],
  /// SparseScratch)].
  static void gradients(
      SparsePattern pattern, UnitBlock dy, UnitBlock x, long from, long to, float[] out) {
    int row = from < to ? pattern.rowOf(from) : 0;
    for (long p = from; p < to; p++) {
      while (p >= pattern.offset(row + 1)) {
        row++;
      }
      int a = dy.offset(row);
      int b = x.offset(pattern.column(p));
      float sum = 0f;
      for (int e = 0; e < x.stride(); e++) {
        sum += dy.data()[a + e] * x.data()[b + e];
      }
      out[(int) (p - from)] = sum;
    }
  }

  /// See [Kernels#multiplySparse(SparseMatrix, SparseUnits, UnitBlock, int, int)].
  static void multiply(SparseMatrix w, SparseUnits x, UnitBlock y, int from, int to) {
    final SparsePattern pattern = w.pattern();
    final float[] sums = y.data();
    for (int row = from; row < to; row++) {
      int at = y.offset(row);
      long end = pattern.offset(row + 1);
      for (long p = pattern.offset(row); p < end; p++) {
        int column = pattern.column(p);
        int last = x.ends()[column];
        int i = x.begins()[column];
        if (i < last) {
          float weight = w.weight(p);
          for (; i < last; i++) {
            sums[at + x.examples()[i]] += weight * x.values()[i];
          }
        }
      }
    }
  }

  /// See [Kernels#sparseGradients(SparsePattern, UnitBlock, SparseUnits, long, long, float[])].
  static void gradients(
      SparsePattern pattern, UnitBlock dy, SparseUnits x, long from, long to, float[] out) {
    Arrays.fill(out, 0, (int) (to - from), 0f);
    int row = from < to ? pattern.rowOf(from) : 0;
    for (long p = from; p < to; p++) {
      while (p >= pattern.offset(row + 1)) {
        row++;
      }
      int column = pattern.column(p);
      int at = dy.offset(row);
      float sum = 0f;
      for (int i = x.begins()[column]; i < x.ends()[column]; i++) {
        sum += dy.data()[at + x.examples()[i]] * x.values()[i];
      }
      out[(int) (p - from)] = sum;
    }
  }
}
