package org.fovea.kernel;

import static jdk.incubator.vector.FloatVector.fromArray;
import static org.fovea.kernel.Simd.FLOATS;
import static org.fovea.kernel.Simd.LANES;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/// Softmax and the logistic function, with an exponential and a logarithm made of multiply-adds.
///
/// `exp x = 2^n exp(x - n ln 2)` with `n` the integer nearest to `x / ln 2`: the remainder, at most
/// 0.35, goes through a polynomial of degree 6. `log(1 + t)` for `t` in `[0, 1]` is a polynomial of
/// degree 11 without a term of degree 0, so that small `t` keep their relative precision. Both
/// interpolate at Chebyshev's points with a relative error below 1.1e-8; rounding makes it about
/// one unit in the last place.
///
/// NaN in gives NaN out; a column or range that holds NaN or positive infinity, or nothing but
/// negative infinity, becomes NaN.
///
/// Each pass is a method of its own with at most one exponential, and its constants are vectors
/// made once: C2 counts nodes, and from the 18,000th on it no longer inlines our methods, so that a
/// longer one would box every vector. For the same reason tails are scalar.
final class VectorExponentials {

  private static final FloatVector ONE = constant(1f);
  private static final FloatVector ZERO = constant(0f);

  /// `log 2^-100`: below it an exponential counts as zero, as [Subnormals] says.
  private static final FloatVector LOWEST = constant(-69.31472f);

  /// Adding this rounds to an integer and leaves the integer in the low bits.
  private static final FloatVector ROUND = constant(0x1.8p23f);

  private static final FloatVector LOG2_E = constant(0x1.715476p0f);

  /// `ln 2 = HIGH + LOW`; `HIGH` has 15 bits, so that its products with exponents are exact.
  private static final FloatVector MINUS_LN2_HIGH = constant(-0x1.62e4p-1f);

  private static final FloatVector MINUS_LN2_LOW = constant(-0x1.7f7d1cp-20f);

  /// The bits of 1, where the exponent is added.
  private static final IntVector ONE_BITS = ONE.reinterpretAsInts();

  /// `exp r = 1 + r + r^2 (E2 + E3 r + ...)`.
  private static final FloatVector E2 = constant(0.5f);

  private static final FloatVector E3 = constant(0x1.5554dcp-3f);
  private static final FloatVector E4 = constant(0x1.555518p-5f);
  private static final FloatVector E5 = constant(0x1.120c62p-7f);
  private static final FloatVector E6 = constant(0x1.6d11fep-10f);

  /// `log(1 + t) = t + t^2 (L2 + L3 t + ...)`.
  private static final FloatVector L2 = constant(-0.5f);

  private static final FloatVector L3 = constant(0x1.555514p-2f);
  private static final FloatVector L4 = constant(-0x1.ffef04p-3f);
  private static final FloatVector L5 = constant(0x1.98b6a0p-3f);
  private static final FloatVector L6 = constant(-0x1.4f2888p-3f);
  private static final FloatVector L7 = constant(0x1.0aec5ep-3f);
  private static final FloatVector L8 = constant(-0x1.7659b4p-4f);
  private static final FloatVector L9 = constant(0x1.93f282p-5f);
  private static final FloatVector L10 = constant(-0x1.198c0ap-6f);
  private static final FloatVector L11 = constant(0x1.6f3782p-9f);

  /// Vectors whose softplus is summed in float before the sum goes to double.
  private static final int SOFTPLUS_VECTORS = 8;

  private VectorExponentials() {}

  /// See [Kernels#softmaxColumns].
  static void softmaxColumns(Block z, float[] logSum, int from, int to) {
    for (int e = from; e < to; e += LANES) {
      maxColumns(z, logSum, e);
      softmaxColumns(z, logSum, e);
    }
  }

  /// The greatest number of each of the columns `[e, e + LANES)`.
  private static void maxColumns(Block z, float[] greatest, int e) {
    final float[] data = z.data();
    final int stride = z.stride();
    final int end = z.rows() * stride;
    FloatVector max = constant(Float.NEGATIVE_INFINITY);
    for (int p = e; p < end; p += stride) {
      max = greater(max, fromArray(FLOATS, data, p));
    }
    max.intoArray(greatest, e);
  }

  /// Softmax of the columns `[e, e + LANES)`, whose greatest are in `logSum`.
  private static void softmaxColumns(Block z, float[] logSum, int e) {
    final float[] data = z.data();
    final int stride = z.stride();
    final int end = z.rows() * stride;
    final FloatVector max = fromArray(FLOATS, logSum, e);
    FloatVector sum = FloatVector.zero(FLOATS);
    for (int p = e; p < end; p += stride) {
      FloatVector power = exp(fromArray(FLOATS, data, p).sub(max));
      power.intoArray(data, p);
      sum = sum.add(power);
    }
    final FloatVector scale = ONE.div(sum);
    for (int p = e; p < end; p += stride) {
      Simd.flush(fromArray(FLOATS, data, p).mul(scale)).intoArray(data, p);
    }
    sum.intoArray(logSum, e);
    for (int lane = e; lane < e + LANES; lane++) {
      logSum[lane] = (float) Math.log(logSum[lane]);
    }
    fromArray(FLOATS, logSum, e).add(max).intoArray(logSum, e);
  }

