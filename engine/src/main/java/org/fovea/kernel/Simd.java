package org.fovea.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/// The vector species of this process and the operations that are slow on some processors.
///
/// `-Dfovea.vectorBits=128|256|512` chooses another width than the preferred one.
final class Simd {

  /// Floats of the chosen width.
  static final VectorSpecies<Float> FLOATS = chosen();

  /// Number of floats in a vector.
  static final int LANES = FLOATS.length();

  private Simd() {}

  private static VectorSpecies<Float> chosen() {
    int bits = Integer.getInteger("fovea.vectorBits", 0);
    return bits == 0
        ? FloatVector.SPECIES_PREFERRED
        : VectorSpecies.of(float.class, VectorShape.forBitSize(bits));
  }
}
