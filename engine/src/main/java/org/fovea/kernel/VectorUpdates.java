package org.fovea.kernel;

import static jdk.incubator.vector.FloatVector.fromArray;
import static org.fovea.kernel.Simd.FLOATS;
import static org.fovea.kernel.Simd.LANES;

import jdk.incubator.vector.FloatVector;

/// Optimizer steps on rows of parameters. Tails go to the readable definition.
final class VectorUpdates {

  private static final ScalarKernels SCALAR = new ScalarKernels();

  private VectorUpdates() {}

  /// See [Kernels#descend].
  static void descend(float[] w, int wFrom, float[] g, int gFrom, int n, float rate) {
    final int bound = FLOATS.loopBound(n);
    final FloatVector step = FloatVector.broadcast(FLOATS, -rate);
    for (int i = 0; i < bound; i += LANES) {
      Simd.flush(step.fma(fromArray(FLOATS, g, gFrom + i), fromArray(FLOATS, w, wFrom + i)))
          .intoArray(w, wFrom + i);
    }
    SCALAR.descend(w, wFrom + bound, g, gFrom + bound, n - bound, rate);
  }

  /// See [Kernels#momentum].
  static void momentum(
      float[] w,
      float[] m,
      int wFrom,
      float[] g,
      int gFrom,
      int n,
      float rate,
      float decay,
      boolean nesterov) {
    final int bound = FLOATS.loopBound(n);
    final FloatVector step = FloatVector.broadcast(FLOATS, -rate);
    final FloatVector decays = FloatVector.broadcast(FLOATS, decay);
    for (int i = 0; i < bound; i += LANES) {
      final int p = wFrom + i;
      FloatVector gradient = fromArray(FLOATS, g, gFrom + i);
      FloatVector moment = Simd.flush(decays.fma(fromArray(FLOATS, m, p), gradient));
      moment.intoArray(m, p);
      FloatVector direction = nesterov ? decays.fma(moment, gradient) : moment;
      Simd.flush(step.fma(direction, fromArray(FLOATS, w, p))).intoArray(w, p);
    }
    SCALAR.momentum(w, m, wFrom + bound, g, gFrom + bound, n - bound, rate, decay, nesterov);
  }

  /// See [Kernels#adagrad].
  static void adagrad(
      float[] w, float[] s, int wFrom, float[] g, int gFrom, int n, float rate, float epsilon) {
    final int bound = FLOATS.loopBound(n);
    for (int i = 0; i < bound; i += LANES) {
      final int p = wFrom + i;
      FloatVector gradient = fromArray(FLOATS, g, gFrom + i);
      FloatVector squares = Simd.flush(gradient.fma(gradient, fromArray(FLOATS, s, p)));
      squares.intoArray(s, p);
      FloatVector step = gradient.mul(rate).div(squares.sqrt().add(epsilon));
      Simd.flush(fromArray(FLOATS, w, p).sub(step)).intoArray(w, p);
    }
    SCALAR.adagrad(w, s, wFrom + bound, g, gFrom + bound, n - bound, rate, epsilon);
  }

  /// See [Kernels#adam].
  static void adam(
      float[] w,
      float[] m,
      float[] v,
      int wFrom,
      float[] g,
      int gFrom,
      int n,
      float rate,
      float beta1,
      float beta2,
      float epsilon) {
    final int bound = FLOATS.loopBound(n);
    final FloatVector part1 = FloatVector.broadcast(FLOATS, 1 - beta1);
    final FloatVector part2 = FloatVector.broadcast(FLOATS, 1 - beta2);
    for (int i = 0; i < bound; i += LANES) {
      final int p = wFrom + i;
      FloatVector gradient = fromArray(FLOATS, g, gFrom + i);
      FloatVector mean = fromArray(FLOATS, m, p);
      mean = Simd.flush(part1.fma(gradient.sub(mean), mean));
      mean.intoArray(m, p);
      FloatVector square = fromArray(FLOATS, v, p);
      square = Simd.flush(part2.fma(gradient.fma(gradient, square.neg()), square));
      square.intoArray(v, p);
      Simd.flush(fromArray(FLOATS, w, p).sub(mean.mul(rate).div(square.sqrt().add(epsilon))))
          .intoArray(w, p);
    }
    SCALAR.adam(w, m, v, wFrom + bound, g, gFrom + bound, n - bound, rate, beta1, beta2, epsilon);
  }
}
