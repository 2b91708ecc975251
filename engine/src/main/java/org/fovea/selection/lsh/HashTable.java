package org.fovea.selection.lsh;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.fovea.spec.BucketPolicy;

/// One hash table: every row in the bucket of its address, and the address of every row.
///
/// All rows are kept; a bucket's capacity limits what queries see of it. That keeps the policies
/// exact when rows leave again:
///
/// - first in, first out: the entries are in order of arrival, queries see the last `capacity`;
/// - reservoir: the entries are in an order that is random and stays so, queries see the first
///   `capacity`. A new row changes places with a random one (Vitter's algorithm R, where the place
///   is beyond the capacity most of the time), the last one fills the gap of a row that leaves.
///
/// The stretches of the buckets lie without gaps after a build. A bucket that outgrows its stretch
/// moves into the spare space behind them; when that is used up, or when many rows move at once,
/// the table is repacked into a new array, which takes milliseconds.
///
/// **Threads** one writer at a time; [#buckets] may be read by any thread, see [Buckets]. **Cost**
/// 4.5 bytes an entry, 12 a bucket and the bits of an address.
final class HashTable {

  private static final VarHandle BUCKETS;

  static {
    try {
      BUCKETS = MethodHandles.lookup().findVarHandle(HashTable.class, "buckets", Buckets.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  /// Cost of a repack by row and of a single move, where looking at an entry costs one; measured.
  private static final int REPACK_COST = 8;

  private static final int MOVE_COST = 40;

  /// One in this many entries of a large bucket, and of the table, is spare.
  private static final int SPARE = 16;

  private final int rows;
  private final int bucketCount;
  private final int visible;
  private final boolean ordered;
  private final boolean shuffled;
  private final long seed;
  private final PackedInts addresses;
  private final int[] capacities;

  /// Written through [#BUCKETS].
  @SuppressWarnings("FieldCanBeFinal")
  private Buckets buckets;

  private int used;
  private long randomState;
  private int[] incoming = new int[0];

  /// A table without rows; [#build] puts them in.
  HashTable(int rows, int addressBits, BucketPolicy policy, long seed) {
    this.rows = rows;
    this.bucketCount = 1 << addressBits;
    this.visible =
        switch (policy) {
          case BucketPolicy.Unbounded() -> Integer.MAX_VALUE;
          case BucketPolicy.FirstInFirstOut(int capacity) -> capacity;
          case BucketPolicy.Reservoir(int capacity) -> capacity;
        };
    this.ordered = policy instanceof BucketPolicy.FirstInFirstOut;
    this.shuffled = policy instanceof BucketPolicy.Reservoir;
    this.seed = seed;
    this.addresses = new PackedInts(rows, addressBits);
    this.capacities = new int[bucketCount];
    this.buckets = new Buckets(bucketCount, 0, visible, ordered);
  }

  /// What queries read.
  Buckets buckets() {
    return (Buckets) BUCKETS.getAcquire(this);
  }

  /// The bucket that a row is in.
  int address(int row) {
    return addresses.get(row);
  }

  /// Sets a row's address before [#build]; ranges of rows that begin at multiples of 64 may be set
  /// in parallel.
  void prepare(int row, int address) {
    addresses.set(row, address);
  }

  /// Puts every row into the bucket of its prepared address, as if into an empty table.
  ///
  /// Rows arrive in a scattered order, so that a full bucket does not prefer the last rows.
  void build() {
    int[] sizes = new int[bucketCount];
    for (int row = 0; row < rows; row++) {
      sizes[addresses.get(row)]++;
    }
    randomState = seed;
    Buckets fresh = layout(sizes);
    Scatter order = Scatter.of(rows, seed);
    int row = order.first();
    for (int i = 0; i < rows; i++) {
      append(fresh, addresses.get(row), row);
      row = order.after(row);
    }
    BUCKETS.setRelease(this, fresh);
  }

  /// Moves rows to new addresses.
  ///
  /// @param moving rows, each at most once; the first `count` count
  /// @param targets row `moving[i]` goes to `targets[first + i * step]`
  /// @return how many had another address
  int move(int[] moving, int count, int[] targets, int first, int step) {
    int moved = 0;
    long scanned = 0;
    for (int i = 0; i < count; i++) {
      int address = addresses.get(moving[i]);
      if (address != targets[first + i * step]) {
        moved++;
        scanned += MOVE_COST + Buckets.size(buckets.header(address));
      }
    }
    if (scanned > (long) rows * REPACK_COST) {
      moveMany(moving, count, targets, first, step);
    } else if (moved > 0) {
      for (int i = 0; i < count; i++) {
        int target = targets[first + i * step];
        if (addresses.get(moving[i]) != target) {
          remove(moving[i]);
          insert(moving[i], target);
        }
      }
    }
    return moved;
  }

  private void moveMany(int[] moving, int count, int[] targets, int first, int step) {
    if (incoming.length < count) {
      incoming = new int[count];
    }
    int incomingCount = 0;
    for (int i = 0; i < count; i++) {
      int row = moving[i];
      int target = targets[first + i * step];
      if (addresses.get(row) != target) {
        addresses.set(row, target);
        incoming[incomingCount++] = row;
      }
    }
    repack(incomingCount);
  }

  /// Rebuilds the array: entries whose address is their bucket stay in order, `incoming` follow.
  private void repack(int incomingCount) {
    int[] sizes = new int[bucketCount];
    Buckets old = buckets;
    int[] entries = old.entries();
    for (int bucket = 0; bucket < bucketCount; bucket++) {
      long header = old.header(bucket);
      int start = Buckets.start(header);
      for (int i = start; i < start + Buckets.size(header); i++) {
        if (addresses.get(entries[i]) == bucket) {
          sizes[bucket]++;
        }
      }
    }
    for (int i = 0; i < incomingCount; i++) {
      sizes[addresses.get(incoming[i])]++;
    }
    Buckets fresh = layout(sizes);
    int[] target = fresh.entries();
    for (int bucket = 0; bucket < bucketCount; bucket++) {
      long header = old.header(bucket);
      int start = Buckets.start(header);
      int sink = Buckets.start(fresh.header(bucket));
      int kept = 0;
      for (int i = start; i < start + Buckets.size(header); i++) {
        if (addresses.get(entries[i]) == bucket) {
          target[sink + kept++] = entries[i];
        }
      }
      fresh.publish(bucket, sink, kept);
    }
    for (int i = 0; i < incomingCount; i++) {
      append(fresh, addresses.get(incoming[i]), incoming[i]);
    }
    BUCKETS.setRelease(this, fresh);
  }

  /// Empty buckets with room for `sizes` entries each, and spare space behind them.
  private Buckets layout(int[] sizes) {
    long total = 0;
    for (int bucket = 0; bucket < bucketCount; bucket++) {
      capacities[bucket] = sizes[bucket] + sizes[bucket] / SPARE;
      total += capacities[bucket];
    }
    int space = Math.toIntExact(total + total / SPARE + 4L * SPARE);
    Buckets fresh = new Buckets(bucketCount, space, visible, ordered);
    int start = 0;
    for (int bucket = 0; bucket < bucketCount; bucket++) {
      fresh.publish(bucket, start, 0);
      start += capacities[bucket];
    }
    used = start;
    return fresh;
  }

  /// Adds a row to a bucket that has room.
  private void append(Buckets target, int bucket, int row) {
    long header = target.header(bucket);
    int start = Buckets.start(header);
    int size = Buckets.size(header);
    int[] entries = target.entries();
    int place = shuffled ? start + below(size + 1) : start + size;
    entries[start + size] = entries[place];
    entries[place] = row;
    target.publish(bucket, start, size + 1);
  }

  private void insert(int row, int bucket) {
    if (Buckets.size(buckets.header(bucket)) == capacities[bucket] && !moveToSpare(bucket)) {
      repack(0);
      if (Buckets.size(buckets.header(bucket)) == capacities[bucket]) {
        moveToSpare(bucket);
      }
    }
    append(buckets, bucket, row);
    addresses.set(row, bucket);
  }

  /// Gives a full bucket a larger stretch in the spare space, if that has room. After a repack it
  /// has for buckets of less than [#SPARE] entries, and larger ones are not full then.
  private boolean moveToSpare(int bucket) {
    long header = buckets.header(bucket);
    int size = Buckets.size(header);
    int room = size + Math.max(4, size / 4);
    int[] entries = buckets.entries();
    if (room > entries.length - used) {
      return false;
    }
    System.arraycopy(entries, Buckets.start(header), entries, used, size);
    buckets.publish(bucket, used, size);
    capacities[bucket] = room;
    used += room;
    return true;
  }

  private void remove(int row) {
    int bucket = addresses.get(row);
    long header = buckets.header(bucket);
    int start = Buckets.start(header);
    int last = start + Buckets.size(header) - 1;
    int[] entries = buckets.entries();
    int place = start;
    while (entries[place] != row) {
      place++;
    }
    if (ordered) {
      System.arraycopy(entries, place + 1, entries, place, last - place);
    } else {
      entries[place] = entries[last];
    }
    buckets.publish(bucket, start, last - start);
  }

  /// A random number in `[0, bound)`.
  private int below(int bound) {
    randomState += 0x9E3779B97F4A7C15L;
    return (int) (((Mixing.mix(randomState) >>> 32) * bound) >>> 32);
  }

  /// Bytes taken.
  long bytes() {
    return addresses.bytes() + 4L * buckets.entries().length + 12L * bucketCount;
  }
}
