package org.fovea.kernel;

import static org.fovea.kernel.Simd.FLOATS;
import static org.fovea.kernel.Simd.LANES;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/// What is done to each activation or gradient of a range. Tails go to the readable definition.
final class VectorUnits {

  private static final ScalarKernels SCALAR = new ScalarKernels();

  private VectorUnits() {}

  /// See [Kernels#rectify].
  static void rectify(float[] z, int from, int n, float slope) {
    final int bound = FLOATS.loopBound(n);
    for (int i = from; i < from + bound; i += LANES) {
      FloatVector x = FloatVector.fromArray(FLOATS, z, i);
      x.mul(slope).blend(x, x.compare(VectorOperators.GT, 0f)).intoArray(z, i);
    }
    SCALAR.rectify(z, from + bound, n - bound, slope);
  }

  /// See [Kernels#rectifyGradient].
  static void rectifyGradient(float[] z, int zFrom, float[] g, int gFrom, int n, float slope) {
    final int bound = FLOATS.loopBound(n);
    for (int i = 0; i < bound; i += LANES) {
      VectorMask<Float> positive =
          FloatVector.fromArray(FLOATS, z, zFrom + i).compare(VectorOperators.GT, 0f);
      FloatVector x = FloatVector.fromArray(FLOATS, g, gFrom + i);
      x.mul(slope).blend(x, positive).intoArray(g, gFrom + i);
    }
    SCALAR.rectifyGradient(z, zFrom + bound, g, gFrom + bound, n - bound, slope);
  }

  /// See [Kernels#keep].
  static void keep(float[] x, int from, int n, long[] bits, int bitsFrom, float scale) {
    final int bound = FLOATS.loopBound(n);
    final FloatVector zero = FloatVector.zero(FLOATS);
    for (int i = 0; i < bound; i += LANES) {
      VectorMask<Float> kept = VectorMask.fromLong(FLOATS, bits[bitsFrom + (i >>> 6)] >>> (i & 63));
      FloatVector values = FloatVector.fromArray(FLOATS, x, from + i).mul(scale);
      zero.blend(values, kept).intoArray(x, from + i);
    }
    for (int i = bound; i < n; i++) {
      boolean kept = (bits[bitsFrom + (i >>> 6)] >>> i & 1) != 0;
      x[from + i] = kept ? x[from + i] * scale : 0f;
    }
  }
}
