package org.fovea.event;

/// A hash table from ints to ints of at least 0.
///
/// Keys and values lie side by side, so that a look into a large table costs one cache line.
///
/// **Threads** confined while it is filled, then safe. **Cost** 8 bytes per slot; at most three of
/// four slots are in use.
final class IntTable {

  private static final int WIDTH = 2;
  private static final int MOST_SLOTS = (Integer.MAX_VALUE - 8) / WIDTH;

  private int[] slots;
  private int capacity;
  private int size;

  IntTable(int expected) {
    allocate(expected);
  }

  /// A copy that can be changed.
  IntTable(IntTable from) {
    slots = from.slots.clone();
    capacity = from.capacity;
    size = from.size;
  }

  private void allocate(int expected) {
    capacity = (int) Math.min(MOST_SLOTS, expected * 4L / 3 + 2);
    slots = new int[WIDTH * capacity];
    for (int slot = 0; slot < capacity; slot++) {
      slots[WIDTH * slot + 1] = -1;
    }
  }

  int size() {
    return size;
  }

  /// Value of a key, or -1.
  int get(int key) {
    final int[] known = slots;
    int at = first(key);
    while (known[at + 1] >= 0) {
      if (known[at] == key) {
        return known[at + 1];
      }
      at = at + WIDTH == known.length ? 0 : at + WIDTH;
    }
    return -1;
  }

  void put(int key, int value) {
    if ((size + 1) * 4L > capacity * 3L) {
      grow();
    }
    int at = first(key);
    while (slots[at + 1] >= 0) {
      if (slots[at] == key) {
        slots[at + 1] = value;
        return;
      }
      at = at + WIDTH == slots.length ? 0 : at + WIDTH;
    }
    slots[at] = key;
    slots[at + 1] = value;
    size++;
  }

  private void grow() {
    if (capacity == MOST_SLOTS) {
      throw new IllegalStateException("a table cannot have more than " + size + " entries");
    }
    int[] old = slots;
    allocate(Math.max(2 * size, 8));
    size = 0;
    for (int at = 0; at < old.length; at += WIDTH) {
      if (old[at + 1] >= 0) {
        put(old[at], old[at + 1]);
      }
    }
  }

  /// The keys in the order of their values, which must be those from 0 on.
  int[] keys() {
    int[] keys = new int[size];
    for (int at = 0; at < slots.length; at += WIDTH) {
      if (slots[at + 1] >= 0) {
        keys[slots[at + 1]] = slots[at];
      }
    }
    return keys;
  }

  private int first(int key) {
    int mixed = key * 0x9e3779b9;
    return WIDTH * (int) (((mixed & 0xffff_ffffL) * capacity) >>> 32);
  }

  long bytes() {
    return 4L * slots.length;
  }
}
