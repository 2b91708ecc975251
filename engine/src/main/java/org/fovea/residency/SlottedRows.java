package org.fovea.residency;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.fovea.kernel.Block;
import org.fovea.kernel.RowMatrix;
import org.fovea.network.Parameters;
import org.fovea.network.SuspendedRows;
import org.fovea.network.page.NeuronStoreException;

/// Rows of an output layer in training: those that batches need are in the slots of a matrix, all
/// others, each with the optimizer's state of its own, in a scratch file.
///
/// A row that nobody holds goes when its slot is needed, by CLOCK as in [PageCache]; what training
/// changed is written back first.
///
/// **Threads** safe. Rows are woken by one thread at a time, reading included: workers wait for
/// each other there, and compute side by side. A batch holds all its rows or none, so two that do
/// not fit together take turns, and never wait for each other.
///
/// **Cost** no allocation for a batch. [#rowBytes] of memory a row and [#slotBytes] a slot, besides
/// the slots themselves.
public final class SlottedRows implements SuspendedRows {

  /// Rows that are visited at a time.
  private static final int TILE = 512;

  private final int columns;
  private final SlotRecords records;
  private final SlotTable table;
  private final ScratchFile file;
  private final SlotExchange exchange;
  private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
  private final Condition released = lock.writeLock().newCondition();
  private final Deque<RecordBuffer> buffers = new ArrayDeque<>();
  private boolean failed;
  private long batches;
  private long hits;
  private long misses;
  private long waits;

  private SlottedRows(int rows, Parameters slots, FileMaker files) {
    this.columns = slots.values().columns();
    this.records = new SlotRecords(slots);
    this.table = new SlotTable(rows, slots.values().rows());
    this.file = files.make(rows, records.length());
    this.exchange = new SlotExchange(table, records, file);
  }

  /// Makes the file that the rows are in.
  @FunctionalInterface
  interface FileMaker {
    ScratchFile make(int records, int recordFloats);
  }

  private record Place(int slots, FileMaker files) implements Opener {
    @Override
    public SuspendedRows open(int rows, Parameters slots) {
      return new SlottedRows(rows, slots, files);
    }
  }

  /// Rows that are suspended in a file of their own.
  ///
  /// @param directory where the file lies; it is gone when the rows are closed, or the process ends
  /// @param slots how many rows can be awake
  public static Opener in(Path directory, int slots) {
    return opener(slots, (count, floats) -> ScratchFile.create(directory, count, floats));
  }

  static Opener opener(int slots, FileMaker files) {
    if (slots < 1) {
      throw new IllegalArgumentException("slots must be positive, not " + slots);
    }
    return new Place(slots, files);
  }

  /// Bytes of memory of a slot, besides weights and state.
  public static int slotBytes() {
    return SlotTable.BYTES;
  }

  /// Bytes of memory of a row that is suspended: what it takes to find and to verify it.
  public static int rowBytes() {
    return 2 * Integer.BYTES;
  }

  @Override
  public int rows() {
    return table.rows();
  }

  @Override
  public int columns() {
    return columns;
  }

  @Override
  public int begin(int part) {
    return records.begin(part);
  }

  @Override
  public void wake(int[] ids, int count, int[] slots) {
    lock.writeLock().lock();
    try {
      int needed = awaitRoom(ids, count);
      for (int i = 0; i < count; i++) {
        int slot = table.slotOf(ids[i]);
        if (slot >= 0) {
          table.pin(slot);
        }
      }
      bring(ids, count, needed);
      for (int i = 0; i < count; i++) {
        slots[i] = table.slotOf(ids[i]);
      }
      batches++;
      hits += count - needed;
      misses += needed;
    } finally {
      lock.writeLock().unlock();
    }
  }

  private void bring(int[] ids, int count, int needed) {
    boolean whole = false;
    try {
      exchange.bring(ids, count, needed);
      whole = true;
    } finally {
      if (!whole) {
        failed = true;
        released.signalAll();
      }
    }
  }

  /// Waits until there is room for all rows at once.
  ///
  /// @return how many are not awake
  private int awaitRoom(int[] ids, int count) {
    while (true) {
      requireSound();
      int suspended = 0;
      int unheld = 0;
      for (int i = 0; i < count; i++) {
        int slot = table.slotOf(ids[i]);
        if (slot < 0) {
          suspended++;
        } else if (!table.isPinned(slot)) {
          unheld++;
        }
      }
      if (suspended + unheld <= table.slots() - table.pinned()) {
        return suspended;
      }
      if (table.pinned() == 0) {
        throw new NeuronStoreException(
            String.format(
                Locale.ROOT,
                ("a batch needs %,d rows of labels in memory, where there is room for %,d: give them"
                    + " more memory, or a batch fewer examples or negatives"),
                count,
                table.slots()));
      }
      waits++;
      released.awaitUninterruptibly();
    }
  }