  /// See [Kernels#softmax].
  static float softmax(float[] z, int from, int to) {
    final int bound = from + FLOATS.loopBound(to - from);
    float max = max(z, from, bound);
    for (int i = bound; i < to; i++) {
      max = z[i] > max ? z[i] : max;
    }
    float sum = powers(z, from, bound, max);
    for (int i = bound; i < to; i++) {
      z[i] = (float) Math.exp(z[i] - max);
      sum += z[i];
    }
    final float scale = 1f / sum;
    scale(z, from, bound, scale);
    for (int i = bound; i < to; i++) {
      z[i] = Subnormals.flush(z[i] * scale);
    }
    return max + (float) Math.log(sum);
  }

  /// The greatest of `z[from, bound)` that is a number; negative infinity if there is none.
  private static float max(float[] z, int from, int bound) {
    FloatVector max = constant(Float.NEGATIVE_INFINITY);
    for (int i = from; i < bound; i += LANES) {
      max = greater(max, fromArray(FLOATS, z, i));
    }
    return max.reduceLanes(VectorOperators.MAX);
  }

  /// `z[i] = exp(z[i] - max)`; returns the sum.
  private static float powers(float[] z, int from, int bound, float max) {
    final FloatVector shift = constant(max);
    FloatVector sum = FloatVector.zero(FLOATS);
    for (int i = from; i < bound; i += LANES) {
      FloatVector power = exp(fromArray(FLOATS, z, i).sub(shift));
      power.intoArray(z, i);
      sum = sum.add(power);
    }
    return Simd.sum(sum);
  }

  private static void scale(float[] z, int from, int bound, float scale) {
    final FloatVector scales = constant(scale);
    for (int i = from; i < bound; i += LANES) {
      Simd.flush(fromArray(FLOATS, z, i).mul(scales)).intoArray(z, i);
    }
  }

  /// See [Kernels#sigmoid].
  static double sigmoid(float[] z, int from, int to) {
    final int bound = from + FLOATS.loopBound(to - from);
    double softplus = 0;
    for (int i = from; i < bound; i += SOFTPLUS_VECTORS * LANES) {
      softplus += logistic(z, i, Math.min(bound, i + SOFTPLUS_VECTORS * LANES));
    }
    for (int i = bound; i < to; i++) {
      double decay = Math.exp(-Math.abs((double) z[i]));
      softplus += Math.max(z[i], 0f) + Math.log1p(decay);
      z[i] = Subnormals.flush((float) ((z[i] < 0 ? decay : 1) / (1 + decay)));
    }
    return softplus;
  }

  /// The logistic function of a few vectors; returns the sum of their softplus.
  private static float logistic(float[] z, int from, int bound) {
    FloatVector sum = FloatVector.zero(FLOATS);
    for (int i = from; i < bound; i += LANES) {
      FloatVector x = fromArray(FLOATS, z, i);
      FloatVector decay = exp(x.abs().neg());
      sum = sum.add(softplus(x, decay));
      logistic(x, decay).intoArray(z, i);
    }
    return Simd.sum(sum);
  }

  /// `exp x` for `x <= 0`; zero below [#LOWEST].
  static FloatVector exp(FloatVector x) {
    FloatVector rounded = x.fma(LOG2_E, ROUND);
    FloatVector n = rounded.sub(ROUND);
    FloatVector r = n.fma(MINUS_LN2_LOW, n.fma(MINUS_LN2_HIGH, x));
    FloatVector p = E6.fma(r, E5);
    p = p.fma(r, E4);
    p = p.fma(r, E3);
    p = p.fma(r, E2);
    p = p.fma(r.mul(r), r).add(ONE);
    IntVector exponent = rounded.reinterpretAsInts().lanewise(VectorOperators.LSHL, 23);
    FloatVector power = exponent.add(ONE_BITS).reinterpretAsFloats();
    return p.mul(power).blend(ZERO, x.compare(VectorOperators.LT, LOWEST));
  }

  /// `log(1 + t)` for `0 <= t <= 1`.
  static FloatVector logOfOnePlus(FloatVector t) {
    FloatVector p = L11.fma(t, L10);
    p = p.fma(t, L9);
    p = p.fma(t, L8);
    p = p.fma(t, L7);
    p = p.fma(t, L6);
    p = p.fma(t, L5);
    p = p.fma(t, L4);
    p = p.fma(t, L3);
    p = p.fma(t, L2);
    return p.fma(t.mul(t), t);
  }

  /// `log(1 + exp x) = max(x, 0) + log(1 + decay)` with `decay = exp -|x|`.
  private static FloatVector softplus(FloatVector x, FloatVector decay) {
    return logOfOnePlus(decay).add(x.blend(ZERO, x.compare(VectorOperators.LT, ZERO)));
  }

  /// `1 / (1 + exp -x)`, from `decay = exp -|x|`.
  private static FloatVector logistic(FloatVector x, FloatVector decay) {
    FloatVector numerator = ONE.blend(decay, x.compare(VectorOperators.LT, ZERO));
    return Simd.flush(numerator.div(decay.add(ONE)));
  }

  /// `a` where it is at least `b` or `b` is NaN, else `b`.
  private static FloatVector greater(FloatVector a, FloatVector b) {
    return a.blend(b, b.compare(VectorOperators.GT, a));
  }

  private static FloatVector constant(float value) {
    return FloatVector.broadcast(FLOATS, value);
  }
}
