package org.fovea.selection.lsh;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/// The contents of one hash table as queries see it: for each bucket a stretch of one array of
/// rows.
///
/// **Threads** read by many threads while one writes. A stretch is filled before its header is
/// released, and one that was given up is not used again until the whole is replaced; so what a
/// reader sees is always a row that was in the bucket at some time not long ago: perhaps twice,
/// perhaps missing while it moves, never anything else.
final class Buckets {

  private static final VarHandle HEADERS = MethodHandles.arrayElementVarHandle(long[].class);

  private final long[] headers;
  private final int[] entries;
  private final int visible;
  private final boolean newest;

  /// Empty buckets.
  ///
  /// @param space number of entries
  /// @param visible how many entries of a bucket queries see
  /// @param newest whether they are its last ones, not its first
  Buckets(int buckets, int space, int visible, boolean newest) {
    this.headers = new long[buckets];
    this.entries = new int[space];
    this.visible = visible;
    this.newest = newest;
  }

  /// Where a bucket is and how much it holds, to be taken apart by the methods below.
  long header(int bucket) {
    return (long) HEADERS.getAcquire(headers, bucket);
  }

  /// Makes a stretch of entries, written before, the contents of a bucket.
  void publish(int bucket, int start, int size) {
    HEADERS.setRelease(headers, bucket, (long) start << 32 | size);
  }

  /// Position of a bucket's first entry.
  static int start(long header) {
    return (int) (header >>> 32);
  }

  /// Number of a bucket's entries.
  static int size(long header) {
    return (int) header;
  }

  /// Position of the first entry that queries see.
  int visibleStart(long header) {
    int hidden = size(header) - visible;
    return newest && hidden > 0 ? start(header) + hidden : start(header);
  }

  /// Number of entries that queries see.
  int visibleSize(long header) {
    return Math.min(size(header), visible);
  }

  /// The rows of all buckets. Owned by the table.
  int[] entries() {
    return entries;
  }

  /// Number of buckets.
  int count() {
    return headers.length;
  }
}
