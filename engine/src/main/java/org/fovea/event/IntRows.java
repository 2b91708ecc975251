package org.fovea.event;

import java.util.Arrays;

/// A growing list of ints. **Threads** confined.
final class IntRows {

  int[] values = new int[16];
  int size;

  /// Appends and returns the index of what was appended.
  int add(int value) {
    if (size == values.length) {
      values =
          Arrays.copyOf(values, (int) Math.min(Integer.MAX_VALUE - 8L, size + (size >> 1) + 16L));
    }
    values[size] = value;
    return size++;
  }

  int get(int index) {
    return values[index];
  }

  void set(int index, int value) {
    values[index] = value;
  }

  int[] toArray() {
    return Arrays.copyOf(values, size);
  }
}
