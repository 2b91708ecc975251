package org.fovea.event;

/// An event-driven network, published: it never changes.
///
/// **Threads** safe; any number of propagations share one.
public final class EventNetwork {

  private final Segment segment;
  private final int levelCount;

  EventNetwork(Segment segment) {
    this.segment = segment;
    int highest = 0;
    for (int level : segment.levels()) {
      highest = Math.max(highest, level);
    }
    levelCount = highest + 1;
  }

  /// Number of neurons, inputs included.
  public int neuronCount() {
    return segment.table().count;
  }

  /// Number of synapses.
  public long synapseCount() {
    return segment.table().symbols.length;
  }

  /// Neurons have ids from 0 to below this; where neurons were removed, not all are there.
  public int idBound() {
    NeuronTable table = segment.table();
    return table.count == 0 ? 0 : table.ids[table.count - 1] + 1;
  }

  /// Whether there is a neuron of an id.
  public boolean contains(int id) {
    return segment.table().row(id) >= 0;
  }

  /// The neuron of an id, as it was described.
  ///
  /// @throws IllegalArgumentException if there is none
  public Neuron neuron(int id) {
    return segment.table().neuron(row(id));
  }

  /// Number of levels: inputs are on level 0, every other neuron above all that it reads.
  public int levelCount() {
    return levelCount;
  }

  int level(int id) {
    return segment.levels()[row(id)];
  }

  void requireInput(int id) {
    if (segment.table().kind(row(id)) != NeuronTable.INPUT) {
      throw new IllegalArgumentException(
          "neuron %d is not an input: it has synapses or a positive bias".formatted(id));
    }
  }

  private int row(int id) {
    int row = segment.table().row(id);
    if (row < 0) {
      throw new IllegalArgumentException("there is no neuron " + id);
    }
    return row;
  }
}
