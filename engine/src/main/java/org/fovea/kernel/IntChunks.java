package org.fovea.kernel;

/// A long array of integers, in chunks of 2^[#SHIFT].
final class IntChunks {

  /// Log2 of the length of a chunk; the pages of a [SparseMatrix] have chunks of the same length.
  static final int SHIFT = 24;

  static final int LENGTH = 1 << SHIFT;
  static final int MASK = LENGTH - 1;

  private final int[][] chunks;

  IntChunks(long count) {
    chunks = new int[(int) ((count + MASK) >>> SHIFT)][];
    for (int chunk = 0; chunk < chunks.length; chunk++) {
      chunks[chunk] = new int[(int) Math.min(LENGTH, count - ((long) chunk << SHIFT))];
    }
  }

  int[][] chunks() {
    return chunks;
  }

  int get(long position) {
    return chunks[(int) (position >>> SHIFT)][(int) position & MASK];
  }

  void set(long position, int value) {
    chunks[(int) (position >>> SHIFT)][(int) position & MASK] = value;
  }

  /// The first position in `[low, high)` of a number that is not less, if numbers ascend there;
  /// `high` if all are less.
  long firstFrom(long low, long high, int least) {
    long begin = low;
    long end = high;
    while (begin < end) {
      long middle = (begin + end) >>> 1;
      if (get(middle) < least) {
        begin = middle + 1;
      } else {
        end = middle;
      }
    }
    return begin;
  }
}
