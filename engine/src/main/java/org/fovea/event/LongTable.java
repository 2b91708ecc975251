package org.fovea.event;

import java.util.Arrays;

/// A hash table from longs to ints of at least 0.
///
/// **Threads** confined while it is filled, then safe. **Cost** 12 bytes per slot; at most three of
/// four slots are in use.
final class LongTable {

  private long[] keys;
  private int[] values;
  private int size;

  LongTable(int expected) {
    int capacity = (int) Math.min(Integer.MAX_VALUE - 8L, expected * 4L / 3 + 2);
    keys = new long[capacity];
    values = new int[capacity];
    Arrays.fill(values, -1);
  }

  static long key(int high, int low) {
    return ((long) high << 32) | (low & 0xffff_ffffL);
  }

  int size() {
    return size;
  }

  /// Value of a key, or -1.
  int get(long key) {
    final long[] known = keys;
    final int[] found = values;
    int slot = slot(key, known.length);
    while (found[slot] >= 0) {
      if (known[slot] == key) {
        return found[slot];
      }
      slot = slot + 1 == known.length ? 0 : slot + 1;
    }
    return -1;
  }

  void put(long key, int value) {
    if ((size + 1) * 4L > keys.length * 3L) {
      grow();
    }
    int slot = slot(key, keys.length);
    while (values[slot] >= 0) {
      if (keys[slot] == key) {
        values[slot] = value;
        return;
      }
      slot = slot + 1 == keys.length ? 0 : slot + 1;
    }
    keys[slot] = key;
    values[slot] = value;
    size++;
  }

  private void grow() {
    LongTable larger = new LongTable(Math.max(2 * size, 8));
    for (int slot = 0; slot < keys.length; slot++) {
      if (values[slot] >= 0) {
        larger.put(keys[slot], values[slot]);
      }
    }
    keys = larger.keys;
    values = larger.values;
  }

  private static int slot(long key, int capacity) {
    long mixed = key * 0x9e3779b97f4a7c15L;
    mixed = (mixed ^ (mixed >>> 29)) * 0xbf58476d1ce4e5b9L;
    return (int) (((mixed >>> 32) * capacity) >>> 32);
  }

  long bytes() {
    return 12L * keys.length;
  }
}
