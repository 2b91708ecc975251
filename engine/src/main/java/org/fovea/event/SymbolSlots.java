package org.fovea.event;

import java.util.Arrays;

/// The symbols that are present in a document, numbered as they come.
///
/// A bitmap of hashes answers most questions about symbols that are absent; it grows with the table
/// behind it. Both are cleared symbol by symbol. **Threads** confined. **Cost** memory grows with
/// the symbols of the largest document, not with the network.
final class SymbolSlots {

  /// Entries are pairs: the symbol, and one more than its slot, or 0.
  private static final int WIDTH = 2;

  private static final int FIRST_BITS = 11;
  private static final int BITMAP_BITS_AN_ENTRY = 4;
  private static final int SPREAD = 0x9e3779b9;

  private int[] table = new int[WIDTH << FIRST_BITS];
  private int shift = Integer.SIZE - FIRST_BITS;
  private long[] bitmap = new long[(1 << (FIRST_BITS + BITMAP_BITS_AN_ENTRY)) / Long.SIZE];
  private int[] symbols = new int[1 << 9];
  private int[] places = new int[1 << 9];
  private int size;

  void clear() {
    for (int slot = 0; slot < size; slot++) {
      table[places[slot] + 1] = 0;
      bitmap[bit(symbols[slot]) >>> 6] = 0;
    }
    size = 0;
  }

  int size() {
    return size;
  }

  int symbol(int slot) {
    return symbols[slot];
  }

  private int bit(int symbol) {
    return (symbol * SPREAD) >>> (shift - BITMAP_BITS_AN_ENTRY);
  }

  /// Slot of a symbol, or -1 if it is absent.
  int find(int symbol) {
    int bit = bit(symbol);
    if ((bitmap[bit >>> 6] & (1L << bit)) == 0) {
      return -1;
    }
    final int[] known = table;
    int at = WIDTH * (bit >>> BITMAP_BITS_AN_ENTRY);
    while (known[at + 1] > 0) {
      if (known[at] == symbol) {
        return known[at + 1] - 1;
      }
      at = (at + WIDTH) & (known.length - 1);
    }
    return -1;
  }

  /// Adds a symbol that is absent, and returns its slot.
  int add(int symbol) {
    if (2 * WIDTH * (size + 1) > table.length) {
      grow();
    }
    if (size == symbols.length) {
      symbols = Arrays.copyOf(symbols, 2 * size);
      places = Arrays.copyOf(places, 2 * size);
    }
    symbols[size] = symbol;
    place(size);
    return size++;
  }

  private void place(int slot) {
    int bit = bit(symbols[slot]);
    bitmap[bit >>> 6] |= 1L << bit;
    int at = WIDTH * (bit >>> BITMAP_BITS_AN_ENTRY);
    while (table[at + 1] > 0) {
      at = (at + WIDTH) & (table.length - 1);
    }
    table[at] = symbols[slot];
    table[at + 1] = slot + 1;
    places[slot] = at;
  }

  private void grow() {
    table = new int[2 * table.length];
    bitmap = new long[2 * bitmap.length];
    shift--;
    for (int slot = 0; slot < size; slot++) {
      place(slot);
    }
  }
}
