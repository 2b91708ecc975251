package org.fovea.residency;

import java.nio.FloatBuffer;
import java.util.Arrays;

/// Brings rows from the file into slots that nobody holds, after what is in these has been written
/// back.
///
/// Rows leave and come in the order of their numbers, so that the file is passed over in one
/// direction.
///
/// **Threads** none of its own: called under the lock of the table. **Cost** no allocation but to
/// grow.
final class SlotExchange {

  private final SlotTable table;
  private final SlotRecords records;
  private final ScratchFile file;
  private final RecordBuffer buffer;
  private final ScratchFile.Move save = this::save;
  private final ScratchFile.Move load = this::load;
  private int[] missing = new int[0];
  private int[] claimed = new int[0];
  private int[] leaving = new int[0];
  private long[] order = new long[0];
  private long readCalls;
  private long written;
  private long writeCalls;

  SlotExchange(SlotTable table, SlotRecords records, ScratchFile file) {
    this.table = table;
    this.records = records;
    this.file = file;
    this.buffer = file.newBuffer();
  }

  /// Brings those of the rows that are not in slots, and holds them.
  ///
  /// @param needed how many they are, for which there is room
  void bring(int[] ids, int count, int needed) {
    if (missing.length < needed) {
      missing = new int[needed + needed / 4];
      claimed = new int[missing.length];
      leaving = new int[missing.length];
      order = new long[missing.length];
    }
    int next = 0;
    for (int i = 0; i < count; i++) {
      if (table.slotOf(ids[i]) < 0) {
        missing[next++] = ids[i];
      }
    }
    int changed = 0;
    for (int i = 0; i < needed; i++) {
      int slot = table.claim();
      claimed[i] = slot;
      if (table.isChanged(slot)) {
        order[changed++] = (long) table.rowOf(slot) << 32 | slot;
      }
    }
    Arrays.sort(order, 0, changed);
    for (int i = 0; i < changed; i++) {
      leaving[i] = (int) (order[i] >>> 32);
    }
    writeCalls += file.write(leaving, changed, buffer, save);
    written += changed;
    for (int i = 0; i < needed; i++) {
      table.clear(claimed[i]);
    }
    Arrays.sort(missing, 0, needed);
    readCalls += file.read(missing, needed, buffer, load);
  }

  private void save(int place, FloatBuffer floats, int from) {
    records.save((int) order[place], floats, from);
  }

  private void load(int place, FloatBuffer floats, int from) {
    records.load(claimed[place], floats, from);
    table.put(missing[place], claimed[place]);
  }

  /// Calls of the operating system that read.
  long readCalls() {
    return readCalls;
  }

  /// Rows that were written back.
  long written() {
    return written;
  }

  /// Calls of the operating system that wrote.
  long writeCalls() {
    return writeCalls;
  }
}
