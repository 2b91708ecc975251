package org.fovea.planted.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/// Calls, outside `Simd`, everything that is slow on some processor.
final class Gathering {

  FloatVector multiplyAdds(FloatVector a, FloatVector b, FloatVector c) {
    return a.fma(b, c);
  }

  float multipliesAndAddsScalars(float a, float b, float c) {
    return Math.fma(a, b, c);
  }

  FloatVector multiplyAddsByOperator(FloatVector a, FloatVector b, FloatVector c) {
    return a.lanewise(VectorOperators.FMA, b, c);
  }

  FloatVector compresses(FloatVector a, VectorMask<Float> mask) {
    return a.compress(mask);
  }

  FloatVector expands(FloatVector a, VectorMask<Float> mask) {
    return a.expand(mask);
  }

  FloatVector gathers(float[] from, int[] indices) {
    return FloatVector.fromArray(FloatVector.SPECIES_128, from, 0, indices, 0);
  }

  void scatters(FloatVector a, float[] into, int[] indices) {
    a.intoArray(into, 0, indices, 0);
  }

  VectorMask<Integer> castsMask(VectorMask<Float> mask) {
    return mask.cast(IntVector.SPECIES_128);
  }
}
