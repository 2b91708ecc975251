package org.fovea.event;

import java.util.Arrays;

/// Tuples of five ints, numbered as they come; cleared one by one.
///
/// **Threads** confined.
final class TupleSlots {

  private static final int WIDTH = 5;

  private static final int FIRST_BITS = 8;

  /// Pairs: a hash, and one more than the slot, or 0.
  private int[] table = new int[2 << FIRST_BITS];

  private int shift = Integer.SIZE - FIRST_BITS;
  private int[] places = new int[1 << 7];
  private int[] tuples = new int[WIDTH << 7];
  private int size;

  void clear() {
    for (int slot = 0; slot < size; slot++) {
      table[places[slot] + 1] = 0;
    }
    size = 0;
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
    if (4 * (size + 1) > table.length) {
      grow();
    }
    int hash = hash(a, b, c, d, e);
    int at = 2 * (hash >>> shift);
    for (; table[at + 1] > 0; at = (at + 2) & (table.length - 1)) {
      if (table[at] == hash && is(table[at + 1] - 1, a, b, c, d, e)) {
        return table[at + 1] - 1;
      }
    }
    if (WIDTH * (size + 1) > tuples.length) {
      tuples = Arrays.copyOf(tuples, 2 * tuples.length);
      places = Arrays.copyOf(places, 2 * places.length);
    }
    int t = WIDTH * size;
    tuples[t] = a;
    tuples[t + 1] = b;
    tuples[t + 2] = c;
    tuples[t + 3] = d;
    tuples[t + 4] = e;
    table[at] = hash;
    table[at + 1] = size + 1;
    places[size] = at;
    return size++;
  }

  /// Slot of a tuple, or -1.
  int find(int a, int b, int c, int d, int e) {
    int hash = hash(a, b, c, d, e);
    int at = 2 * (hash >>> shift);
    for (; table[at + 1] > 0; at = (at + 2) & (table.length - 1)) {
      if (table[at] == hash && is(table[at + 1] - 1, a, b, c, d, e)) {
        return table[at + 1] - 1;
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
    int hash = (((a * 31 + b) * 0x9e3779b9 + c) * 31 + d) * 0x85ebca6b + e;
    return (hash ^ (hash >>> 15)) * 0xc2b2ae35;
  }

  private void grow() {
    int[] old = table;
    table = new int[2 * old.length];
    shift--;
    for (int slot = 0; slot < size; slot++) {
      int hash = old[places[slot]];
      int at = 2 * (hash >>> shift);
      while (table[at + 1] > 0) {
        at = (at + 2) & (table.length - 1);
      }
      table[at] = hash;
      table[at + 1] = slot + 1;
      places[slot] = at;
    }
  }
}
