package org.fovea.planted.network;

import java.util.Random;
import org.fovea.planted.kernel.VectorInnocent;

/// Uses a lower floor and a seeded random source that came in from outside; its name only begins
/// like a bad one.
public final class InnocentUtility {

  private final Random random;

  InnocentUtility(Random random) {
    this.random = random;
  }

  void scale(float[] values, int[] counts) {
    new VectorInnocent().scales(values, counts, random.nextFloat());
  }
}
