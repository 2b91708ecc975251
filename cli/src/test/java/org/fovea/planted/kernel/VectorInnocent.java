package org.fovea.planted.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;

/// Loads, multiplies, adds, stores, and words an error.
public final class VectorInnocent {

  /// Does so.
  public void scales(float[] values, int[] counts, float factor) {
    if (values.length < 4 || counts.length < 4) {
      throw new IllegalArgumentException("expected 4 values, not %d".formatted(values.length));
    }
    IntVector.fromArray(IntVector.SPECIES_128, counts, 0).add(1).intoArray(counts, 0);
    FloatVector some = FloatVector.fromArray(FloatVector.SPECIES_128, values, 0);
    some.mul(factor).fma(some, some).intoArray(values, 0);
  }
}
