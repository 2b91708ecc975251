package org.fovea.kernel;

import static jdk.incubator.vector.FloatVector.fromArray;
import static org.fovea.kernel.Simd.FLOATS;
import static org.fovea.kernel.Simd.LANES;

import jdk.incubator.vector.FloatVector;

/// Sums of scattered units' activations, each with a weight: a strip of up to eight vectors of
/// examples stays in registers while all units are added to it.
final class VectorSparseSums {

  private VectorSparseSums() {}

  /// `sums[at + e] += sum over i < n of w[wAt + i] * x[units[uAt + i], lane + e]` for the examples
  /// `e < width` of a strip: 8, 4, 2 or 1 vectors, or all lanes of a narrow batch.
  static void add(
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
      NarrowSparse.add(w, wAt, units, uAt, n, xs, x.offset(0), stride, sums, at);
      return;
    }
    final int first = x.offset(0) + lane;
    switch (width / LANES) {
      case 8 -> add8(w, wAt, units, uAt, n, xs, stride, first, sums, at);
      case 4 -> add4(w, wAt, units, uAt, n, xs, stride, first, sums, at);
      case 2 -> add2(w, wAt, units, uAt, n, xs, stride, first, sums, at);
      default -> add1(w, wAt, units, uAt, n, xs, stride, first, sums, at);
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
      int first,
      float[] sums,
      int at) {
    FloatVector sum0 = fromArray(FLOATS, sums, at);
    FloatVector sum1 = fromArray(FLOATS, sums, at + LANES);
    FloatVector sum2 = fromArray(FLOATS, sums, at + 2 * LANES);
    FloatVector sum3 = fromArray(FLOATS, sums, at + 3 * LANES);
    FloatVector sum4 = fromArray(FLOATS, sums, at + 4 * LANES);
    FloatVector sum5 = fromArray(FLOATS, sums, at + 5 * LANES);
    FloatVector sum6 = fromArray(FLOATS, sums, at + 6 * LANES);
    FloatVector sum7 = fromArray(FLOATS, sums, at + 7 * LANES);
    for (int i = 0; i < n; i++) {
      final int p = units[uAt + i] * stride + first;
      FloatVector weight = FloatVector.broadcast(FLOATS, w[wAt + i]);
      sum0 = weight.fma(fromArray(FLOATS, x, p), sum0);
      sum1 = weight.fma(fromArray(FLOATS, x, p + LANES), sum1);
      sum2 = weight.fma(fromArray(FLOATS, x, p + 2 * LANES), sum2);
      sum3 = weight.fma(fromArray(FLOATS, x, p + 3 * LANES), sum3);
      sum4 = weight.fma(fromArray(FLOATS, x, p + 4 * LANES), sum4);
      sum5 = weight.fma(fromArray(FLOATS, x, p + 5 * LANES), sum5);
      sum6 = weight.fma(fromArray(FLOATS, x, p + 6 * LANES), sum6);
      sum7 = weight.fma(fromArray(FLOATS, x, p + 7 * LANES), sum7);
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
      int first,
      float[] sums,
      int at) {
    FloatVector sum0 = fromArray(FLOATS, sums, at);
    FloatVector sum1 = fromArray(FLOATS, sums, at + LANES);
    FloatVector sum2 = fromArray(FLOATS, sums, at + 2 * LANES);
    FloatVector sum3 = fromArray(FLOATS, sums, at + 3 * LANES);
    for (int i = 0; i < n; i++) {
      final int p = units[uAt + i] * stride + first;
      FloatVector weight = FloatVector.broadcast(FLOATS, w[wAt + i]);
      sum0 = weight.fma(fromArray(FLOATS, x, p), sum0);
      sum1 = weight.fma(fromArray(FLOATS, x, p + LANES), sum1);
      sum2 = weight.fma(fromArray(FLOATS, x, p + 2 * LANES), sum2);
      sum3 = weight.fma(fromArray(FLOATS, x, p + 3 * LANES), sum3);
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
      int first,
      float[] sums,
      int at) {
    FloatVector sum0 = fromArray(FLOATS, sums, at);
    FloatVector sum1 = fromArray(FLOATS, sums, at + LANES);
    for (int i = 0; i < n; i++) {
      final int p = units[uAt + i] * stride + first;
      FloatVector weight = FloatVector.broadcast(FLOATS, w[wAt + i]);
      sum0 = weight.fma(fromArray(FLOATS, x, p), sum0);
      sum1 = weight.fma(fromArray(FLOATS, x, p + LANES), sum1);
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
      int first,
      float[] sums,
      int at) {
    FloatVector sum = fromArray(FLOATS, sums, at);
    for (int i = 0; i < n; i++) {
      FloatVector weight = FloatVector.broadcast(FLOATS, w[wAt + i]);
      sum = weight.fma(fromArray(FLOATS, x, units[uAt + i] * stride + first), sum);
    }
    sum.intoArray(sums, at);
  }
}
