package org.fovea.planted.network;

import jdk.incubator.vector.FloatVector;

/// Has a kernel's name, but lives elsewhere.
public final class VectorThing {

  int lanes() {
    return FloatVector.SPECIES_PREFERRED.length();
  }
}
