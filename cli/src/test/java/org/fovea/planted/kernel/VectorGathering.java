package org.fovea.planted.kernel;

import jdk.incubator.vector.FloatVector;

/// A vector kernel, which may multiply and add, and gathers besides.
final class VectorGathering {

  FloatVector gathersIntoVectors(float[] from, int[] indices) {
    return FloatVector.fromArray(FloatVector.SPECIES_128, from, 0, indices, 0);
  }
}
