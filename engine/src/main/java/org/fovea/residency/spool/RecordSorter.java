package org.fovea.residency.spool;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/// Sorts more records of ints than fit in memory: number by number, and what ends first before what
/// goes on.
///
/// Records are collected in memory; when it is full, they are sorted and put into a temporary file
/// as a *run*. At the end all runs are merged.
///
/// ```java
/// try (RecordSorter sorter = new RecordSorter(folder, 64L << 20)) {
///   sorter.add(record, length);
///   for (RecordSorter.Cursor cursor = sorter.cursor(); cursor.next(); ) { ... cursor.get(0) ... }
/// }
/// ```
///
/// **Threads** confined. **Errors** [java.io.UncheckedIOException] if the disk is full or cannot be
/// read. **Cost** the memory that it is given, or that of the longest record if it is longer, and
/// to merge 64 kB a run; twice the bytes of all records to the disk and back.
public final class RecordSorter implements AutoCloseable {

  private static final int FIRST = 1 << 12;
  private static final int LONGEST = Integer.MAX_VALUE - 8;
  private static final int LISTED = 12;
  private static final long END = Long.MIN_VALUE;
  private static final int MERGE_BYTES = 1 << 16;

  private final Path folder;
  private final int most;
  private final List<Long> runEnds = new ArrayList<>();

  /// All runs; there once memory was full.
  private @Nullable IntSpool spool;

  /// Records, each with its length before it, and from the end where each begins.
  private int[] ints = new int[0];

  private int used;
  private int count;

  /// No records.
  ///
  /// @param folder of the temporary file
  /// @param memory bytes
  public RecordSorter(Path folder, long memory) {
    this.folder = folder;
    most = Math.clamp(memory / Integer.BYTES, 1 << 10, LONGEST);
  }

  /// Adds a record: the first `length` numbers.
  public void add(int[] record, int length) {
    require(length);
    ints[ints.length - ++count] = used;
    ints[used] = length;
    System.arraycopy(record, 0, ints, used + 1, length);
    used += length + 1;
  }

  /// Makes room for a record, its length and where it begins.
  private void require(int length) {
    long needed = used + length + 2L + count;
    if (needed > Math.max(most, ints.length)) {
      flush();
      needed = length + 2L;
    }
    if (needed > ints.length) {
      long more = Math.max(needed, Math.min(most, Math.max(FIRST, 2L * ints.length)));
      int[] grown = new int[(int) Math.min(LONGEST, more)];
      System.arraycopy(ints, 0, grown, 0, used);
      System.arraycopy(ints, ints.length - count, grown, grown.length - count, count);
      ints = grown;
    }
  }

  /// All records in order, from the first; nothing is added any more. Ask again to begin again.
  public Cursor cursor() {
    if (spool == null) {
      sort(ints.length - count, ints.length, 0);
      return new Listed();
    }
    IntSpool runs = flush();
    ints = new int[0];
    return new Merged(runs);
  }

  private IntSpool flush() {
    IntSpool runs = spool;
    if (runs == null) {
      runs = IntSpool.create(folder);
      spool = runs;
    }
    if (count > 0) {
      sort(ints.length - count, ints.length, 0);
      for (int i = ints.length - count; i < ints.length; i++) {
        runs.add(ints, ints[i], ints[ints[i]] + 1);
      }
      runEnds.add(runs.size());
    }
    used = 0;
    count = 0;
    return runs;
  }

  private long at(int record, int depth) {
    return depth < ints[record] ? ints[record + 1 + depth] : END;
  }

  /// Sorts what begins alike, by numbers from a depth on.
  private void sort(int begin, int finish, int depth) {
    int from = begin;
    int to = finish;
    for (int at = depth; to - from > LISTED; at++) {
      long pivot = middle(from, to, at);
      int less = from;
      int more = to;
      for (int i = from; i < more; ) {
        long value = at(ints[i], at);
        if (value < pivot) {
          swap(i++, less++);
        } else if (value > pivot) {
          swap(i, --more);
        } else {
          i++;
        }
      }
      sort(from, less, at);
      sort(more, to, at);
      if (pivot == END) {
        return;
      }
      from = less;
      to = more;
    }
    for (int i = from + 1; i < to; i++) {
      for (int j = i; j > from && compare(ints[j - 1], ints[j]) > 0; j--) {
        swap(j, j - 1);
      }
    }
  }

  private long middle(int from, int to, int depth) {
    long first = at(ints[from], depth);
    long second = at(ints[(from + to) >>> 1], depth);
    long third = at(ints[to - 1], depth);
    return Math.max(Math.min(first, second), Math.min(Math.max(first, second), third));
  }

  private void swap(int one, int other) {
    int kept = ints[one];
    ints[one] = ints[other];
    ints[other] = kept;
  }

  private int compare(int one, int other) {
    return Arrays.compare(
        ints, one + 1, one + 1 + ints[one], ints, other + 1, other + 1 + ints[other]);
  }

  /// Goes through records.
  public sealed interface Cursor {

    /// Goes to the next record.
    ///
    /// @return whether there is one
    boolean next();

    /// A number of the record.
    int get(int index);

    /// How many numbers the record has.
    int length();
  }

  /// Records that are in memory.
  private final class Listed implements Cursor {

    private int next = ints.length - count;
    private int record;

    @Override
    public boolean next() {
      if (next == ints.length) {
        return false;
      }
      record = ints[next++];
      return true;
    }

    @Override
    public int get(int index) {
      return ints[record + 1 + index];
    }

    @Override
    public int length() {
      return ints[record];
    }
  }

  /// Records of a run.
  private static final class Run implements Comparable<Run> {

    private final IntSpool.Reader reader;
    private int[] record = new int[32];
    private int length;

    Run(IntSpool.Reader reader) {
      this.reader = reader;
    }

    boolean next() {
      if (!reader.hasNext()) {
        return false;
      }
      length = reader.next();
      if (length > record.length) {
        record = new int[2 * length];
      }
      for (int i = 0; i < length; i++) {
        record[i] = reader.next();
      }
      return true;
    }

    @Override
    public int compareTo(Run other) {
      return Arrays.compare(record, 0, length, other.record, 0, other.length);
    }
  }

  /// Records of all runs.
  private final class Merged implements Cursor {

    private final PriorityQueue<Run> runs = new PriorityQueue<>();

    private boolean begun;

    Merged(IntSpool spool) {
      long from = 0;
      for (long to : runEnds) {
        Run run = new Run(spool.reader(from, to, MERGE_BYTES));
        run.next();
        runs.add(run);
        from = to;
      }
    }

    @Override
    public boolean next() {
      if (begun && !runs.isEmpty()) {
        Run first = runs.remove();
        if (first.next()) {
          runs.add(first);
        }
      }
      begun = true;
      return !runs.isEmpty();
    }

    private Run first() {
      Run first = runs.peek();
      if (first == null) {
        throw new IllegalStateException("there is no record");
      }
      return first;
    }

    @Override
    public int get(int index) {
      return first().record[index];
    }

    @Override
    public int length() {
      return first().length;
    }
  }

  /// Removes the temporary file.
  @Override
  public void close() {
    ints = new int[0];
    if (spool != null) {
      spool.close();
    }
  }
}
