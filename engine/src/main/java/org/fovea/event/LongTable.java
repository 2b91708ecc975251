package org.fovea.event;

/// A hash table from pairs of ints to ints of at least 0.
///
/// Keys and values lie side by side, so that a look into a large table costs one cache line.
///
/// **Threads** confined while it is filled, then safe. **Cost** 12 bytes per slot; at most three of
/// four slots are in use.
final class LongTable {

  private static final int WIDTH = 3;
  private static final int MOST_SLOTS = (Integer.MAX_VALUE - 8) / WIDTH;

  private int[] slots;
  private int capacity;
  private int size;

  LongTable(int expected) {
    allocate(expected);
  }

  private void allocate(long expected) {
    capacity = (int) Math.min(MOST_SLOTS, expected * 4 / 3 + 2);
    slots = new int[WIDTH * capacity];
    for (int slot = 0; slot < capacity; slot++) {
      slots[WIDTH * slot + 2] = -1;
    }
  }

  static long key(int high, int low) {
    return ((long) high << 32) | (low & 0xffff_ffffL);
  }

  int size() {
    return size;
  }

  /// Value of a key, or -1.
  int get(long key) {
    final int[] known = slots;
    int high = (int) (key >>> 32);
    int low = (int) key;
    int at = first(key);
    while (known[at + 2] >= 0) {
      if (known[at] == high && known[at + 1] == low) {
        return known[at + 2];
      }
      at = at + WIDTH == known.length ? 0 : at + WIDTH;
    }
    return -1;
  }

  /// Reads where a key would be, so that the processor fetches it.
  ///
  /// @return some of it, which a caller keeps, or the compiler may leave out the read
  int touch(long key) {
    return slots[first(key)];
  }

  void put(long key, int value) {
    if ((size + 1) * 4L > capacity * 3L) {
      grow();
    }
    int high = (int) (key >>> 32);
    int low = (int) key;
    int at = first(key);
    while (slots[at + 2] >= 0) {
      if (slots[at] == high && slots[at + 1] == low) {
        slots[at + 2] = value;
        return;
      }
      at = at + WIDTH == slots.length ? 0 : at + WIDTH;
    }
    slots[at] = high;
    slots[at + 1] = low;
    slots[at + 2] = value;
    size++;
  }

  private void grow() {
    if (capacity == MOST_SLOTS) {
      throw new IllegalStateException("a table cannot have more than " + size + " entries");
    }
    int[] old = slots;
    allocate(Math.max(2L * size, 8));
    size = 0;
    for (int at = 0; at < old.length; at += WIDTH) {
      if (old[at + 2] >= 0) {
        put(key(old[at], old[at + 1]), old[at + 2]);
      }
    }
  }

  private int first(long key) {
    long mixed = key * 0x9e3779b97f4a7c15L;
    mixed = (mixed ^ (mixed >>> 29)) * 0xbf58476d1ce4e5b9L;
    return WIDTH * (int) (((mixed >>> 32) * capacity) >>> 32);
  }

  long bytes() {
    return 4L * slots.length;
  }
}
