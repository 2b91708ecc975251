package org.fovea.event;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/// Edges to wide neurons of a network in memory, as pages have them.
///
/// **Threads** confined.
final class WideEdges {

  /// A neuron with more edges than this does not take them along.
  static final int MOST_TAKEN = 32;

  private final Segment segment;
  private final BitSet hanging;

  /// @param hanging ids of neurons that have triggers
  WideEdges(Segment segment, BitSet hanging) {
    this.segment = segment;
    this.hanging = hanging;
  }

  /// Number of edges that a neuron takes along; 0 if it has too many.
  int count(int id) {
    int record = segment.roots().record(id);
    int count = record < 0 || id < 0 || !hanging.get(id) ? 0 : all(record);
    return count > MOST_TAKEN ? 0 : count;
  }

  private int all(int record) {
    return segment.roots().firstEdge(record + 1) - segment.roots().firstEdge(record);
  }

  /// Edges that a neuron takes along.
  List<Trigger.Edge> of(int id) {
    return count(id) == 0 ? List.of() : edges(segment.roots().record(id));
  }

  /// All edges of a record.
  private List<Trigger.Edge> edges(int record) {
    NeuronTable table = segment.table();
    List<Trigger.Edge> edges = new ArrayList<>();
    for (int e = segment.roots().firstEdge(record);
        e < segment.roots().firstEdge(record + 1);
        e++) {
      int row = segment.roots().edges[2 * e];
      int s = segment.roots().edges[2 * e + 1];
      edges.add(
          new Trigger.Edge(
              table.ids[row],
              s - table.synapseStart[row],
              table.synapse(s),
              table.biases[row],
              table.shapes[row],
              segment.levels()[row]));
    }
    return edges;
  }

  /// Puts edges that no neuron takes along: those of what has no trigger, and of neurons with many.
  ///
  /// @param symbols of the records
  void write(NetworkPages pages, int[] symbols) {
    for (int record = 0; record < symbols.length; record++) {
      if (count(symbols[record]) == 0) {
        pages.edges(symbols[record], edges(record));
      }
    }
  }
}
