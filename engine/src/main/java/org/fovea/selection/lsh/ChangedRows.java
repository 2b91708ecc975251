package org.fovea.selection.lsh;

import java.lang.invoke.VarHandle;
import java.util.Arrays;

/// Which rows have changed since they were hashed: a byte for each.
///
/// **Threads** any number of workers mark while one thread collects. Bytes are independent, so no
/// mark is lost to a neighbour's; a row that changes again while it is being hashed is marked
/// again, because marks are cleared before weights are read.
final class ChangedRows {

  private final byte[] marks;

  ChangedRows(int rows) {
    marks = new byte[rows];
  }

  /// Marks `rows[from, to)`, whose weights have been written before.
  void mark(int[] rows, int from, int to) {
    VarHandle.releaseFence();
    for (int i = from; i < to; i++) {
      marks[rows[i]] = 1;
    }
  }

  /// Takes marked rows, in ascending order, and clears their marks.
  ///
  /// @param first row to begin at
  /// @param rows receives them
  /// @param most number of rows to take
  /// @return number of rows taken
  int collect(int first, int[] rows, int most) {
    int count = 0;
    for (int row = first; row < marks.length && count < most; row++) {
      if (marks[row] != 0) {
        marks[row] = 0;
        rows[count++] = row;
      }
    }
    VarHandle.fullFence();
    return count;
  }

  /// Whether a row is marked.
  boolean marked(int row) {
    return marks[row] != 0;
  }

  /// Marks every row.
  void markAll() {
    Arrays.fill(marks, (byte) 1);
  }

  /// Clears all marks.
  void clear() {
    Arrays.fill(marks, (byte) 0);
    VarHandle.fullFence();
  }
}
