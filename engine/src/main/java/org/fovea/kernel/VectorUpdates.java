package org.fovea.kernel;

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
      store(w, wFrom + i, Simd.fma(step, load(g, gFrom + i), load(w, wFrom + i)));
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
      FloatVector gradient = load(g, gFrom + i);
      FloatVector moment = Simd.flush(Simd.fma(decays, load(m, p), gradient));
      moment.intoArray(m, p);
      FloatVector direction = nesterov ? Simd.fma(decays, moment, gradient) : moment;
      store(w, p, Simd.fma(step, direction, load(w, p)));
    }
    SCALAR.momentum(w, m, wFrom + bound, g, gFrom + bound, n - bound, rate, decay, nesterov);
  }

  /// See [Kernels#adagrad].
  static void adagrad(
      float[] w, float[] s, int wFrom, float[] g, int gFrom, int n, float rate, float epsilon) {
    final int bound = FLOATS.loopBound(n);
    for (int i = 0; i < bound; i += LANES) {
      final int p = wFrom + i;
      FloatVector gradient = load(g, gFrom + i);
      FloatVector squares = Simd.flush(Simd.fma(gradient, gradient, load(s, p)));
      squares.intoArray(s, p);
      FloatVector step = gradient.mul(rate).div(squares.sqrt().add(epsilon));
      store(w, p, load(w, p).sub(step));
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
      FloatVector gradient = load(g, gFrom + i);
      FloatVector mean = load(m, p);
      mean = Simd.flush(Simd.fma(part1, gradient.sub(mean), mean));
      mean.intoArray(m, p);
      FloatVector square = load(v, p);
      square = Simd.flush(Simd.fma(part2, Simd.fma(gradient, gradient, square.neg()), square));
      square.intoArray(v, p);
      store(w, p, load(w, p).sub(mean.mul(rate).div(square.sqrt().add(epsilon))));
    }
    SCALAR.adam(w, m, v, wFrom + bound, g, gFrom + bound, n - bound, rate, beta1, beta2, epsilon);
  }

  private static FloatVector load(float[] array, int at) {
    return FloatVector.fromArray(FLOATS, array, at);
  }

  private static void store(float[] w, int at, FloatVector weights) {
    Simd.flush(weights).intoArray(w, at);
  }
}
