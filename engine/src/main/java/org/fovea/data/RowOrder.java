package org.fovea.data;

import java.util.Arrays;

/// Sorts the features or the labels of a row whose ids do not ascend, and finds ids that come
/// twice.
///
/// As long as ids ascend none can come twice, so the columns of a row need to be kept only from the
/// first id on that breaks the order: the second of two equal ids is always among those.
///
/// **Threads** Confined. **Cost** O(n log n) for n ids; arrays are reused.
final class RowOrder {

  private long[] columns = new long[64];
  private long[] keys = new long[64];
  private float[] values = new float[64];
  private int from;
  private int columnCount;

  /// Begins a row whose ids ascend up to, and without, the one at `position`.
  void beginAt(int position) {
    from = position;
    columnCount = 0;
  }

  /// Notes where the next id of the row stands.
  void note(long column) {
    if (columnCount == columns.length) {
      columns = Arrays.copyOf(columns, columnCount * 2);
    }
    columns[columnCount++] = column;
  }

  /// Sorts the open example's features together with their values.
  ///
  /// @return the column of the first feature that comes a second time, or 0 if each comes once
  long sortFeatures(Batch batch) {
    return firstTwice(sortOpen(batch));
  }

  /// Sorts the open example's features together with their values; equal ones stay in their order.
  ///
  /// @return whether a feature comes more than once
  boolean sortRepeated(Batch batch) {
    int count = sortOpen(batch);
    boolean repeated = false;
    for (int i = 1; i < count; i++) {
      repeated |= keys[i] >>> 32 == keys[i - 1] >>> 32;
    }
    return repeated;
  }

  private int sortOpen(Batch batch) {
    int count = batch.openFeatureCount();
    int first = batch.featureOffsets()[batch.exampleCount()];
    int[] features = batch.features();
    sortKeys(features, first, count);
    if (values.length < count) {
      values = new float[keys.length];
    }
    System.arraycopy(batch.values(), first, values, 0, count);
    for (int i = 0; i < count; i++) {
      features[first + i] = (int) (keys[i] >>> 32);
      batch.values()[first + i] = values[(int) keys[i]];
    }
    return count;
  }

  /// Sorts the open example's labels.
  ///
  /// @return the column of the first label that comes a second time, or 0 if each comes once
  long sortLabels(Batch batch) {
    int count = batch.openLabelCount();
    int first = batch.labelOffsets()[batch.exampleCount()];
    int[] labels = batch.labels();
    sortKeys(labels, first, count);
    for (int i = 0; i < count; i++) {
      labels[first + i] = (int) (keys[i] >>> 32);
    }
    return firstTwice(count);
  }

  private void sortKeys(int[] ids, int first, int count) {
    if (keys.length < count) {
      keys = new long[Math.max(count, keys.length * 2)];
    }
    for (int i = 0; i < count; i++) {
      keys[i] = ((long) ids[first + i] << 32) | i;
    }
    Arrays.sort(keys, 0, count);
  }

  private long firstTwice(int count) {
    int twice = count;
    for (int i = 1; i < count; i++) {
      if (keys[i] >>> 32 == keys[i - 1] >>> 32) {
        twice = Math.min(twice, (int) keys[i]);
      }
    }
    return twice == count ? 0 : columns[twice - from];
  }
}
