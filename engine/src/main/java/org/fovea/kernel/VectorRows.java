package org.fovea.kernel;

import static jdk.incubator.vector.FloatVector.fromArray;
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
    FloatVector sum0 = fromArray(FLOATS, out, at);
    FloatVector sum1 = fromArray(FLOATS, out, at + LANES);
    FloatVector sum2 = fromArray(FLOATS, out, at + 2 * LANES);
    FloatVector sum3 = fromArray(FLOATS, out, at + 3 * LANES);
    FloatVector sum4 = fromArray(FLOATS, out, at + 4 * LANES);
    FloatVector sum5 = fromArray(FLOATS, out, at + 5 * LANES);
    FloatVector sum6 = fromArray(FLOATS, out, at + 6 * LANES);
    FloatVector sum7 = fromArray(FLOATS, out, at + 7 * LANES);
    for (int i = from; i < to; i++) {
      final float[] chunk = chunks[rows[i] >>> shift];
      final int p = start + (rows[i] & mask) * stride;
      FloatVector scale = FloatVector.broadcast(FLOATS, scales[i]);
      sum0 = scale.fma(fromArray(FLOATS, chunk, p), sum0);
      sum1 = scale.fma(fromArray(FLOATS, chunk, p + LANES), sum1);
      sum2 = scale.fma(fromArray(FLOATS, chunk, p + 2 * LANES), sum2);
      sum3 = scale.fma(fromArray(FLOATS, chunk, p + 3 * LANES), sum3);
      sum4 = scale.fma(fromArray(FLOATS, chunk, p + 4 * LANES), sum4);
      sum5 = scale.fma(fromArray(FLOATS, chunk, p + 5 * LANES), sum5);
      sum6 = scale.fma(fromArray(FLOATS, chunk, p + 6 * LANES), sum6);
      sum7 = scale.fma(fromArray(FLOATS, chunk, p + 7 * LANES), sum7);
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
    FloatVector sum0 = fromArray(FLOATS, out, at);
    FloatVector sum1 = fromArray(FLOATS, out, at + LANES);
    FloatVector sum2 = fromArray(FLOATS, out, at + 2 * LANES);
    FloatVector sum3 = fromArray(FLOATS, out, at + 3 * LANES);
    for (int i = from; i < to; i++) {
      final float[] chunk = chunks[rows[i] >>> shift];
      final int p = start + (rows[i] & mask) * stride;
      FloatVector scale = FloatVector.broadcast(FLOATS, scales[i]);
      sum0 = scale.fma(fromArray(FLOATS, chunk, p), sum0);
      sum1 = scale.fma(fromArray(FLOATS, chunk, p + LANES), sum1);
      sum2 = scale.fma(fromArray(FLOATS, chunk, p + 2 * LANES), sum2);
      sum3 = scale.fma(fromArray(FLOATS, chunk, p + 3 * LANES), sum3);
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
        width == LANES ? fromArray(FLOATS, out, at) : fromArray(FLOATS, out, at, Simd.first(width));
    for (int i = from; i < to; i++) {
      FloatVector scale = FloatVector.broadcast(FLOATS, scales[i]);
      final int p = start + (rows[i] & mask) * stride;
      sum = scale.fma(fromArray(FLOATS, chunks[rows[i] >>> shift], p), sum);
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
    FloatVector sum0 = fromArray(FLOATS, out, at);
    FloatVector sum1 = fromArray(FLOATS, out, at + LANES);
    FloatVector sum2 = fromArray(FLOATS, out, at + 2 * LANES);
    FloatVector sum3 = fromArray(FLOATS, out, at + 3 * LANES);
    for (int i = from; i < to; i++) {
      final int p = rows[i] * stride + column;
      FloatVector scale = FloatVector.broadcast(FLOATS, scales[i]);
      sum0 = scale.fma(fromArray(FLOATS, data, p), sum0);
      sum1 = scale.fma(fromArray(FLOATS, data, p + LANES), sum1);
      sum2 = scale.fma(fromArray(FLOATS, data, p + 2 * LANES), sum2);
      sum3 = scale.fma(fromArray(FLOATS, data, p + 3 * LANES), sum3);
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
    FloatVector sum = fromArray(FLOATS, out, at);
    for (int i = from; i < to; i++) {
      FloatVector scale = FloatVector.broadcast(FLOATS, scales[i]);
      sum = scale.fma(fromArray(FLOATS, data, rows[i] * stride + column), sum);
    }
    sum.intoArray(out, at);
  }

  /// See [Kernels#dotRows]: four rows at a time share each load of `x`. Where fewer are left, the
  /// last is computed again: code of its own for them would be compiled too rarely to become fast.
  static void dotRows(
      RowMatrix matrix, int[] rows, int from, int to, float[] x, int xFrom, float[] out) {
    if (matrix.columns() < Block.PADDING) {
      SCALAR.dotRows(matrix, rows, from, to, x, xFrom, out);
      return;
    }
    final int stride = matrix.stride();
    final int last = to - 1;
    for (int i = from; i < to; i += 4) {
      final int i1 = Math.min(i + 1, last);
      final int i2 = Math.min(i + 2, last);
      final int i3 = Math.min(i + 3, last);
      final float[] chunk0 = matrix.chunk(rows[i]);
      final float[] chunk1 = matrix.chunk(rows[i1]);
      final float[] chunk2 = matrix.chunk(rows[i2]);
      final float[] chunk3 = matrix.chunk(rows[i3]);
      final int p0 = matrix.offset(rows[i]);
      final int p1 = matrix.offset(rows[i1]);
      final int p2 = matrix.offset(rows[i2]);
      final int p3 = matrix.offset(rows[i3]);
      FloatVector sum0 = FloatVector.zero(FLOATS);
      FloatVector sum1 = sum0;
      FloatVector sum2 = sum0;
      FloatVector sum3 = sum0;
      for (int u = 0; u < stride; u += LANES) {
        FloatVector factor = fromArray(FLOATS, x, xFrom + u);
        sum0 = fromArray(FLOATS, chunk0, p0 + u).fma(factor, sum0);
        sum1 = fromArray(FLOATS, chunk1, p1 + u).fma(factor, sum1);
        sum2 = fromArray(FLOATS, chunk2, p2 + u).fma(factor, sum2);
        sum3 = fromArray(FLOATS, chunk3, p3 + u).fma(factor, sum3);
      }
      out[i] = Simd.sum(sum0);
      out[i1] = Simd.sum(sum1);
      out[i2] = Simd.sum(sum2);
      out[i3] = Simd.sum(sum3);
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
}
