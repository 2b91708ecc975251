package org.fovea.kernel;

import static org.fovea.kernel.Simd.FLOATS;
import static org.fovea.kernel.Simd.LANES;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/// Products with a [SparseMatrix], vectorised over the batch; narrow batches go to [NarrowSparse].
///
/// A strip of a row's sums, up to eight vectors of examples, stays in registers while every
/// connection of the row adds one unit's activations to it. Each sum is one chain of multiply-adds
/// in the order of the connections, so the bits depend neither on the strips nor on the rows that a
/// thread was given.
final class VectorSparse {

  private VectorSparse() {}

  /// See [Kernels#multiplySparse(SparseMatrix, UnitBlock, UnitBlock, int, int)].
  static void multiply(SparseMatrix w, UnitBlock x, UnitBlock y, int from, int to) {
    final SparsePattern pattern = w.pattern();
    final int stride = x.stride();
    int width;
    for (int lane = 0; lane < stride; lane += width) {
      width = width(stride - lane);
      for (int row = from; row < to; row++) {
        final long end = pattern.offset(row + 1);
        int n;
        for (long p = pattern.offset(row); p < end; p += n) {
          final int chunk = (int) (p >>> IntChunks.SHIFT);
          final int at = (int) p & IntChunks.MASK;
          n = (int) Math.min(end - p, IntChunks.LENGTH - at);
          add(
              w.weights().chunks()[chunk],
              SparseMatrix.FIRST + at,
              pattern.indexChunks()[chunk],
              at,
              n,
              x,
              lane,
              width,
              y.data(),
              y.offset(row) + lane);
        }
      }
    }
  }

  /// See [Kernels#multiplySparseTransposed]: the weights of a column's connections are gathered,
  /// then it is the same sum. For narrow batches, whose sums are shorter than what is gathered,
  /// rows are scattered instead.
  static void multiplyTransposed(
      SparseMatrix w, UnitBlock y, UnitBlock x, int from, int to, float[] scratch) {
    if (y.stride() <= UnitBlock.NARROW) {
      NarrowSparse.scatter(w, y, x, from, to);
      return;
    }
    final int[][] rows = w.sources().chunks();
    final int[][] positions = w.positions().chunks();
    final float[][] weights = w.weights().chunks();
    final int stride = y.stride();
    x.clear(from, to);
    for (int column = from; column < to; column++) {
      final long end = w.columnOffset(column + 1);
      int n;
      for (long q = w.columnOffset(column); q < end; q += n) {
        final int chunk = (int) (q >>> IntChunks.SHIFT);
        final int at = (int) q & IntChunks.MASK;
        n = (int) Math.min(Math.min(end - q, scratch.length), IntChunks.LENGTH - at);
        final int[] places = positions[chunk];
        for (int i = 0; i < n; i++) {
          final int place = places[at + i];
          scratch[i] =
              weights[place >>> IntChunks.SHIFT][SparseMatrix.FIRST + (place & IntChunks.MASK)];
        }
        int width;
        for (int lane = 0; lane < stride; lane += width) {
          width = width(stride - lane);
          add(scratch, 0, rows[chunk], at, n, y, lane, width, x.data(), x.offset(column) + lane);
        }
      }
    }
  }

  /// See [Kernels#sparseGradients(SparsePattern, UnitBlock, UnitBlock, long, long, float[])].
  static void gradients(
      SparsePattern pattern, UnitBlock dy, UnitBlock x, long from, long to, float[] out) {
    if (from >= to) {
      return;
    }
    final int stride = x.stride();
    int row = pattern.rowOf(from);
    int n;
    for (long p = from; p < to; p += n) {
      while (p >= pattern.offset(row + 1)) {
        row++;
      }
      final int chunk = (int) (p >>> IntChunks.SHIFT);
      final int at = (int) p & IntChunks.MASK;
      n = (int) Math.min(Math.min(to, pattern.offset(row + 1)) - p, IntChunks.LENGTH - at);
      final int[] units = pattern.indexChunks()[chunk];
      final int outAt = (int) (p - from);
      if (stride <= UnitBlock.NARROW && NarrowSparse.isZero(dy.data(), dy.offset(row), stride)) {
        Arrays.fill(out, outAt, outAt + n, 0f);
      } else if (stride <= UnitBlock.NARROW) {
        NarrowSparse.dots(dy.data(), dy.offset(row), x.data(), stride, units, at, n, out, outAt);
      } else {
        VectorSparseDots.dots(
            dy.data(), dy.offset(row), x.data(), stride, units, at, n, out, outAt);
      }
    }
  }

  /// Examples of the next strip: 8, 4, 2 or 1 vectors, or all lanes of a narrow batch.
  private static int width(int left) {
    return left < LANES ? left : LANES * Math.min(8, Integer.highestOneBit(left / LANES));
  }

