package org.fovea.kernel;

import static org.fovea.kernel.Simd.FLOATS;
import static org.fovea.kernel.Simd.LANES;

import jdk.incubator.vector.FloatVector;

/// Sums over scattered rows of a [RowMatrix] or [Block].
///
/// Rows of a matrix that are shorter than [Block#PADDING] have no padding and go to the readable
/// definition; longer ones are padded with zeros, so that only `out` of [#addRows] has a tail.
final class VectorRows {

  private static final ScalarKernels SCALAR = new ScalarKernels();

  private VectorRows() {}

  /// See [Kernels#addRows]: a strip of `out` stays in registers while every row adds to it.
  static void addRows(
      RowMatrix matrix, int[] rows, float[] scales, int from, int to, float[] out, int outFrom) {
    final int columns = matrix.columns();
    if (columns < Block.PADDING) {
      SCALAR.addRows(matrix, rows, scales, from, to, out, outFrom);
      return;
    }
    int column = 0;
    for (; column <= columns - 8 * LANES; column += 8 * LANES) {
      add8(matrix, rows, scales, from, to, out, outFrom + column, column);
    }
    for (; column <= columns - 4 * LANES; column += 4 * LANES) {
      add4(matrix, rows, scales, from, to, out, outFrom + column, column);
    }
    for (; column < columns; column += LANES) {
      int width = Math.min(LANES, columns - column);
      add1(matrix, rows, scales, from, to, out, outFrom + column, column, width);
    }
  }

  private static void add8(
      RowMatrix matrix,
      int[] rows,
      float[] scales,
      int from,
      int to,
      float[] out,
      int at,
      int column) {
    final float[][] chunks = matrix.chunks();
    final int shift = matrix.shift();
    final int mask = (1 << shift) - 1;
    final int stride = matrix.stride();
    final int start = matrix.first() + column;
    FloatVector sum0 = load(out, at);
    FloatVector sum1 = load(out, at + LANES);
    FloatVector sum2 = load(out, at + 2 * LANES);
    FloatVector sum3 = load(out, at + 3 * LANES);
    FloatVector sum4 = load(out, at + 4 * LANES);
    FloatVector sum5 = load(out, at + 5 * LANES);
    FloatVector sum6 = load(out, at + 6 * LANES);
    FloatVector sum7 = load(out, at + 7 * LANES);
    for (int i = from; i < to; i++) {
      final float[] chunk = chunks[rows[i] >>> shift];
      final int p = start + (rows[i] & mask) * stride;
      FloatVector scale = FloatVector.broadcast(FLOATS, scales[i]);
      sum0 = Simd.fma(scale, load(chunk, p), sum0);
      sum1 = Simd.fma(scale, load(chunk, p + LANES), sum1);
      sum2 = Simd.fma(scale, load(chunk, p + 2 * LANES), sum2);
      sum3 = Simd.fma(scale, load(chunk, p + 3 * LANES), sum3);
      sum4 = Simd.fma(scale, load(chunk, p + 4 * LANES), sum4);
      sum5 = Simd.fma(scale, load(chunk, p + 5 * LANES), sum5);
      sum6 = Simd.fma(scale, load(chunk, p + 6 * LANES), sum6);
      sum7 = Simd.fma(scale, load(chunk, p + 7 * LANES), sum7);
    }
    sum0.intoArray(out, at);
    sum1.intoArray(out, at + LANES);
    sum2.intoArray(out, at + 2 * LANES);
    sum3.intoArray(out, at + 3 * LANES);
    sum4.intoArray(out, at + 4 * LANES);
    sum5.intoArray(out, at + 5 * LANES);
    sum6.intoArray(out, at + 6 * LANES);
    sum7.intoArray(out, at + 7 * LANES);
  }

