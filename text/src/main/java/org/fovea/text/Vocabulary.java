package org.fovea.text;

import java.util.Arrays;
import java.util.SplittableRandom;

/// The words that a network knows, numbered as they come.
///
/// **Threads** confined while words are added, then safe. **Cost** about 12 bytes a word besides
/// its letters, of 2 bytes each. The hash is seeded: no list of words can be made to collide.
final class Vocabulary {

  private static final int EMPTY = -1;

  private final long seed;
  private char[] letters;
  private int[] starts;
  private int[] table;
  private int size;

  /// No words.
  ///
  /// @param seed of the hash; decides speed alone
  Vocabulary(long seed) {
    this.seed = seed | 1;
    letters = new char[1 << 10];
    starts = new int[1 << 8];
    table = new int[1 << 9];
    Arrays.fill(table, EMPTY);
  }

  Vocabulary() {
    this(new SplittableRandom().nextLong());
  }

  /// A copy that words can be added to.
  Vocabulary(Vocabulary other) {
    seed = other.seed;
    letters = other.letters.clone();
    starts = other.starts.clone();
    table = other.table.clone();
    size = other.size;
  }

  int size() {
    return size;
  }

  /// Number of a word, or -1 if it is not known.
  int find(char[] word, int length) {
    int mask = table.length - 1;
    for (int at = hash(word, 0, length) & mask; table[at] != EMPTY; at = (at + 1) & mask) {
      int known = table[at];
      int start = starts[known];
      if (starts[known + 1] - start == length
          && Arrays.equals(letters, start, start + length, word, 0, length)) {
        return known;
      }
    }
    return -1;
  }

  /// Number of a word, new or known.
  int add(char[] word, int length) {
    int known = find(word, length);
    if (known >= 0) {
      return known;
    }
    if (2 * (size + 1) > table.length) {
      grow();
    }
    if (size + 2 > starts.length) {
      starts = Arrays.copyOf(starts, 2 * starts.length);
    }
    int start = starts[size];
    if (length > Integer.MAX_VALUE - 8 - start) {
      throw new IllegalStateException("a vocabulary cannot have more than 2^31 letters");
    }
    if (start + length > letters.length) {
      int more = (int) Math.min(Integer.MAX_VALUE - 8L, start + length + (start >> 1));
      letters = Arrays.copyOf(letters, more);
    }
    System.arraycopy(word, 0, letters, start, length);
    starts[size + 1] = start + length;
    place(size);
    return size++;
  }

  private void place(int word) {
    int mask = table.length - 1;
    int at = hash(letters, starts[word], starts[word + 1]) & mask;
    while (table[at] != EMPTY) {
      at = (at + 1) & mask;
    }
    table[at] = word;
  }

  private void grow() {
    table = new int[2 * table.length];
    Arrays.fill(table, EMPTY);
    for (int word = 0; word < size; word++) {
      place(word);
    }
  }

  private int hash(char[] word, int from, int to) {
    long hash = seed;
    for (int at = from; at < to; at++) {
      hash = (hash ^ word[at]) * 0x9e3779b97f4a7c15L;
      hash ^= hash >>> 32;
    }
    return (int) (hash ^ (hash >>> 17));
  }

  /// Whether a word has signs that belong to it only because a pattern has them.
  boolean hasSigns(int number) {
    return WordSigns.isPatterns(letters, starts[number], starts[number + 1]);
  }

  /// Whether any word has such signs.
  boolean hasSigns() {
    for (int word = 0; word < size; word++) {
      if (hasSigns(word)) {
        return true;
      }
    }
    return false;
  }

  /// A word.
  String word(int number) {
    return new String(letters, starts[number], starts[number + 1] - starts[number]);
  }
}
