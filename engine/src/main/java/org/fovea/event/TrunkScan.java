package org.fovea.event;

import java.util.Arrays;

/// Finds the nodes below which there is more than fits on a page: those of the trunk.
///
/// **Threads** confined. **Cost** one pass; 8 bytes a node of the trunk.
final class TrunkScan {

  private static final int DEPTH_BITS = 20;

  private final int limit;
  private long[] found = new long[64];
  private int count;
  private long[] bytes = new long[16];
  private long[] firstEntries = new long[16];
  private int depth;
  private int next;

  private TrunkScan(int limit) {
    this.limit = limit;
  }

  /// Reads a stream to its end.
  ///
  /// @param limit bytes of a page
  static TrunkScan of(TriggerStream stream, int limit) {
    TrunkScan scan = new TrunkScan(limit);
    PathChange change = new PathChange();
    for (long entry = 0; stream.next(); entry++) {
      int common = change.to(stream);
      scan.close(common);
      scan.open(stream.depth(), entry);
      scan.bytes[scan.depth - 1] += stream.bytes();
    }
    scan.close(0);
    Arrays.sort(scan.found, 0, scan.count);
    return scan;
  }

  private void close(int common) {
    while (depth > common) {
      depth--;
      if (bytes[depth] > limit) {
        if (count == found.length) {
          found = Arrays.copyOf(found, 2 * count);
        }
        found[count++] = (firstEntries[depth] << DEPTH_BITS) | depth;
      }
      if (depth > 0) {
        bytes[depth - 1] += bytes[depth];
      }
    }
  }

  private void open(int wanted, long entry) {
    if (wanted > bytes.length) {
      bytes = Arrays.copyOf(bytes, 2 * wanted);
      firstEntries = Arrays.copyOf(firstEntries, 2 * wanted);
    }
    for (; depth < wanted; depth++) {
      bytes[depth] = Trigger.NODE_BYTES;
      firstEntries[depth] = entry;
    }
  }

  /// Whether the node that an entry is the first of, at a depth, is of the trunk; asked in the
  /// order of the entries, and of depths for each.
  boolean isTrunk(long entry, int atDepth) {
    if (next < count && found[next] == ((entry << DEPTH_BITS) | atDepth)) {
      next++;
      return true;
    }
    return false;
  }
}
