package org.fovea.event;

import java.util.Arrays;

/// An event-driven network, published: it never changes.
///
/// It has one segment of neurons, and where it was edited a second, smaller one, whose neurons
/// replace those of the same ids in the first.
///
/// **Threads** safe; any number of propagations share one. **Cost** some 130 bytes for a pattern of
/// 3.5 words with its part of a category.
public final class EventNetwork {

  private final Segment[] segments;
  private final IntTable replaced;
  private final IntTable echoReaders;
  private final int levelCount;
  private final int neuronCount;
  private final long synapseCount;
  private final int idBound;

  /// @param replaced ids of the first segment that do not count any more
  /// @param echoReaders number of recurrent synapses that read each neuron, where there are any
  private EventNetwork(Segment[] segments, IntTable replaced, IntTable echoReaders) {
    this.segments = segments;
    this.replaced = replaced;
    this.echoReaders = echoReaders;
    int highest = 0;
    int neurons = 0;
    long synapses = 0;
    int bound = 0;
    for (Segment segment : segments) {
      NeuronTable table = segment.table();
      for (int level : segment.levels()) {
        highest = Math.max(highest, level);
      }
      neurons += table.count;
      synapses += table.symbols.length;
      bound = table.count == 0 ? bound : Math.max(bound, table.ids[table.count - 1] + 1);
    }
    levelCount = highest + 1;
    neuronCount = neurons;
    synapseCount = synapses;
    idBound = bound;
  }

  static EventNetwork of(Segment segment) {
    IntTable readers = new IntTable(0);
    for (int symbol : segment.table().symbols) {
      if (symbol < 0) {
        readers.put(~symbol, Math.max(readers.get(~symbol), 0) + 1);
      }
    }
    return new EventNetwork(new Segment[] {segment}, new IntTable(0), readers);
  }

  /// Number of neurons, inputs included.
  public int neuronCount() {
    return neuronCount;
  }

  /// Number of synapses.
  public long synapseCount() {
    return synapseCount;
  }

  /// Neurons have ids from 0 to below this; where neurons were removed, not all are there.
  public int idBound() {
    return idBound;
  }

  /// Number of levels: inputs are on level 0, every other neuron above all that it reads.
  public int levelCount() {
    return levelCount;
  }

  /// Number of nodes of the pattern lattice.
  public int latticeNodeCount() {
    return Arrays.stream(segments).mapToInt(segment -> segment.lattice().nodeCount()).sum();
  }

  /// Bytes of all arrays.
  public long bytes() {
    return Arrays.stream(segments).mapToLong(Segment::bytes).sum()
        + replaced.bytes()
        + echoReaders.bytes();
  }

  /// Whether there is a neuron of an id.
  public boolean contains(int id) {
    return segmentOf(id) >= 0;
  }

  /// The neuron of an id, as it was described.
  ///
  /// @throws IllegalArgumentException if there is none
  public Neuron neuron(int id) {
    NeuronTable table = segments[requireSegment(id)].table();
    return table.neuron(table.row(id));
  }

  int level(int id) {
    Segment segment = segments[requireSegment(id)];
    return segment.levels()[segment.table().row(id)];
  }

  void requireInput(int id) {
    NeuronTable table = segments[requireSegment(id)].table();
    if (table.kind(table.row(id)) != NeuronTable.INPUT) {
      throw new IllegalArgumentException(
          "neuron %d is not an input: it has synapses or a positive bias".formatted(id));
    }
  }

  private int requireSegment(int id) {
    int segment = segmentOf(id);
    if (segment < 0) {
      throw new IllegalArgumentException("there is no neuron " + id);
    }
    return segment;
  }

  private int segmentOf(int id) {
    if (segments[0].table().row(id) >= 0 && (replaced.size() == 0 || replaced.get(id) < 0)) {
      return 0;
    }
    return segments.length > 1 && segments[1].table().row(id) >= 0 ? 1 : -1;
  }

  int segmentCount() {
    return segments.length;
  }

  Segment segment(int index) {
    return segments[index];
  }

  /// Whether a row does not count any more.
  boolean isReplaced(int segment, int row) {
    return segment == 0 && replaced.size() > 0 && replaced.get(segments[0].table().ids[row]) >= 0;
  }

  boolean hasEchoes() {
    return echoReaders.size() > 0;
  }

  /// Whether a recurrent synapse reads a neuron.
  boolean isEchoed(int id) {
    return echoReaders.get(id) > 0;
  }
}
