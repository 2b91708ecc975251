package org.fovea.network;

import org.fovea.kernel.RowMatrix;

/// Fetches rows that are about to be updated, many at a time.
///
/// Rows of a wide layer lie far apart in memory. One after another, an update waits for its row;
/// read beforehand, the rows of a group arrive together: on a Zen 4 core updates of 128 weights
/// took about 90 ns instead of 200 (`docs/kernels.md`).
///
/// **Threads** one call at a time for each thread of the team. **Cost** one load for every 64
/// bytes.
final class RowsAhead {

  /// Floats of a group: 16 kB, half of a first-level cache. Rows so long that no two fit are left
  /// to the processor, which sees by itself where they go on.
  private static final int GROUP = 4_096;

  /// Distance of two threads' sums, so that they share no line of the cache.
  private static final int LINE = 16;

  /// What was read, by thread: a compiler may leave out reads that nobody uses.
  private final float[] sums;

  RowsAhead(Team team) {
    this.sums = new float[team.size() * LINE];
  }

  /// Fetches the rows at `place` and after it, if a group begins there.
  ///
  /// @param rows the row at each place
  /// @param place a place of `[from, to)`, visited in order
  void fetch(RowMatrix matrix, int[] rows, int place, int from, int to, int thread) {
    int group = GROUP / Math.max(1, matrix.stride());
    if (group > 1 && (place - from) % group == 0) {
      sums[thread * LINE] = matrix.touch(rows, place, Math.min(to, place + group));
    }
  }
}
