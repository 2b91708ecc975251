package org.fovea.event;

import java.util.Arrays;
import java.util.BitSet;

/// Collects neurons and publishes a network of them.
///
/// ```java
/// EventNetworkBuilder builder = new EventNetworkBuilder();
/// int big = builder.input();
/// int apple = builder.input();
/// int city = builder.add(Neuron.phrase(big, apple));
/// EventNetwork network = builder.build();
/// ```
///
/// **Threads** confined.
public final class EventNetworkBuilder {

  private final NeuronRows rows = new NeuronRows();
  private final BitSet defined = new BitSet();
  private float[] frequencies = new float[0];
  private int known;
  private int idBound;

  /// An empty network.
  public EventNetworkBuilder() {}

  /// Adds a neuron that documents activate.
  ///
  /// @return its id: ids count up from 0
  public int input() {
    return add(Neuron.input());
  }

  /// Adds a neuron.
  ///
  /// @return its id
  public int add(Neuron neuron) {
    int id = reserve();
    define(id, neuron);
    return id;
  }

  /// Takes an id for a neuron that will be described later, which cycles need.
  public int reserve() {
    if (idBound == Integer.MAX_VALUE) {
      throw new IllegalStateException("a network cannot have more neurons");
    }
    return idBound++;
  }

  /// Describes the neuron of a reserved id.
  ///
  /// @throws IllegalArgumentException if the id was not reserved or is described already
  public void define(int id, Neuron neuron) {
    if (id < 0 || id >= idBound) {
      throw new IllegalArgumentException("id %s is not reserved".formatted(id));
    }
    if (defined.get(id)) {
      throw new IllegalArgumentException("neuron %s is described already".formatted(id));
    }
    rows.add(id, neuron);
    defined.set(id);
  }

  /// Says how often a neuron occurs, which helps to choose triggers that are rare.
  ///
  /// @param share of the documents, or of the positions, in `[0, 1]`; the same measure for all
  public void frequency(int id, double share) {
    if (id < 0 || id >= idBound) {
      throw new IllegalArgumentException("id %s is not reserved".formatted(id));
    }
    if (!(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException("a frequency must be in [0, 1], not " + share);
    }
    if (id >= frequencies.length) {
      int before = frequencies.length;
      frequencies = Arrays.copyOf(frequencies, Math.max(id + 1, before + (before >> 1)));
      Arrays.fill(frequencies, before, frequencies.length, Float.NaN);
    }
    frequencies[id] = Math.max((float) share, Float.MIN_NORMAL);
    known = Math.max(known, id + 1);
  }

  /// Publishes the network; the builder can go on afterwards.
  ///
  /// @throws IllegalArgumentException if a reserved id is not described, a synapse reads a neuron
  ///   that is not there, or synapses form a cycle that no recurrent one breaks
  public EventNetwork build() {
    int missing = defined.nextClearBit(0);
    if (missing < idBound) {
      throw new IllegalArgumentException(
          "neuron %s was reserved and never described".formatted(missing));
    }
    NeuronTable table = rows.table();
    int[] levels = NeuronLevels.of(table, _ -> NeuronLevels.ABSENT, _ -> 0);
    return EventNetwork.of(
        Segment.of(table, levels, _ -> 0, Arrays.copyOf(frequencies, known)), idBound);
  }
}
