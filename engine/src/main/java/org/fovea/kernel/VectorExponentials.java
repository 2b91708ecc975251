package org.fovea.kernel;

import static org.fovea.kernel.Simd.FLOATS;
import static org.fovea.kernel.Simd.LANES;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
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
final class VectorExponentials {

  /// `log 2^-100`: below it an exponential counts as zero, as [Subnormals] says.
  private static final float LOWEST = -69.31472f;

  /// Adding this rounds to an integer and leaves the integer in the low bits.
  private static final float ROUND = 0x1.8p23f;

  private static final float LOG2_E = 0x1.715476p0f;

  /// `ln 2 = HIGH + LOW`; `HIGH` has 15 bits, so that its products with exponents are exact.
  private static final float LN2_HIGH = 0x1.62e4p-1f;

  private static final float LN2_LOW = 0x1.7f7d1cp-20f;

  /// Vectors whose softplus is summed in float before the sum goes to double.
  private static final int SOFTPLUS_VECTORS = 8;

  private VectorExponentials() {}

  /// See [Kernels#softmaxColumns].
  static void softmaxColumns(Block z, float[] logSum, int from, int to) {
    final float[] data = z.data();
    final int stride = z.stride();
    final int end = z.rows() * stride;
    for (int e = from; e < to; e += LANES) {
      FloatVector max = FloatVector.broadcast(FLOATS, Float.NEGATIVE_INFINITY);
      for (int p = e; p < end; p += stride) {
        max = greater(max, FloatVector.fromArray(FLOATS, data, p));
      }
      FloatVector sum = FloatVector.zero(FLOATS);
      for (int p = e; p < end; p += stride) {
        FloatVector power = exp(FloatVector.fromArray(FLOATS, data, p).sub(max));
        power.intoArray(data, p);
        sum = sum.add(power);
      }
      FloatVector scale = FloatVector.broadcast(FLOATS, 1f).div(sum);
      for (int p = e; p < end; p += stride) {
        Simd.flush(FloatVector.fromArray(FLOATS, data, p).mul(scale)).intoArray(data, p);
      }
      sum.intoArray(logSum, e);
      for (int lane = e; lane < e + LANES; lane++) {
        logSum[lane] = (float) Math.log(logSum[lane]);
      }
      FloatVector.fromArray(FLOATS, logSum, e).add(max).intoArray(logSum, e);
    }
  }

  /// See [Kernels#softmax].
  static float softmax(float[] z, int from, int to) {
    final float max = max(z, from, to);
    final int bound = from + FLOATS.loopBound(to - from);
    FloatVector sums = FloatVector.zero(FLOATS);
    for (int i = from; i < bound; i += LANES) {
      FloatVector power = exp(FloatVector.fromArray(FLOATS, z, i).sub(max));
      power.intoArray(z, i);
      sums = sums.add(power);
    }
    if (bound < to) {
      VectorMask<Float> tail = Simd.first(to - bound);
      FloatVector power = exp(tail(z, bound, tail).sub(max));
      power.intoArray(z, bound, tail);
      sums = sums.add(power, tail);
    }
    float sum = Simd.sum(sums);
    float scale = 1f / sum;
    for (int i = from; i < bound; i += LANES) {
      Simd.flush(FloatVector.fromArray(FLOATS, z, i).mul(scale)).intoArray(z, i);
    }
    for (int i = bound; i < to; i++) {
      z[i] = Subnormals.flush(z[i] * scale);
    }
    return max + (float) Math.log(sum);
  }

  /// The greatest of `z[from, to)` that is a number; negative infinity if there is none.
  private static float max(float[] z, int from, int to) {
    final int bound = from + FLOATS.loopBound(to - from);
    FloatVector max = FloatVector.broadcast(FLOATS, Float.NEGATIVE_INFINITY);
    for (int i = from; i < bound; i += LANES) {
      max = greater(max, FloatVector.fromArray(FLOATS, z, i));
    }
    float greatest = max.reduceLanes(VectorOperators.MAX);
    for (int i = bound; i < to; i++) {
      greatest = z[i] > greatest ? z[i] : greatest;
    }
    return greatest;
  }

