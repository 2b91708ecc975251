package org.fovea.event;

import java.util.Arrays;

/// What new activations start in a segment, looked up for all of them before anything is started,
/// so that waits for memory overlap.
///
/// **Threads** confined.
final class StartedRoots {

  private int[] records = new int[64];
  private int first;

  /// What was read: a compiler may leave out reads that nobody uses.
  int touched;

  /// Looks up activations `[from, to)`.
  void lookUp(Segment segment, ActivationArena arena, int from, int to) {
    first = from;
    if (to - from > records.length) {
      records = Arrays.copyOf(records, Math.max(to - from, 2 * records.length));
    }
    Roots roots = segment.roots();
    for (int a = from; a < to; a++) {
      records[a - from] = roots.record(arena.symbol(a));
    }
    int sum = 0;
    for (int i = 0; i < to - from; i++) {
      sum += records[i] < 0 ? 0 : roots.firstEdge(records[i]);
    }
    NeuronTable table = segment.table();
    for (int i = 0; i < to - from; i++) {
      int edge = records[i] < 0 ? 0 : 2 * roots.firstEdge(records[i]);
      if (edge < roots.edges.length) {
        sum += table.shapes[roots.edges[edge]];
        sum += Float.floatToRawIntBits(table.weights[roots.edges[edge + 1]]);
      }
    }
    touched = sum;
  }

  /// Record of an activation, or -1.
  int record(int activation) {
    return records[activation - first];
  }
}
