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

  /// If more than one row in this many moves, the table is repacked.
  private static final int BULK = 16;

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
    for (int i = 0; i < count; i++) {
      if (addresses.get(moving[i]) != targets[first + i * step]) {
        moved++;
      }
    }
    if (moved > rows / BULK) {
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
    int total = 0;
    for (int size : sizes) {
      total += size;
    }
    Buckets fresh = new Buckets(bucketCount, total + total / 8 + 64, visible, ordered);
    int start = 0;
    for (int bucket = 0; bucket < bucketCount; bucket++) {
      fresh.publish(bucket, start, 0);
      capacities[bucket] = sizes[bucket];
      start += sizes[bucket];
    }
    used = total;
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
    long header = buckets.header(bucket);
    int size = Buckets.size(header);
    if (size == capacities[bucket]) {
      int room = size + Math.max(4, size / 2);
      if (room > buckets.entries().length - used) {
        repack(0);
        header = buckets.header(bucket);
      }
      if (room > buckets.entries().length - used) {
        widen(room);
        header = buckets.header(bucket);
      }
      int[] entries = buckets.entries();
      System.arraycopy(entries, Buckets.start(header), entries, used, size);
      buckets.publish(bucket, used, size);
      capacities[bucket] = room;
      used += room;
    }
    append(buckets, bucket, row);
    addresses.set(row, bucket);
  }

  /// Copies the entries into an array with more spare space.
  private void widen(int room) {
    Buckets fresh = new Buckets(bucketCount, used + 2 * room, visible, ordered);
    System.arraycopy(buckets.entries(), 0, fresh.entries(), 0, used);
    for (int bucket = 0; bucket < bucketCount; bucket++) {
      long header = buckets.header(bucket);
      fresh.publish(bucket, Buckets.start(header), Buckets.size(header));
    }
    BUCKETS.setRelease(this, fresh);
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
