package org.fovea.event;

import java.util.Arrays;

/// Tuples of five ints, numbered as they come; cleared by an epoch.
///
/// **Threads** confined.
final class TupleSlots {

  private static final int WIDTH = 5;

  private int[] table = new int[1 << 8];
  private int[] stamps = new int[table.length];
  private int[] tuples = new int[WIDTH << 7];
  private int epoch = 1;
  private int size;

  void clear() {
    size = 0;
    if (++epoch == 0) {
      Arrays.fill(stamps, 0);
      epoch = 1;
    }
  }

  int size() {
    return size;
  }

  /// Element of a tuple, from 0 to 4.
  int element(int slot, int index) {
    return tuples[WIDTH * slot + index];
  }

  /// Slot of a tuple; it is new if it equals the former [#size].
  int add(int a, int b, int c, int d, int e) {
    if (2 * (size + 1) > table.length) {
      grow();
    }
    int mask = table.length - 1;
    int at = hash(a, b, c, d, e) & mask;
    for (; stamps[at] == epoch; at = (at + 1) & mask) {
      if (is(table[at], a, b, c, d, e)) {
        return table[at];
      }
    }
    if (WIDTH * (size + 1) > tuples.length) {
      tuples = Arrays.copyOf(tuples, 2 * tuples.length);
    }
    int t = WIDTH * size;
    tuples[t] = a;
    tuples[t + 1] = b;
    tuples[t + 2] = c;
    tuples[t + 3] = d;
    tuples[t + 4] = e;
    stamps[at] = epoch;
    table[at] = size;
    return size++;
  }

  /// Slot of a tuple, or -1.
  int find(int a, int b, int c, int d, int e) {
    int mask = table.length - 1;
    int at = hash(a, b, c, d, e) & mask;
    for (; size > 0 && stamps[at] == epoch; at = (at + 1) & mask) {
      if (is(table[at], a, b, c, d, e)) {
        return table[at];
      }
    }
    return -1;
  }

  private boolean is(int slot, int a, int b, int c, int d, int e) {
    int t = WIDTH * slot;
    return tuples[t] == a
        && tuples[t + 1] == b
        && tuples[t + 2] == c
        && tuples[t + 3] == d
        && tuples[t + 4] == e;
  }

  private static int hash(int a, int b, int c, int d, int e) {
    int hash = ((((a * 31 + b) * 0x9e3779b9 + c) * 31 + d) * 0x85ebca6b + e) * 0xc2b2ae35;
    return hash ^ (hash >>> 15);
  }

  private void grow() {
    table = new int[2 * table.length];
    stamps = new int[table.length];
    epoch = 1;
    int mask = table.length - 1;
    for (int slot = 0; slot < size; slot++) {
      int t = WIDTH * slot;
      int at = hash(tuples[t], tuples[t + 1], tuples[t + 2], tuples[t + 3], tuples[t + 4]) & mask;
      while (stamps[at] == epoch) {
        at = (at + 1) & mask;
      }
      stamps[at] = epoch;
      table[at] = slot;
    }
  }
}
