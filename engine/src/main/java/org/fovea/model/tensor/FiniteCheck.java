package org.fovea.model.tensor;

/// Finds floats that are infinite or not a number.
final class FiniteCheck {

  private static final int INFINITY = 0x7f80_0000;

  private FiniteCheck() {}

  /// Position of the first value that is not finite, or -1.
  ///
  /// **Cost** one pass over the bits without branches; the place is searched only when there is
  /// one.
  static int firstNotFinite(float[] values, int offset, int count) {
    int largest = 0;
    for (int index = offset; index < offset + count; index++) {
      largest = Math.max(largest, Float.floatToRawIntBits(values[index]) & 0x7fff_ffff);
    }
    if (largest < INFINITY) {
      return -1;
    }
    int index = offset;
    while (Float.isFinite(values[index])) {
      index++;
    }
    return index;
  }
}