  private static void add4(
      RowMatrix matrix,
      int[] rows,
      float[] scales,
      int from,
      int to,
      float[] out,
      int at,
      int column) {
    final float[][] chunks = matrix.chunks();
    final int shift = matrix.shift();
    final int mask = (1 << shift) - 1;
    final int stride = matrix.stride();
    final int start = matrix.first() + column;
    FloatVector sum0 = load(out, at);
    FloatVector sum1 = load(out, at + LANES);
    FloatVector sum2 = load(out, at + 2 * LANES);
    FloatVector sum3 = load(out, at + 3 * LANES);
    for (int i = from; i < to; i++) {
      final float[] chunk = chunks[rows[i] >>> shift];
      final int p = start + (rows[i] & mask) * stride;
      FloatVector scale = FloatVector.broadcast(FLOATS, scales[i]);
      sum0 = Simd.fma(scale, load(chunk, p), sum0);
      sum1 = Simd.fma(scale, load(chunk, p + LANES), sum1);
      sum2 = Simd.fma(scale, load(chunk, p + 2 * LANES), sum2);
      sum3 = Simd.fma(scale, load(chunk, p + 3 * LANES), sum3);
    }
    sum0.intoArray(out, at);
    sum1.intoArray(out, at + LANES);
    sum2.intoArray(out, at + 2 * LANES);
    sum3.intoArray(out, at + 3 * LANES);
  }

  /// The last columns: reads the padding of the rows, but writes only `width` floats of `out`.
  private static void add1(
      RowMatrix matrix,
      int[] rows,
      float[] scales,
      int from,
      int to,
      float[] out,
      int at,
      int column,
      int width) {
    final float[][] chunks = matrix.chunks();
    final int shift = matrix.shift();
    final int mask = (1 << shift) - 1;
    final int stride = matrix.stride();
    final int start = matrix.first() + column;
    FloatVector sum =
        width == LANES ? load(out, at) : FloatVector.fromArray(FLOATS, out, at, Simd.first(width));
    for (int i = from; i < to; i++) {
      FloatVector scale = FloatVector.broadcast(FLOATS, scales[i]);
      final int p = start + (rows[i] & mask) * stride;
      sum = Simd.fma(scale, load(chunks[rows[i] >>> shift], p), sum);
    }
    if (width == LANES) {
      sum.intoArray(out, at);
    } else {
      sum.intoArray(out, at, Simd.first(width));
    }
  }

  /// See [Kernels#addRows(Block, int[], float[], int, int, float[], int)]: rows have no tails.
  static void addRows(
      Block block, int[] rows, float[] scales, int from, int to, float[] out, int outFrom) {
    final int stride = block.stride();
    int column = 0;
    for (; column <= stride - 4 * LANES; column += 4 * LANES) {
      add4(block, rows, scales, from, to, out, outFrom + column, column);
    }
    for (; column < stride; column += LANES) {
      add1(block, rows, scales, from, to, out, outFrom + column, column);
    }
  }

  private static void add4(
      Block block, int[] rows, float[] scales, int from, int to, float[] out, int at, int column) {
    final float[] data = block.data();
    final int stride = block.stride();
    FloatVector sum0 = load(out, at);
    FloatVector sum1 = load(out, at + LANES);
    FloatVector sum2 = load(out, at + 2 * LANES);
    FloatVector sum3 = load(out, at + 3 * LANES);
    for (int i = from; i < to; i++) {
      final int p = rows[i] * stride + column;
      FloatVector scale = FloatVector.broadcast(FLOATS, scales[i]);
      sum0 = Simd.fma(scale, load(data, p), sum0);
      sum1 = Simd.fma(scale, load(data, p + LANES), sum1);
      sum2 = Simd.fma(scale, load(data, p + 2 * LANES), sum2);
      sum3 = Simd.fma(scale, load(data, p + 3 * LANES), sum3);
    }
    sum0.intoArray(out, at);
    sum1.intoArray(out, at + LANES);
    sum2.intoArray(out, at + 2 * LANES);
    sum3.intoArray(out, at + 3 * LANES);
  }

