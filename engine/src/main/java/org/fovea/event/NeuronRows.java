package org.fovea.event;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/// Collects neurons for a [NeuronTable]. **Threads** confined.
final class NeuronRows {

  private static final int MOST_RELATIONS = 256;

  private int count;
  private int synapseCount;
  private int[] ids = new int[16];
  private float[] biases = new float[16];
  private byte[] shapes = new byte[16];
  private short[] parts = new short[16];
  private int[] starts = new int[16];
  private int[] symbols = new int[64];
  private float[] weights = new float[64];
  private float[] limits = new float[0];
  private byte[] relations = new byte[64];
  private final Map<Relation, Integer> kinds;
  private boolean ascending = true;

  NeuronRows() {
    this(new HashMap<>());
  }

  /// Rows that number relations as others do.
  ///
  /// @param kinds shared, grows
  NeuronRows(Map<Relation, Integer> kinds) {
    this.kinds = kinds;
    kinds.putIfAbsent(Relation.ANYWHERE, 0);
  }

  int count() {
    return count;
  }

  /// Adds a neuron; ids may come in any order.
  void add(int id, Neuron neuron) {
    int joined = neuron.occurrence() instanceof Occurrence.Joined(int number) ? number : 0;
    add(id, neuron.bias(), NeuronTable.shape(neuron), joined);
    for (Synapse synapse : neuron.synapses()) {
      add(synapse);
    }
  }

  /// Adds a neuron to which synapses are added next, perhaps not all that it has.
  void add(int id, float bias, byte shape, int joined) {
    if (count == ids.length) {
      int more = grown(count + 1);
      ids = Arrays.copyOf(ids, more);
      biases = Arrays.copyOf(biases, more);
      shapes = Arrays.copyOf(shapes, more);
      parts = Arrays.copyOf(parts, more);
      starts = Arrays.copyOf(starts, more);
    }
    ascending &= count == 0 || ids[count - 1] < id;
    ids[count] = id;
    biases[count] = bias;
    shapes[count] = shape;
    parts[count] = (short) joined;
    starts[count++] = synapseCount;
  }

  /// Adds a synapse to the last neuron.
  void add(Synapse synapse) {
    int s = synapseCount++;
    if (s == symbols.length) {
      int more = grown(s + 1);
      symbols = Arrays.copyOf(symbols, more);
      weights = Arrays.copyOf(weights, more);
      relations = Arrays.copyOf(relations, more);
    }
    symbols[s] = synapse.symbol();
    weights[s] = synapse.weight();
    relations[s] = (byte) kind(synapse.relation());
    if (synapse.limit() != 1 || limits.length > 0) {
      int known = limits.length;
      if (s >= known) {
        limits = Arrays.copyOf(limits, symbols.length);
        Arrays.fill(limits, known, limits.length, 1);
      }
      limits[s] = synapse.limit();
    }
  }

  private int kind(Relation relation) {
    Integer known = kinds.get(relation);
    if (known != null) {
      return known;
    }
    if (kinds.size() == MOST_RELATIONS) {
      throw new IllegalArgumentException(
          "a network can have %s different relations; %s is one too many"
              .formatted(MOST_RELATIONS, relation));
    }
    int kind = kinds.size();
    kinds.put(relation, kind);
    return kind;
  }

  private static int grown(int needed) {
    return Math.max(needed, (int) Math.min(Integer.MAX_VALUE - 8L, needed + (needed >> 1) + 8L));
  }

  /// The table, in the order in which neurons came.
  NeuronTable unsorted() {
    return new NeuronTable(this);
  }

  /// The table; these rows must not be used any more.
  NeuronTable table() {
    if (!ascending) {
      sort();
    }
    return new NeuronTable(this);
  }

  private void sort() {
    long[] order = new long[count];
    for (int row = 0; row < count; row++) {
      order[row] = ((long) ids[row] << 32) | row;
    }
    Arrays.sort(order);
    NeuronRows sorted = new NeuronRows();
    NeuronTable unsorted = unsorted();
    for (long next : order) {
      int row = (int) next;
      sorted.add(ids[row], unsorted.neuron(row));
    }
    ids = sorted.ids;
    biases = sorted.biases;
    shapes = sorted.shapes;
    parts = sorted.parts;
    starts = sorted.starts;
    symbols = sorted.symbols;
    weights = sorted.weights;
    limits = sorted.limits;
    relations = sorted.relations;
    kinds.clear();
    kinds.putAll(sorted.kinds);
    ascending = true;
  }

  int[] ids() {
    return Arrays.copyOf(ids, count);
  }

  float[] biases() {
    return Arrays.copyOf(biases, count);
  }

  byte[] shapes() {
    return Arrays.copyOf(shapes, count);
  }

  short[] parts() {
    return Arrays.copyOf(parts, count);
  }

  int[] synapseStart() {
    int[] all = Arrays.copyOf(starts, count + 1);
    all[count] = synapseCount;
    return all;
  }

  int[] symbols() {
    return Arrays.copyOf(symbols, synapseCount);
  }

  float[] weights() {
    return Arrays.copyOf(weights, synapseCount);
  }

  float[] limits() {
    if (limits.length == 0) {
      return limits;
    }
    float[] all = Arrays.copyOf(limits, synapseCount);
    if (limits.length < synapseCount) {
      Arrays.fill(all, limits.length, synapseCount, 1);
    }
    return all;
  }

  byte[] relations() {
    return Arrays.copyOf(relations, synapseCount);
  }

  Relation[] relationKinds() {
    return relationKinds(kinds);
  }

  static Relation[] relationKinds(Map<Relation, Integer> kinds) {
    Relation[] all = new Relation[kinds.size()];
    kinds.forEach((relation, kind) -> all[kind] = relation);
    return all;
  }
}
