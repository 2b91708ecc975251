package org.fovea.event;

import java.util.Arrays;

/// The symbols that are present in a document, numbered as they come.
///
/// A bitmap of hashes answers most questions about symbols that are absent; the table behind it is
/// cleared by its epoch. **Threads** confined. **Cost** memory grows with the symbols of the
/// largest document, not with the network.
final class SymbolSlots {

  private static final int BITMAP_BITS = 1 << 15;

  private final long[] bitmap = new long[BITMAP_BITS / Long.SIZE];
  private int[] table = new int[1 << 11];
  private int[] stamps = new int[table.length];
  private int[] symbols = new int[1 << 9];
  private int epoch = 1;
  private int size;

  void clear() {
    Arrays.fill(bitmap, 0);
    size = 0;
    if (++epoch == 0) {
      Arrays.fill(stamps, 0);
      epoch = 1;
    }
  }

  int size() {
    return size;
  }

  int symbol(int slot) {
    return symbols[slot];
  }

  /// Slot of a symbol, or -1 if it is absent.
  int find(int symbol) {
    int hash = symbol * 0x9e3779b9;
    int bit = hash >>> 17;
    if ((bitmap[bit >>> 6] & (1L << bit)) == 0) {
      return -1;
    }
    int mask = table.length - 1;
    for (int at = (hash >>> 7) & mask; stamps[at] == epoch; at = (at + 1) & mask) {
      if (symbols[table[at]] == symbol) {
        return table[at];
      }
    }
    return -1;
  }

  /// Adds a symbol that is absent, and returns its slot.
  int add(int symbol) {
    if (2 * (size + 1) > table.length) {
      grow();
    }
    if (size == symbols.length) {
      symbols = Arrays.copyOf(symbols, 2 * size);
    }
    symbols[size] = symbol;
    place(size);
    int bit = (symbol * 0x9e3779b9) >>> 17;
    bitmap[bit >>> 6] |= 1L << bit;
    return size++;
  }

  private void place(int slot) {
    int mask = table.length - 1;
    int at = ((symbols[slot] * 0x9e3779b9) >>> 7) & mask;
    while (stamps[at] == epoch) {
      at = (at + 1) & mask;
    }
    stamps[at] = epoch;
    table[at] = slot;
  }

  private void grow() {
    table = new int[2 * table.length];
    stamps = new int[table.length];
    epoch = 1;
    for (int slot = 0; slot < size; slot++) {
      place(slot);
    }
  }
}
