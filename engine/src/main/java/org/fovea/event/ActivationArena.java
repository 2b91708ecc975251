package org.fovea.event;

import java.util.Arrays;

/// The activations of one document, by place and by symbol.
///
/// **Threads** confined. **Cost** nothing is allocated once the arrays fit the largest document.
final class ActivationArena {

  static final int NONE = -1;

  private static final int FIRST_BITS = 11;

  final SymbolSlots present = new SymbolSlots();
  private int[] symbols = new int[1 << 9];
  private int[] begins = new int[1 << 9];
  private int[] ends = new int[1 << 9];
  private int[] levels = new int[1 << 9];
  private float[] values = new float[1 << 9];
  private int[] nextAtBegin = new int[1 << 9];
  private int[] nextOfSymbol = new int[1 << 9];
  private int count;
  private int longest;

  private int[] beginHeads = new int[1 << 10];

  /// Pairs: a hash, and one more than the activation, or 0.
  private int[] table = new int[2 << FIRST_BITS];

  private int shift = Integer.SIZE - FIRST_BITS;
  private int[] places = new int[1 << 9];

  private int[] slotHeads = new int[1 << 9];
  private int[] slotFirsts = new int[1 << 9];
  private int[] slotLevels = new int[1 << 9];
  private float[] slotValues = new float[1 << 9];

  void clear() {
    present.clear();
    for (int index = 0; index < count; index++) {
      table[places[index] + 1] = 0;
    }
    count = 0;
    longest = 0;
  }

  /// Adds an activation; of one symbol and range the largest value counts.
  void add(int symbol, int begin, int end, float value, int level) {
    if (4 * (count + 1) > table.length) {
      growTable();
    }
    int hash = hash(symbol, begin, end);
    int at = 2 * (hash >>> shift);
    for (; table[at + 1] > 0; at = (at + 2) & (table.length - 1)) {
      if (table[at] == hash) {
        int known = table[at + 1] - 1;
        if (symbols[known] == symbol && begins[known] == begin && ends[known] == end) {
          values[known] = Math.max(values[known], value);
          int slot = present.find(symbol);
          slotValues[slot] = Math.max(slotValues[slot], value);
          return;
        }
      }
    }
    if (count == symbols.length) {
      growRows();
    }
    int index = count++;
    table[at] = hash;
    table[at + 1] = index + 1;
    places[index] = at;
    symbols[index] = symbol;
    begins[index] = begin;
    ends[index] = end;
    levels[index] = level;
    values[index] = value;
    longest = Math.max(longest, end - begin);
    linkAtBegin(index, begin);
    linkToSymbol(index, symbol, value, level);
  }

  /// Value of a symbol at a range, zero if it is not active there.
  float valueAt(int symbol, int begin, int end) {
    int hash = hash(symbol, begin, end);
    int at = 2 * (hash >>> shift);
    for (; table[at + 1] > 0; at = (at + 2) & (table.length - 1)) {
      int known = table[at + 1] - 1;
      if (symbols[known] == symbol && begins[known] == begin && ends[known] == end) {
        return values[known];
      }
    }
    return 0;
  }

  private static int hash(int symbol, int begin, int end) {
    int hash = (symbol * 0x9e3779b9 + begin) * 0x85ebca6b + end;
    return (hash ^ (hash >>> 15)) * 0xc2b2ae35;
  }

  private void linkAtBegin(int index, int begin) {
    if (begin >= beginHeads.length) {
      beginHeads = Arrays.copyOf(beginHeads, Math.max(begin + 1, 2 * beginHeads.length));
    }
    nextAtBegin[index] = firstAt(begin, index);
    beginHeads[begin] = index;
  }

  /// A head is valid if it points back: heads need no clearing.
  private int firstAt(int begin, int bound) {
    int head = beginHeads[begin];
    return head < bound && begins[head] == begin ? head : NONE;
  }

  private void linkToSymbol(int index, int symbol, float value, int level) {
    int slot = present.find(symbol);
    if (slot < 0) {
      slot = present.add(symbol);
      if (slot == slotHeads.length) {
        slotHeads = Arrays.copyOf(slotHeads, 2 * slot);
        slotFirsts = Arrays.copyOf(slotFirsts, 2 * slot);
        slotLevels = Arrays.copyOf(slotLevels, 2 * slot);
        slotValues = Arrays.copyOf(slotValues, 2 * slot);
      }
      slotHeads[slot] = NONE;
      slotFirsts[slot] = index;
      slotLevels[slot] = level;
      slotValues[slot] = value;
    }
    nextOfSymbol[index] = slotHeads[slot];
    slotHeads[slot] = index;
    slotValues[slot] = Math.max(slotValues[slot], value);
  }

  private void growRows() {
    int more = 2 * count;
    symbols = Arrays.copyOf(symbols, more);
    begins = Arrays.copyOf(begins, more);
    ends = Arrays.copyOf(ends, more);
    levels = Arrays.copyOf(levels, more);
    values = Arrays.copyOf(values, more);
    places = Arrays.copyOf(places, more);
    nextAtBegin = Arrays.copyOf(nextAtBegin, more);
    nextOfSymbol = Arrays.copyOf(nextOfSymbol, more);
  }

  private void growTable() {
    int[] old = table;
    table = new int[2 * old.length];
    shift--;
    for (int index = 0; index < count; index++) {
      int hash = old[places[index]];
      int at = 2 * (hash >>> shift);
      while (table[at + 1] > 0) {
        at = (at + 2) & (table.length - 1);
      }
      table[at] = hash;
      table[at + 1] = index + 1;
      places[index] = at;
    }
  }

  int count() {
    return count;
  }

  /// Length of the longest range.
  int longest() {
    return longest;
  }

  int symbol(int index) {
    return symbols[index];
  }

  int begin(int index) {
    return begins[index];
  }

  int end(int index) {
    return ends[index];
  }

  int level(int index) {
    return levels[index];
  }

  float value(int index) {
    return values[index];
  }

  /// The activation that came last of those that begin somewhere, or [#NONE].
  int firstAt(int begin) {
    return begin < beginHeads.length ? firstAt(begin, count) : NONE;
  }

  int nextAt(int index) {
    return nextAtBegin[index];
  }

  /// The activation that came last of a present symbol.
  int firstOf(int slot) {
    return slotHeads[slot];
  }

  int nextOf(int index) {
    return nextOfSymbol[index];
  }

  /// The activation that came first of a present symbol.
  int earliestOf(int slot) {
    return slotFirsts[slot];
  }

  int levelOf(int slot) {
    return slotLevels[slot];
  }

  /// Largest value of a present symbol.
  float valueOf(int slot) {
    return slotValues[slot];
  }
}
