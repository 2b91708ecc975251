package org.fovea.selection.lsh;

import org.fovea.kernel.Block;

/// A few of the latest queries, for measuring recall.
///
/// **Threads** workers leave queries while another copies them, without locks: half a query of one
/// and half of another is a query too.
final class RecentQueries {

  private static final int KEPT = 16;

  private final Block queries;
  private int next;
  private int count;

  RecentQueries(int inputs) {
    queries = new Block(KEPT, inputs);
  }

  /// Keeps a copy of a query in place of the oldest.
  void keep(Block inputs, int row) {
    int place = next;
    next = place + 1 == KEPT ? 0 : place + 1;
    count = Math.min(KEPT, count + 1);
    System.arraycopy(
        inputs.data(),
        inputs.offset(row),
        queries.data(),
        queries.offset(place),
        queries.columns());
  }

  /// A copy of what is kept.
  Block copy() {
    Block copy = new Block(count, queries.columns());
    System.arraycopy(queries.data(), 0, copy.data(), 0, copy.rows() * copy.stride());
    return copy;
  }
}
