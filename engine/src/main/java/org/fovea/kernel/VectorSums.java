package org.fovea.kernel;

import static jdk.incubator.vector.FloatVector.fromArray;
import static org.fovea.kernel.Simd.FLOATS;
import static org.fovea.kernel.Simd.LANES;

import jdk.incubator.vector.FloatVector;

/// Sums over contiguous floats.
///
/// Four accumulators, because a multiply-add takes four cycles and one or two start in each.
final class VectorSums {

  private VectorSums() {}

  /// See [Kernels#dot].
  static float dot(float[] a, int aFrom, float[] b, int bFrom, int n) {
    float sum = 0f;
    int i = 0;
    if (n >= LANES) {
      FloatVector sum0 = FloatVector.zero(FLOATS);
      if (n >= 4 * LANES) {
        final int bound = n - 4 * LANES;
        FloatVector sum1 = sum0;
        FloatVector sum2 = sum0;
        FloatVector sum3 = sum0;
        for (; i <= bound; i += 4 * LANES) {
          final int p = aFrom + i;
          final int q = bFrom + i;
          sum0 = fromArray(FLOATS, a, p).fma(fromArray(FLOATS, b, q), sum0);
          sum1 = fromArray(FLOATS, a, p + LANES).fma(fromArray(FLOATS, b, q + LANES), sum1);
          sum2 = fromArray(FLOATS, a, p + 2 * LANES).fma(fromArray(FLOATS, b, q + 2 * LANES), sum2);
          sum3 = fromArray(FLOATS, a, p + 3 * LANES).fma(fromArray(FLOATS, b, q + 3 * LANES), sum3);
        }
        sum0 = sum0.add(sum1).add(sum2.add(sum3));
      }
      for (; i <= n - LANES; i += LANES) {
        sum0 = fromArray(FLOATS, a, aFrom + i).fma(fromArray(FLOATS, b, bFrom + i), sum0);
      }
      sum = Simd.sum(sum0);
    }
    for (; i < n; i++) {
      sum += a[aFrom + i] * b[bFrom + i];
    }
    return sum;
  }

  /// See [Kernels#addScaled].
  static void addScaled(float scale, float[] x, int xFrom, float[] y, int yFrom, int n) {
    final int bound = FLOATS.loopBound(n);
    final FloatVector scales = FloatVector.broadcast(FLOATS, scale);
    int i = 0;
    for (; i < bound; i += LANES) {
      scales
          .fma(fromArray(FLOATS, x, xFrom + i), fromArray(FLOATS, y, yFrom + i))
          .intoArray(y, yFrom + i);
    }
    for (; i < n; i++) {
      y[yFrom + i] += scale * x[xFrom + i];
    }
  }
}
