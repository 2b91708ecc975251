package org.fovea.residency;

import java.util.Arrays;

/// Which rows are in which slots, which of them are held, and which go first: by CLOCK, as in
/// [PageCache].
///
/// **Threads** none of its own: called under a lock. **Cost** 4 bytes a row, [#BYTES] a slot.
final class SlotTable {

  /// Bytes of a slot, besides what is in it.
  static final int BYTES = 2 * Integer.BYTES + 2;

  private static final int NONE = -1;

  /// By row its slot and 1, or 0.
  private final int[] placeOf;

  private final int[] rowOf;
  private final int[] pins;
  private final boolean[] used;
  private final boolean[] changed;
  private int pinned;
  private int hand;

  SlotTable(int rows, int slots) {
    this.placeOf = new int[rows];
    this.rowOf = new int[slots];
    this.pins = new int[slots];
    this.used = new boolean[slots];
    this.changed = new boolean[slots];
    Arrays.fill(rowOf, NONE);
  }

  int rows() {
    return placeOf.length;
  }

  int slots() {
    return rowOf.length;
  }

  /// Slot of a row, or -1.
  int slotOf(int row) {
    return placeOf[row] - 1;
  }

  /// Row in a slot, or -1.
  int rowOf(int slot) {
    return rowOf[slot];
  }

  /// Number of slots that are held.
  int pinned() {
    return pinned;
  }

  boolean isPinned(int slot) {
    return pins[slot] > 0;
  }

  boolean isChanged(int slot) {
    return changed[slot];
  }

  /// Holds a slot.
  void pin(int slot) {
    used[slot] = true;
    if (pins[slot]++ == 0) {
      pinned++;
    }
  }

  /// Lets go of a slot.
  void unpin(int slot, boolean isChanged) {
    changed[slot] |= isChanged;
    if (--pins[slot] == 0) {
      pinned--;
    }
  }

  /// Finds a slot that nobody holds, and holds it; what is in it may have to be written first.
  int claim() {
    while (true) {
      int slot = hand;
      hand = hand + 1 == rowOf.length ? 0 : hand + 1;
      if (pins[slot] > 0) {
        continue;
      }
      if (rowOf[slot] == NONE || !used[slot]) {
        pin(slot);
        return slot;
      }
      used[slot] = false;
    }
  }

  /// Empties a slot.
  void clear(int slot) {
    if (rowOf[slot] != NONE) {
      placeOf[rowOf[slot]] = 0;
      rowOf[slot] = NONE;
    }
    changed[slot] = false;
  }

  /// Puts a row into an empty slot.
  void put(int row, int slot) {
    rowOf[slot] = row;
    placeOf[row] = slot + 1;
  }

  /// Empties all slots.
  void clear() {
    for (int slot = 0; slot < rowOf.length; slot++) {
      clear(slot);
    }
  }
}
