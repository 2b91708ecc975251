package org.fovea.kernel;

import static jdk.incubator.vector.FloatVector.fromArray;
import static org.fovea.kernel.Simd.FLOATS;
import static org.fovea.kernel.Simd.LANES;

import jdk.incubator.vector.FloatVector;

/// Numbers of one unit added to scattered units, each time with a weight: a strip of up to eight
/// vectors of examples stays in registers.
final class VectorSparseScatter {

  private VectorSparseScatter() {}

  /// `x[units[i], lane + e] += w[i] * y[at + e]` for the connections `i` in `[begin, end)` of units
  /// before `to`, and the examples `e < width` of a strip: 8, 4, 2 or 1 vectors.
  ///
  /// @param w weights, the first of them at [SparseMatrix#FIRST]
  /// @param units ascending
  /// @return the first connection of a unit from `to` on, or `end`
  static int add(
      float[] w,
      int[] units,
      int begin,
      int end,
      int to,
      float[] y,
      int at,
      UnitBlock x,
      int lane,
      int width) {
    final float[] xs = x.data();
    final int stride = x.stride();
    final int first = x.offset(0) + lane;
    return switch (width / LANES) {
      case 8 -> add8(w, units, begin, end, to, y, at, xs, stride, first);
      case 4 -> add4(w, units, begin, end, to, y, at, xs, stride, first);
      case 2 -> add2(w, units, begin, end, to, y, at, xs, stride, first);
      default -> add1(w, units, begin, end, to, y, at, xs, stride, first);
    };
  }

  private static int add8(
      float[] w,
      int[] units,
      int begin,
      int end,
      int to,
      float[] y,
      int at,
      float[] x,
      int stride,
      int first) {
    FloatVector y0 = fromArray(FLOATS, y, at);
    FloatVector y1 = fromArray(FLOATS, y, at + LANES);
    FloatVector y2 = fromArray(FLOATS, y, at + 2 * LANES);
    FloatVector y3 = fromArray(FLOATS, y, at + 3 * LANES);
    FloatVector y4 = fromArray(FLOATS, y, at + 4 * LANES);
    FloatVector y5 = fromArray(FLOATS, y, at + 5 * LANES);
    FloatVector y6 = fromArray(FLOATS, y, at + 6 * LANES);
    FloatVector y7 = fromArray(FLOATS, y, at + 7 * LANES);
    int i = begin;
    for (; i < end && units[i] < to; i++) {
      final int p = units[i] * stride + first;
      FloatVector weight = FloatVector.broadcast(FLOATS, w[SparseMatrix.FIRST + i]);
      weight.fma(y0, fromArray(FLOATS, x, p)).intoArray(x, p);
      weight.fma(y1, fromArray(FLOATS, x, p + LANES)).intoArray(x, p + LANES);
      weight.fma(y2, fromArray(FLOATS, x, p + 2 * LANES)).intoArray(x, p + 2 * LANES);
      weight.fma(y3, fromArray(FLOATS, x, p + 3 * LANES)).intoArray(x, p + 3 * LANES);
      weight.fma(y4, fromArray(FLOATS, x, p + 4 * LANES)).intoArray(x, p + 4 * LANES);
      weight.fma(y5, fromArray(FLOATS, x, p + 5 * LANES)).intoArray(x, p + 5 * LANES);
      weight.fma(y6, fromArray(FLOATS, x, p + 6 * LANES)).intoArray(x, p + 6 * LANES);
      weight.fma(y7, fromArray(FLOATS, x, p + 7 * LANES)).intoArray(x, p + 7 * LANES);
    }
    return i;
  }

  private static int add4(
      float[] w,
      int[] units,
      int begin,
      int end,
      int to,
      float[] y,
      int at,
      float[] x,
      int stride,
      int first) {
    FloatVector y0 = fromArray(FLOATS, y, at);
    FloatVector y1 = fromArray(FLOATS, y, at + LANES);
    FloatVector y2 = fromArray(FLOATS, y, at + 2 * LANES);
    FloatVector y3 = fromArray(FLOATS, y, at + 3 * LANES);
    int i = begin;
    for (; i < end && units[i] < to; i++) {
      final int p = units[i] * stride + first;
      FloatVector weight = FloatVector.broadcast(FLOATS, w[SparseMatrix.FIRST + i]);
      weight.fma(y0, fromArray(FLOATS, x, p)).intoArray(x, p);
      weight.fma(y1, fromArray(FLOATS, x, p + LANES)).intoArray(x, p + LANES);
      weight.fma(y2, fromArray(FLOATS, x, p + 2 * LANES)).intoArray(x, p + 2 * LANES);
      weight.fma(y3, fromArray(FLOATS, x, p + 3 * LANES)).intoArray(x, p + 3 * LANES);
    }
    return i;
  }

  private static int add2(
      float[] w,
      int[] units,
      int begin,
      int end,
      int to,
      float[] y,
      int at,
      float[] x,
      int stride,
      int first) {
    FloatVector y0 = fromArray(FLOATS, y, at);
    FloatVector y1 = fromArray(FLOATS, y, at + LANES);
    int i = begin;
    for (; i < end && units[i] < to; i++) {
      final int p = units[i] * stride + first;
      FloatVector weight = FloatVector.broadcast(FLOATS, w[SparseMatrix.FIRST + i]);
      weight.fma(y0, fromArray(FLOATS, x, p)).intoArray(x, p);
      weight.fma(y1, fromArray(FLOATS, x, p + LANES)).intoArray(x, p + LANES);
    }
    return i;
  }

  private static int add1(
      float[] w,
      int[] units,
      int begin,
      int end,
      int to,
      float[] y,
      int at,
      float[] x,
      int stride,
      int first) {
    FloatVector y0 = fromArray(FLOATS, y, at);
    int i = begin;
    for (; i < end && units[i] < to; i++) {
      final int p = units[i] * stride + first;
      FloatVector weight = FloatVector.broadcast(FLOATS, w[SparseMatrix.FIRST + i]);
      weight.fma(y0, fromArray(FLOATS, x, p)).intoArray(x, p);
    }
    return i;
  }
}
