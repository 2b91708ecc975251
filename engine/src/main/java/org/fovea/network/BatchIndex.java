package org.fovea.network;

import java.util.Arrays;

/// The transpose of sparse rows: for each distinct column, in order of first appearance, the rows
/// that contain it and their values.
///
/// Used for the features of a batch (which examples contain the feature) and for the active neurons
/// of a batch (for which examples the neuron is active). Entries of a column keep the order of the
/// rows.
///
/// **Cost** time in the number of entries; memory of two integers per possible column.
///
/// **Threads** confined while building; readable by a team afterwards.
final class BatchIndex {

  private final int[] place;
  private final int[] stamp;
  private int currentStamp;
  private int[] columns = new int[64];
  private int[] offsets = new int[65];
  private int[] rows = new int[0];
  private float[] values = new float[0];
  private int size;

  /// An index of columns in `[0, columnCount)`.
  BatchIndex(int columnCount) {
    place = new int[columnCount];
    stamp = new int[columnCount];
  }

  /// Number of columns that rows may have.
  int columnCount() {
    return place.length;
  }

  /// Builds the index.
  ///
  /// @param rowCount number of rows
  /// @param begins where each row begins in `indices`
  /// @param ends where each row ends
  /// @param indices columns
  /// @param entries values
  void build(int rowCount, int[] begins, int[] ends, int[] indices, float[] entries) {
    if (++currentStamp == 0) {
      Arrays.fill(stamp, 0);
      currentStamp = 1;
    }
    size = 0;
    offsets[0] = 0;
    int total = 0;
    for (int row = 0; row < rowCount; row++) {
      int end = ends[row];
      total += end - begins[row];
      for (int i = begins[row]; i < end; i++) {
        count(indices[i]);
      }
    }
    if (rows.length < total) {
      rows = new int[total + total / 2];
      values = new float[total + total / 2];
    }
    // offsets[p + 1] holds the count of place p: shift it into starting positions
    int start = 0;
    for (int p = 0; p < size; p++) {
      int count = offsets[p + 1];
      offsets[p + 1] = start;
      start += count;
    }
    for (int row = 0; row < rowCount; row++) {
      int end = ends[row];
      for (int i = begins[row]; i < end; i++) {
        int at = offsets[place[indices[i]] + 1]++;
        rows[at] = row;
        values[at] = entries[i];
      }
    }
  }

  private void count(int column) {
    if (stamp[column] != currentStamp) {
      stamp[column] = currentStamp;
      place[column] = size;
      if (size == columns.length) {
        columns = Arrays.copyOf(columns, size * 2);
        offsets = Arrays.copyOf(offsets, size * 2 + 1);
      }
      columns[size] = column;
      offsets[++size] = 0;
    }
    offsets[place[column] + 1]++;
  }

  /// Number of distinct columns.
  int size() {
    return size;
  }

  /// The distinct columns.
  int[] columns() {
    return columns;
  }

  /// Place of a column, or -1 if no row has it.
  int place(int column) {
    return stamp[column] == currentStamp ? place[column] : -1;
  }

  /// Where the entries of a place begin; they end where those of the next begin.
  int[] offsets() {
    return offsets;
  }

  /// Rows of the entries.
  int[] rows() {
    return rows;
  }

  /// Values of the entries.
  float[] values() {
    return values;
  }
}
