package org.fovea.text;

import java.util.Arrays;

/// Sequences of words, numbered as they come, each once.
///
/// **Threads** confined. **Cost** 4 bytes a word and about 12 a sequence.
final class PhraseTable {

  private static final int EMPTY = -1;

  private int[] words = new int[1 << 10];
  private int[] starts = new int[1 << 8];
  private int[] table = new int[1 << 9];
  private int size;

  PhraseTable() {
    Arrays.fill(table, EMPTY);
  }

  int size() {
    return size;
  }

  /// Number of a sequence; it is new if it equals the former [#size].
  int add(int[] phrase, int length) {
    int mask = table.length - 1;
    int at = hash(phrase, 0, length) & mask;
    for (; table[at] != EMPTY; at = (at + 1) & mask) {
      int start = starts[table[at]];
      int end = starts[table[at] + 1];
      if (end - start == length && Arrays.equals(words, start, end, phrase, 0, length)) {
        return table[at];
      }
    }
    int start = starts[size];
    if (length > Integer.MAX_VALUE - 8 - start) {
      throw new IllegalStateException("patterns cannot have more than 2^31 words together");
    }
    if (start + length > words.length) {
      int more = (int) Math.min(Integer.MAX_VALUE - 8L, start + length + (start >> 1));
      words = Arrays.copyOf(words, more);
    }
    if (size + 2 > starts.length) {
      starts = Arrays.copyOf(starts, 2 * starts.length);
    }
    System.arraycopy(phrase, 0, words, start, length);
    starts[size + 1] = start + length;
    table[at] = size++;
    if (2 * size > table.length) {
      grow();
    }
    return size - 1;
  }

  private void grow() {
    table = new int[2 * table.length];
    Arrays.fill(table, EMPTY);
    int mask = table.length - 1;
    for (int phrase = 0; phrase < size; phrase++) {
      int at = hash(words, starts[phrase], starts[phrase + 1]) & mask;
      while (table[at] != EMPTY) {
        at = (at + 1) & mask;
      }
      table[at] = phrase;
    }
  }

  private static int hash(int[] phrase, int from, int to) {
    long hash = (long) to - from;
    for (int at = from; at < to; at++) {
      hash = (hash ^ phrase[at]) * 0x9e3779b97f4a7c15L;
      hash ^= hash >>> 32;
    }
    return (int) (hash ^ (hash >>> 17));
  }

  /// The words of a sequence.
  int[] phrase(int number) {
    return Arrays.copyOfRange(words, starts[number], starts[number + 1]);
  }
}
