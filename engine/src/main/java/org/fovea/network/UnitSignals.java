package org.fovea.network;

import org.fovea.kernel.SparseUnits;
import org.fovea.kernel.UnitBlock;

/// Activations of a layer for a batch with the batch innermost, and the gradients that come back.
///
/// A batch of sparse inputs that has few entries is held by them alone, as long as nobody asks for
/// [#values].
///
/// **Threads** confined to a worker and its team, disjoint units in parallel.
final class UnitSignals {

  /// An entry costs as much as this many floats of a dense row, which vectors work on.
  private static final int ENTRY_COST = 12;

  /// The same where a batch is too small for vectors.
  private static final int NARROW_ENTRY_COST = 2;

  /// Floats of a tile of units: a part of a second-level cache.
  private static final int TILE = 1 << 16;

  private final int width;
  private final UnitBlock values = new UnitBlock();
  private final UnitBlock gradients = new UnitBlock();
  private int batch;
  private long entryCount;
  private boolean sparse;
  private boolean filled;
  private int[] begins = new int[0];
  private int[] ends = new int[0];
  private int[] present = new int[0];
  private int presentCount;
  private int[] cursors = new int[0];
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

  /// Whether a batch has so few entries that they are the cheaper form.
  boolean wouldBeSparse(Signals in) {
    int stride = UnitBlock.stride(in.examples());
    return in.activeCount() * (stride < 16 ? NARROW_ENTRY_COST : ENTRY_COST)
        < (long) width * stride;
  }

  /// Takes over a batch in full.
  ///
  /// Units go by tiles that fit a cache, as far as the entries of an example ascend.
  void load(Signals in) {
    resize(in.examples());
    values.clear(0, width);
    if (cursors.length < batch) {
      cursors = new int[batch];
    }
    System.arraycopy(in.begins(), 0, cursors, 0, batch);
    int tile = Math.max(1, TILE / values.stride());
    for (int first = 0; first < width; first += Math.min(tile, width - first)) {
      int last = first + Math.min(tile, width - first);
      for (int e = 0; e < batch; e++) {
        cursors[e] = scatter(in, e, cursors[e], last);
      }
    }
  }

  /// Adds an example's entries from `i` on, up to the first of a unit from `last` on.
  ///
  /// @return where that is
  private int scatter(Signals in, int example, int i, int last) {
    float[] data = values.data();
    int[] units = in.indices();
    int end = in.ends()[example];
    int at = i;
    for (; at < end && units[at] < last; at++) {
      data[values.offset(units[at]) + example] += in.entries()[at];
    }
    return at;
  }

  /// Takes over the entries of a batch by unit.
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
    for (int place = 0; place < presentCount; place++) {
      begins[present[place]] = index.offsets()[place];
      ends[present[place]] = index.offsets()[place + 1];
    }
    entries = new SparseUnits(begins, ends, index.rows(), index.values());
    entryCount = index.offsets()[presentCount];
    batch = examples;
    sparse = true;
    filled = false;
  }

  int width() {
    return width;
  }

  int batch() {
    return batch;
  }

  /// Whether the batch is held by its entries.
  boolean isSparse() {
    return sparse;
  }

  /// Number of entries, if the batch is held by them.
  long entryCount() {
    return entryCount;
  }

  /// The entries, if the batch is held by them.
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
