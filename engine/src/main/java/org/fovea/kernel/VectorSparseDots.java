package org.fovea.kernel;

import static jdk.incubator.vector.FloatVector.fromArray;
import static org.fovea.kernel.Simd.FLOATS;
import static org.fovea.kernel.Simd.LANES;

import jdk.incubator.vector.FloatVector;

/// Dot products of one unit's gradients with the activations of scattered units.
///
/// Four units at a time share each load of the gradients and the additions across lanes
/// ([Simd#sums]); the last up to three go alone, with the same bits.
final class VectorSparseDots {

  private VectorSparseDots() {}

  /// `out[outAt + i] = d[dAt, dAt + stride) . x[units[uAt + i]]` for `i < n`; the stride is a
  /// multiple of the lanes.
  static void dots(
      float[] d,
      int dAt,
      float[] x,
      int xAt,
      int stride,
      int[] units,
      int uAt,
      int n,
      float[] out,
      int outAt) {
    int i = 0;
    for (; i <= n - 4; i += 4) {
      final int p0 = xAt + units[uAt + i] * stride;
      final int p1 = xAt + units[uAt + i + 1] * stride;
      final int p2 = xAt + units[uAt + i + 2] * stride;
      final int p3 = xAt + units[uAt + i + 3] * stride;
      FloatVector sum0 = FloatVector.zero(FLOATS);
      FloatVector sum1 = sum0;
      FloatVector sum2 = sum0;
      FloatVector sum3 = sum0;
      for (int lane = 0; lane < stride; lane += LANES) {
        FloatVector factor = fromArray(FLOATS, d, dAt + lane);
        sum0 = factor.fma(fromArray(FLOATS, x, p0 + lane), sum0);
        sum1 = factor.fma(fromArray(FLOATS, x, p1 + lane), sum1);
        sum2 = factor.fma(fromArray(FLOATS, x, p2 + lane), sum2);
        sum3 = factor.fma(fromArray(FLOATS, x, p3 + lane), sum3);
      }
      FloatVector sums = Simd.sums(sum0, sum1, sum2, sum3);
      out[outAt + i] = sums.lane(0);
      out[outAt + i + 1] = sums.lane(LANES / 2);
      out[outAt + i + 2] = sums.lane(LANES / 4);
      out[outAt + i + 3] = sums.lane(LANES / 4 * 3);
    }
    for (; i < n; i++) {
      final int p = xAt + units[uAt + i] * stride;
      FloatVector sum = FloatVector.zero(FLOATS);
      for (int lane = 0; lane < stride; lane += LANES) {
        sum = fromArray(FLOATS, d, dAt + lane).fma(fromArray(FLOATS, x, p + lane), sum);
      }
      out[outAt + i] = Simd.sum(sum);
    }
  }
}
