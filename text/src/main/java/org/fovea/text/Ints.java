package org.fovea.text;

import java.util.Arrays;

/// A growing list of ints. **Threads** confined.
final class Ints {

  int[] values = new int[16];
  int size;

  void add(int value) {
    if (size == values.length) {
      values = grown(values, size + 1);
    }
    values[size++] = value;
  }

  /// A copy that has room for more.
  static int[] grown(int[] values, int needed) {
    long more = Math.min(Integer.MAX_VALUE - 8L, needed + (needed >> 1) + 16L);
    return Arrays.copyOf(values, (int) more);
  }

  int[] toArray() {
    return Arrays.copyOf(values, size);
  }
}