  private static void add(
      float[] w,
      int wAt,
      int[] units,
      int uAt,
      int n,
      UnitBlock x,
      int lane,
      int width,
      float[] sums,
      int at) {
    final float[] xs = x.data();
    final int stride = x.stride();
    if (stride <= UnitBlock.NARROW) {
      NarrowSparse.add(w, wAt, units, uAt, n, xs, stride, sums, at);
      return;
    }
    switch (width / LANES) {
      case 8 -> add8(w, wAt, units, uAt, n, xs, stride, lane, sums, at);
      case 4 -> add4(w, wAt, units, uAt, n, xs, stride, lane, sums, at);
      case 2 -> add2(w, wAt, units, uAt, n, xs, stride, lane, sums, at);
      default -> add1(w, wAt, units, uAt, n, xs, stride, lane, sums, at);
    }
  }

  private static void add8(
      float[] w,
      int wAt,
      int[] units,
      int uAt,
      int n,
      float[] x,
      int stride,
      int lane,
      float[] sums,
      int at) {
    FloatVector sum0 = load(sums, at);
    FloatVector sum1 = load(sums, at + LANES);
    FloatVector sum2 = load(sums, at + 2 * LANES);
    FloatVector sum3 = load(sums, at + 3 * LANES);
    FloatVector sum4 = load(sums, at + 4 * LANES);
    FloatVector sum5 = load(sums, at + 5 * LANES);
    FloatVector sum6 = load(sums, at + 6 * LANES);
    FloatVector sum7 = load(sums, at + 7 * LANES);
    for (int i = 0; i < n; i++) {
      final int p = units[uAt + i] * stride + lane;
      FloatVector weight = FloatVector.broadcast(FLOATS, w[wAt + i]);
      sum0 = Simd.fma(weight, load(x, p), sum0);
      sum1 = Simd.fma(weight, load(x, p + LANES), sum1);
      sum2 = Simd.fma(weight, load(x, p + 2 * LANES), sum2);
      sum3 = Simd.fma(weight, load(x, p + 3 * LANES), sum3);
      sum4 = Simd.fma(weight, load(x, p + 4 * LANES), sum4);
      sum5 = Simd.fma(weight, load(x, p + 5 * LANES), sum5);
      sum6 = Simd.fma(weight, load(x, p + 6 * LANES), sum6);
      sum7 = Simd.fma(weight, load(x, p + 7 * LANES), sum7);
    }
    sum0.intoArray(sums, at);
    sum1.intoArray(sums, at + LANES);
    sum2.intoArray(sums, at + 2 * LANES);
    sum3.intoArray(sums, at + 3 * LANES);
    sum4.intoArray(sums, at + 4 * LANES);
    sum5.intoArray(sums, at + 5 * LANES);
    sum6.intoArray(sums, at + 6 * LANES);
    sum7.intoArray(sums, at + 7 * LANES);
  }

  private static void add4(
      float[] w,
      int wAt,
      int[] units,
      int uAt,
      int n,
      float[] x,
      int stride,
      int lane,
      float[] sums,
      int at) {
    FloatVector sum0 = load(sums, at);
    FloatVector sum1 = load(sums, at + LANES);
    FloatVector sum2 = load(sums, at + 2 * LANES);
    FloatVector sum3 = load(sums, at + 3 * LANES);
    for (int i = 0; i < n; i++) {
      final int p = units[uAt + i] * stride + lane;
      FloatVector weight = FloatVector.broadcast(FLOATS, w[wAt + i]);
      sum0 = Simd.fma(weight, load(x, p), sum0);
      sum1 = Simd.fma(weight, load(x, p + LANES), sum1);
      sum2 = Simd.fma(weight, load(x, p + 2 * LANES), sum2);
      sum3 = Simd.fma(weight, load(x, p + 3 * LANES), sum3);
    }
    sum0.intoArray(sums, at);
    sum1.intoArray(sums, at + LANES);
    sum2.intoArray(sums, at + 2 * LANES);
    sum3.intoArray(sums, at + 3 * LANES);
  }

  private static void add2(
      float[] w,
      int wAt,
      int[] units,
      int uAt,
      int n,
      float[] x,
      int stride,
      int lane,
      float[] sums,
      int at) {
    FloatVector sum0 = load(sums, at);
    FloatVector sum1 = load(sums, at + LANES);
    for (int i = 0; i < n; i++) {
      final int p = units[uAt + i] * stride + lane;
      FloatVector weight = FloatVector.broadcast(FLOATS, w[wAt + i]);
      sum0 = Simd.fma(weight, load(x, p), sum0);
      sum1 = Simd.fma(weight, load(x, p + LANES), sum1);
    }
    sum0.intoArray(sums, at);
    sum1.intoArray(sums, at + LANES);
  }

  private static void add1(
      float[] w,
      int wAt,
      int[] units,
      int uAt,
      int n,
      float[] x,
      int stride,
      int lane,
      float[] sums,
      int at) {
    FloatVector sum = load(sums, at);
    for (int i = 0; i < n; i++) {
      FloatVector weight = FloatVector.broadcast(FLOATS, w[wAt + i]);
      sum = Simd.fma(weight, load(x, units[uAt + i] * stride + lane), sum);
    }
    sum.intoArray(sums, at);
  }

  private static FloatVector load(float[] array, int at) {
    return FloatVector.fromArray(FLOATS, array, at);
  }
}
