package org.fovea.event;

import java.util.Arrays;

/// A hash table from ints to ints of at least 0.
///
/// **Threads** confined while it is filled, then safe. **Cost** 8 bytes per slot; at most three of
/// four slots are in use.
final class IntTable {

  private int[] keys;
  private int[] values;
  private int size;

  IntTable(int expected) {
    int capacity = (int) Math.min(Integer.MAX_VALUE - 8L, expected * 4L / 3 + 2);
    keys = new int[capacity];
    values = new int[capacity];
    Arrays.fill(values, -1);
  }

  /// A copy that can be changed.
  IntTable(IntTable from) {
    keys = from.keys.clone();
    values = from.values.clone();
    size = from.size;
  }

  int size() {
    return size;
  }

  /// Value of a key, or -1.
  int get(int key) {
    final int[] known = keys;
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

  void put(int key, int value) {
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
    IntTable larger = new IntTable(Math.max(2 * size, 8));
    for (int slot = 0; slot < keys.length; slot++) {
      if (values[slot] >= 0) {
        larger.put(keys[slot], values[slot]);
      }
    }
    keys = larger.keys;
    values = larger.values;
  }

  private static int slot(int key, int capacity) {
    int mixed = key * 0x9e3779b9;
    return (int) (((mixed & 0xffff_ffffL) * capacity) >>> 32);
  }

  long bytes() {
    return 8L * keys.length;
  }
}
