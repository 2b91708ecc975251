package org.fovea.data.make;

import java.util.Arrays;

/// Rows of ints, one after the other.
final class Rows {

  private int[] values = new int[1024];
  private int[] ends = new int[256];
  private int rowCount;

  void add(int value) {
    int end = valueCount();
    if (end == values.length) {
      values = Arrays.copyOf(values, Math.addExact(end, end >> 1));
    }
    values[end] = value;
    ends[rowCount]++;
  }

  /// Ends the row that is being added to.
  void endRow() {
    int end = ends[rowCount++];
    if (rowCount == ends.length) {
      ends = Arrays.copyOf(ends, rowCount + (rowCount >> 1));
    }
    ends[rowCount] = end;
  }

  int rowCount() {
    return rowCount;
  }

  /// The values of a row, as a copy.
  int[] row(int row) {
    return Arrays.copyOfRange(values, row == 0 ? 0 : ends[row - 1], ends[row]);
  }

  private int valueCount() {
    return ends[rowCount];
  }
}