  private static void add1(
      Block block, int[] rows, float[] scales, int from, int to, float[] out, int at, int column) {
    final float[] data = block.data();
    final int stride = block.stride();
    FloatVector sum = load(out, at);
    for (int i = from; i < to; i++) {
      FloatVector scale = FloatVector.broadcast(FLOATS, scales[i]);
      sum = Simd.fma(scale, load(data, rows[i] * stride + column), sum);
    }
    sum.intoArray(out, at);
  }

  /// See [Kernels#dotRows]: four rows at a time share each load of `x`.
  static void dotRows(
      RowMatrix matrix, int[] rows, int from, int to, float[] x, int xFrom, float[] out) {
    if (matrix.columns() < Block.PADDING) {
      SCALAR.dotRows(matrix, rows, from, to, x, xFrom, out);
      return;
    }
    final int stride = matrix.stride();
    int i = from;
    for (; i <= to - 4; i += 4) {
      final float[] chunk0 = matrix.chunk(rows[i]);
      final float[] chunk1 = matrix.chunk(rows[i + 1]);
      final float[] chunk2 = matrix.chunk(rows[i + 2]);
      final float[] chunk3 = matrix.chunk(rows[i + 3]);
      final int p0 = matrix.offset(rows[i]);
      final int p1 = matrix.offset(rows[i + 1]);
      final int p2 = matrix.offset(rows[i + 2]);
      final int p3 = matrix.offset(rows[i + 3]);
      FloatVector sum0 = FloatVector.zero(FLOATS);
      FloatVector sum1 = sum0;
      FloatVector sum2 = sum0;
      FloatVector sum3 = sum0;
      for (int u = 0; u < stride; u += LANES) {
        FloatVector factor = load(x, xFrom + u);
        sum0 = Simd.fma(load(chunk0, p0 + u), factor, sum0);
        sum1 = Simd.fma(load(chunk1, p1 + u), factor, sum1);
        sum2 = Simd.fma(load(chunk2, p2 + u), factor, sum2);
        sum3 = Simd.fma(load(chunk3, p3 + u), factor, sum3);
      }
      out[i] = Simd.sum(sum0);
      out[i + 1] = Simd.sum(sum1);
      out[i + 2] = Simd.sum(sum2);
      out[i + 3] = Simd.sum(sum3);
    }
    for (; i < to; i++) {
      out[i] = VectorSums.dot(matrix.chunk(rows[i]), matrix.offset(rows[i]), x, xFrom, stride);
    }
  }

  /// See [Kernels#dotRowsSparse]: four scalar sums, because a gather of 16 floats takes as long as
  /// 16 loads (`docs/kernels.md`).
  static void dotRowsSparse(
      RowMatrix matrix,
      int[] rows,
      int from,
      int to,
      int[] indices,
      float[] values,
      int sparseFrom,
      int sparseTo,
      float[] out) {
    for (int i = from; i < to; i++) {
      final float[] chunk = matrix.chunk(rows[i]);
      final int p = matrix.offset(rows[i]);
      float sum0 = 0f;
      float sum1 = 0f;
      float sum2 = 0f;
      float sum3 = 0f;
      int j = sparseFrom;
      for (; j <= sparseTo - 4; j += 4) {
        sum0 += values[j] * chunk[p + indices[j]];
        sum1 += values[j + 1] * chunk[p + indices[j + 1]];
        sum2 += values[j + 2] * chunk[p + indices[j + 2]];
        sum3 += values[j + 3] * chunk[p + indices[j + 3]];
      }
      for (; j < sparseTo; j++) {
        sum0 += values[j] * chunk[p + indices[j]];
      }
      out[i] = (sum0 + sum1) + (sum2 + sum3);
    }
  }

  private static FloatVector load(float[] array, int at) {
    return FloatVector.fromArray(FLOATS, array, at);
  }
}
