package org.fovea.bench.suite;

/// A set of numbers in one array.
///
/// **Threads** confined. **Cost** 16 bytes a number.
final class LongSet {

  private final long[] slots;
  private boolean hasZero;

  /// @param most numbers that are added
  LongSet(int most) {
    slots = new long[Math.max(16, 2 * most)];
  }

  /// @return whether the number is new
  boolean add(long number) {
    if (number == 0) {
      boolean isNew = !hasZero;
      hasZero = true;
      return isNew;
    }
    int at = home(number);
    while (slots[at] != 0) {
      if (slots[at] == number) {
        return false;
      }
      at = at + 1 == slots.length ? 0 : at + 1;
    }
    slots[at] = number;
    return true;
  }

  boolean contains(long number) {
    if (number == 0) {
      return hasZero;
    }
    for (int at = home(number); slots[at] != 0; at = at + 1 == slots.length ? 0 : at + 1) {
      if (slots[at] == number) {
        return true;
      }
    }
    return false;
  }

  private int home(long number) {
    return (int) ((((number * 0x9e3779b97f4a7c15L) >>> 32) * slots.length) >>> 32);
  }
}