  /// See [Kernels#sigmoid].
  static double sigmoid(float[] z, int from, int to) {
    final int bound = from + FLOATS.loopBound(to - from);
    double softplus = 0;
    int i = from;
    while (i < bound) {
      final int stop = Math.min(bound, i + SOFTPLUS_VECTORS * LANES);
      FloatVector sum = FloatVector.zero(FLOATS);
      for (; i < stop; i += LANES) {
        FloatVector x = FloatVector.fromArray(FLOATS, z, i);
        FloatVector decay = exp(negativeAbsolute(x));
        sum = sum.add(softplus(x, decay));
        logistic(x, decay).intoArray(z, i);
      }
      softplus += Simd.sum(sum);
    }
    if (bound < to) {
      VectorMask<Float> tail = Simd.first(to - bound);
      FloatVector x = tail(z, bound, tail);
      FloatVector decay = exp(negativeAbsolute(x));
      softplus += Simd.sum(softplus(x, decay));
      logistic(x, decay).intoArray(z, bound, tail);
    }
    return softplus;
  }

  /// `exp x` for `x <= 0`; zero below [#LOWEST].
  static FloatVector exp(FloatVector x) {
    FloatVector rounded = Simd.fma(x, FloatVector.broadcast(FLOATS, LOG2_E), constant(ROUND));
    FloatVector n = rounded.sub(ROUND);
    FloatVector r = Simd.fma(n, constant(-LN2_HIGH), x);
    r = Simd.fma(n, constant(-LN2_LOW), r);
    FloatVector p = Simd.fma(constant(0x1.6d11fep-10f), r, constant(0x1.120c62p-7f));
    p = Simd.fma(p, r, constant(0x1.555518p-5f));
    p = Simd.fma(p, r, constant(0x1.5554dcp-3f));
    p = Simd.fma(p, r, constant(0.5f));
    p = Simd.fma(p, r.mul(r), r).add(1f);
    IntVector exponent = rounded.reinterpretAsInts().lanewise(VectorOperators.LSHL, 23);
    FloatVector power = exponent.add(0x3f80_0000).reinterpretAsFloats();
    return p.mul(power).blend(0f, x.compare(VectorOperators.LT, LOWEST));
  }

  /// `log(1 + t)` for `0 <= t <= 1`.
  static FloatVector logOfOnePlus(FloatVector t) {
    FloatVector p = Simd.fma(constant(0x1.6f3782p-9f), t, constant(-0x1.198c0ap-6f));
    p = Simd.fma(p, t, constant(0x1.93f282p-5f));
    p = Simd.fma(p, t, constant(-0x1.7659b4p-4f));
    p = Simd.fma(p, t, constant(0x1.0aec5ep-3f));
    p = Simd.fma(p, t, constant(-0x1.4f2888p-3f));
    p = Simd.fma(p, t, constant(0x1.98b6a0p-3f));
    p = Simd.fma(p, t, constant(-0x1.ffef04p-3f));
    p = Simd.fma(p, t, constant(0x1.555514p-2f));
    p = Simd.fma(p, t, constant(-0.5f));
    return Simd.fma(p, t.mul(t), t);
  }

  /// `log(1 + exp x) = max(x, 0) + log(1 + decay)` with `decay = exp -|x|`.
  private static FloatVector softplus(FloatVector x, FloatVector decay) {
    return logOfOnePlus(decay).add(x.blend(0f, x.compare(VectorOperators.LT, 0f)));
  }

  /// `1 / (1 + exp -x)`, from `decay = exp -|x|`.
  private static FloatVector logistic(FloatVector x, FloatVector decay) {
    FloatVector numerator = constant(1f).blend(decay, x.compare(VectorOperators.LT, 0f));
    return Simd.flush(numerator.div(decay.add(1f)));
  }

  private static FloatVector negativeAbsolute(FloatVector x) {
    return x.abs().neg();
  }

  /// `a` where it is at least `b` or `b` is NaN, else `b`.
  private static FloatVector greater(FloatVector a, FloatVector b) {
    return a.blend(b, b.compare(VectorOperators.GT, a));
  }

  /// The last elements, followed by negative infinities, whose exponentials add nothing.
  private static FloatVector tail(float[] z, int from, VectorMask<Float> tail) {
    return FloatVector.broadcast(FLOATS, Float.NEGATIVE_INFINITY)
        .blend(FloatVector.fromArray(FLOATS, z, from, tail), tail);
  }

  private static FloatVector constant(float value) {
    return FloatVector.broadcast(FLOATS, value);
  }
}
