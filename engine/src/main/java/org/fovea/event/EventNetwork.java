package org.fovea.event;

import java.util.Arrays;

/// An event-driven network, published: it never changes.
///
/// It has one segment of neurons, and where it was edited a second, smaller one, whose neurons
/// replace those of the same ids in the first.
///
/// **Threads** safe; any number of propagations share one. **Cost** some 150 bytes for a pattern of
/// 3.5 words with its part of a category.
public final class EventNetwork implements Neurons {

  private final Segment[] segments;
  private final IntTable replaced;
  private final IntTable echoReaders;
  private final long synapseCount;
  private final int idBound;

  /// @param replaced ids of the first segment that do not count any more
  /// @param echoReaders number of recurrent synapses that read each neuron, where there are any
  private EventNetwork(
      Segment[] segments, IntTable replaced, IntTable echoReaders, long synapseCount, int idBound) {
    this.segments = segments;
    this.replaced = replaced;
    this.echoReaders = echoReaders;
    this.synapseCount = synapseCount;
    this.idBound = idBound;
  }

  static EventNetwork of(Segment segment, int idBound) {
    IntTable readers = new IntTable(0);
    NeuronTable table = segment.table();
    for (int row = 0; row < table.count; row++) {
      countEchoes(readers, table, row, 1);
    }
    Segment[] segments = {segment};
    return new EventNetwork(segments, new IntTable(0), readers, table.symbols.length, idBound);
  }

  /// This network, which is not edited itself, with a second segment.
  ///
  /// @param delta neurons that replace those of their ids, or are new
  /// @param hidden ids of the first segment that do not count any more
  /// @param bound above all ids that there ever were
  EventNetwork edited(Segment delta, int[] hidden, int bound) {
    NeuronTable table = segments[0].table();
    IntTable readers = new IntTable(echoReaders);
    IntTable hiding = new IntTable(hidden.length);
    long synapses = synapseCount + delta.table().symbols.length;
    for (int row = 0; row < delta.table().count; row++) {
      countEchoes(readers, delta.table(), row, 1);
    }
    for (int id : hidden) {
      int row = table.row(id);
      countEchoes(readers, table, row, -1);
      synapses -= table.synapseStart[row + 1] - table.synapseStart[row];
      hiding.put(id, 0);
    }
    return new EventNetwork(new Segment[] {segments[0], delta}, hiding, readers, synapses, bound);
  }

  private static void countEchoes(IntTable readers, NeuronTable table, int row, int change) {
    for (int s = table.synapseStart[row]; s < table.synapseStart[row + 1]; s++) {
      if (table.symbols[s] < 0) {
        int id = ~table.symbols[s];
        readers.put(id, Math.max(readers.get(id), 0) + change);
      }
    }
  }

  /// Number of neurons, inputs included.
  @Override
  public int neuronCount() {
    return Arrays.stream(segments).mapToInt(segment -> segment.table().count).sum()
        - replaced.size();
  }

  /// Number of synapses.
  @Override
  public long synapseCount() {
    return synapseCount;
  }

  /// Neurons have ids from 0 to below this; where neurons were removed, not all are there.
  @Override
  public int idBound() {
    return idBound;
  }

  /// Number of levels: inputs are on level 0, every other neuron above all that it reads.
  @Override
  public int levelCount() {
    int most = 0;
    for (Segment segment : segments) {
      most = Math.max(most, segment.levelCount());
    }
    return most;
  }

  /// Whether neurons were edited since it was built; it is built anew to be stored.
  public boolean isEdited() {
    return segments.length > 1;
  }

  /// Number of nodes of the pattern lattice.
  public int latticeNodeCount() {
    return Arrays.stream(segments).mapToInt(segment -> segment.lattice().nodeCount()).sum();
  }

  /// How much of a document activations depend on. **Cost** a look at all synapses.
  @Override
  public Reach reach() {
    return Reach.of(this);
  }

  /// Bytes of all arrays.
  public long bytes() {
    return Arrays.stream(segments).mapToLong(Segment::bytes).sum()
        + replaced.bytes()
        + echoReaders.bytes();
  }

  /// Whether there is a neuron of an id.
  @Override
  public boolean contains(int id) {
    return segmentOf(id) >= 0;
  }

  /// The neuron of an id, as it was described.
  ///
  /// @throws IllegalArgumentException if there is none
  @Override
  public Neuron neuron(int id) {
    NeuronTable table = segments[requireSegment(id)].table();
    return table.neuron(table.row(id));
  }

  @Override
  public Propagation propagation() {
    return new EventPropagation(this);
  }

  int level(int id) {
    Segment segment = segments[requireSegment(id)];
    return segment.levels()[segment.table().row(id)];
  }

  /// Whether documents activate the neuron of an id.
  ///
  /// @throws IllegalArgumentException if there is none
  @Override
  public boolean isInput(int id) {
    NeuronTable table = segments[requireSegment(id)].table();
    return table.kind(table.row(id)) == NeuronTable.INPUT;
  }

  void requireInput(int id) {
    if (!isInput(id)) {
      throw new IllegalArgumentException(
          "neuron %s is not an input: it has synapses or a positive bias".formatted(id));
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
