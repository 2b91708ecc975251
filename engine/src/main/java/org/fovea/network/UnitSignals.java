package org.fovea.network;

import org.fovea.kernel.SparseUnits;
import org.fovea.kernel.UnitBlock;

/// Activations of a layer for a batch with the batch innermost, and the gradients that come back.
///
/// A batch of sparse inputs is held by its entries alone while it has few, as long as nobody asks
/// for [#values].
///
/// **Threads** confined to a worker and its team, disjoint units in parallel.
final class UnitSignals {

  /// An entry costs as much as this many floats of a dense row, which vectors work on.
  private static final int ENTRY_COST = 12;

  /// The same where a batch is too small for vectors.
  private static final int NARROW_ENTRY_COST = 2;

  private final int width;
  private final UnitBlock values = new UnitBlock();
  private final UnitBlock gradients = new UnitBlock();
  private int batch;
  private boolean sparse;
  private boolean filled;
  private int[] begins = new int[0];
  private int[] ends = new int[0];
  private int[] present = new int[0];
  private int presentCount;
  private SparseUnits entries = new SparseUnits(begins, ends, begins, new float[0]);

  UnitSignals(int width) {
    this.width = width;
  }

  /// Makes room for the values of a batch.
  void resize(int examples) {
    batch = examples;
    sparse = false;
    filled = true;
    values.resize(width, examples);
  }

  /// Takes over the entries of a batch.
  void load(BatchIndex index, int examples) {
    if (begins.length < width) {
      begins = new int[width];
      ends = new int[width];
    }
    for (int i = 0; i < presentCount; i++) {
      begins[present[i]] = 0;
      ends[present[i]] = 0;
    }
    presentCount = index.size();
    if (present.length < presentCount) {
      present = new int[Math.min(width, presentCount * 2)];
    }
    System.arraycopy(index.columns(), 0, present, 0, presentCount);
    int count = index.offsets()[presentCount];
    for (int place = 0; place < presentCount; place++) {
      begins[present[place]] = index.offsets()[place];
      ends[present[place]] = index.offsets()[place + 1];
    }
    entries = new SparseUnits(begins, ends, index.rows(), index.values());
    batch = examples;
    int stride = UnitBlock.stride(examples);
    long cost = (long) count * (stride < 16 ? NARROW_ENTRY_COST : ENTRY_COST);
    sparse = cost < (long) width * stride;
    filled = false;
  }

  int width() {
    return width;
  }

  int batch() {
    return batch;
  }

  /// Whether the entries are the cheaper form.
  boolean isSparse() {
    return sparse;
  }

  /// The entries, after [#load].
  SparseUnits entries() {
    return entries;
  }

  /// The values in full, filled in from the entries if need be.
  UnitBlock values() {
    if (!filled) {
      fill();
      filled = true;
    }
    return values;
  }

  private void fill() {
    values.resize(width, batch);
    values.clear(0, width);
    float[] data = values.data();
    for (int p = 0; p < presentCount; p++) {
      int unit = present[p];
      for (int i = begins[unit]; i < ends[unit]; i++) {
        data[values.offset(unit) + entries.examples()[i]] += entries.values()[i];
      }
    }
  }

  UnitBlock gradients() {
    return gradients;
  }
}