  @Override
  public void release(int[] slots, int count, boolean changed) {
    lock.writeLock().lock();
    try {
      for (int i = 0; i < count; i++) {
        table.unpin(slots[i], changed);
      }
      released.signalAll();
    } finally {
      lock.writeLock().unlock();
    }
  }

  @Override
  public void fill(Filler filler) {
    lock.writeLock().lock();
    try {
      requireSound();
      if (table.pinned() > 0) {
        throw new IllegalStateException("rows cannot be replaced while some are held awake");
      }
      table.clear();
      RecordBuffer buffer = takeBuffer();
      float[] record = new float[records.length()];
      int[] ids = buffer.ids(TILE);
      for (int first = 0; first < rows(); first += TILE) {
        int count = Math.min(TILE, rows() - first);
        for (int i = 0; i < count; i++) {
          ids[i] = first + i;
        }
        ScratchFile.Move source =
            (place, floats, from) -> {
              records.copyFresh(record);
              filler.fill(ids[place], record);
              floats.put(from, record, 0, record.length);
            };
        file.write(ids, count, buffer, source);
      }
      giveBack(buffer);
    } finally {
      lock.writeLock().unlock();
    }
  }

  @Override
  public void copy(int first, int count, Block block) {
    Objects.checkFromIndexSize(first, count, rows());
    visit(0, first, count, (row, values, from) -> put(values, from, block, row - first));
  }

  @Override
  public void gather(int[] ids, int from, int to, Block block) {
    for (int i = from; i < to; i++) {
      int place = i - from;
      int id = Objects.checkIndex(ids[i], rows());
      visit(0, id, 1, (_, values, at) -> put(values, at, block, place));
    }
  }

  private void put(float[] values, int from, Block block, int row) {
    int start = block.offset(row);
    System.arraycopy(values, from, block.data(), start, columns);
    Arrays.fill(block.data(), start + columns, start + block.stride(), 0f);
  }

  @Override
  public void forEach(int part, Visitor visitor) {
    int length = records.matrix(part).columns();
    float[] tile = new float[TILE * length];
    for (int first = 0; first < rows(); first += TILE) {
      int start = first;
      int count = Math.min(TILE, rows() - first);
      visit(
          part,
          first,
          count,
          (row, values, from) ->
              System.arraycopy(values, from, tile, (row - start) * length, length));
      for (int i = 0; i < count; i++) {
        visitor.row(tile, i * length, length);
      }
    }
  }

  /// Takes a part of a row.
  @FunctionalInterface
  private interface Found {
    void found(int row, float[] values, int from);
  }

  /// Finds a part of some rows: first of those that are awake, then of those in the file.
  private void visit(int part, int first, int count, Found found) {
    lock.readLock().lock();
    try {
      requireSound();
      RecordBuffer buffer = takeBuffer();
      RowMatrix matrix = records.matrix(part);
      int[] ids = buffer.ids(count);
      int suspended = 0;
      for (int row = first; row < first + count; row++) {
        int slot = table.slotOf(row);
        if (slot >= 0) {
          found.found(row, matrix.chunk(slot), matrix.offset(slot));
        } else {
          ids[suspended++] = row;
        }
      }
      float[] values = new float[matrix.columns()];
      ScratchFile.Move sink =
          (place, floats, from) -> {
            floats.get(from + records.begin(part), values, 0, values.length);
            found.found(ids[place], values, 0);
          };
      file.read(ids, suspended, buffer, sink);
      giveBack(buffer);
    } finally {
      lock.readLock().unlock();
    }
  }

  private void requireSound() {
    if (failed) {
      throw new NeuronStoreException("rows of labels are lost: waking some has failed before");
    }
  }

  private RecordBuffer takeBuffer() {
    synchronized (buffers) {
      return buffers.isEmpty() ? file.newBuffer() : buffers.pop();
    }
  }

  private void giveBack(RecordBuffer buffer) {
    synchronized (buffers) {
      buffers.push(buffer);
    }
  }

  /// What it did so far.
  public SlotStatistics statistics() {
    lock.writeLock().lock();
    try {
      return new SlotStatistics(
          batches,
          hits,
          misses,
          exchange.readCalls(),
          exchange.written(),
          exchange.writeCalls(),
          waits,
          table.slots());
    } finally {
      lock.writeLock().unlock();
    }
  }

  /// Does nothing: rows of training stay until their slots are needed.
  @Override
  public void batchDone() {}

  @Override
  public void close() {
    file.close();
  }
}
