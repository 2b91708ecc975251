package org.fovea.residency;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import org.fovea.kernel.RowMatrix;
import org.fovea.network.Parameters;
import org.fovea.network.Updater;

/// How a row and the optimizer's state of it lie in a record, and how they get from the slots there
/// and back.
///
/// **Threads** as the matrices.
final class SlotRecords {

  private final List<RowMatrix> parts = new ArrayList<>();
  private final int[] begins;
  private final float[] fresh;

  /// @param slots with an updater that has not seen a row yet
  SlotRecords(Parameters slots) {
    parts.add(slots.values());
    for (Updater.State state : slots.updater().state()) {
      parts.add(state.values());
    }
    this.begins = new int[parts.size() + 1];
    for (int part = 0; part < parts.size(); part++) {
      begins[part + 1] = begins[part] + parts.get(part).columns();
    }
    this.fresh = new float[begins[parts.size()]];
    for (int part = 0; part < parts.size(); part++) {
      RowMatrix matrix = parts.get(part);
      System.arraycopy(matrix.chunk(0), matrix.offset(0), fresh, begins[part], matrix.columns());
    }
  }

  /// Floats of a record.
  int length() {
    return fresh.length;
  }

  /// Where a part begins.
  int begin(int part) {
    return begins[part];
  }

  /// The matrix whose rows are a part.
  RowMatrix matrix(int part) {
    return parts.get(part);
  }

  /// The record of a row without weights, which no updater has seen.
  void copyFresh(float[] record) {
    System.arraycopy(fresh, 0, record, 0, fresh.length);
  }

  /// Copies a slot into a record that begins at `from`.
  void save(int slot, FloatBuffer floats, int from) {
    for (int part = 0; part < parts.size(); part++) {
      RowMatrix matrix = parts.get(part);
      floats.put(from + begins[part], matrix.chunk(slot), matrix.offset(slot), matrix.columns());
    }
  }

  /// Copies a record that begins at `from` into a slot.
  void load(int slot, FloatBuffer floats, int from) {
    for (int part = 0; part < parts.size(); part++) {
      RowMatrix matrix = parts.get(part);
      floats.get(from + begins[part], matrix.chunk(slot), matrix.offset(slot), matrix.columns());
    }
  }
}
