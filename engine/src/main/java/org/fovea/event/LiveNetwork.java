package org.fovea.event;

import java.util.BitSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;

/// A network that is edited while documents are read.
///
/// Changed neurons live in a delta beside the network that was built; an edit publishes a new
/// network with a new delta, and documents that are being read go on with the one they have. When
/// the delta has grown to a fraction of the whole, the next edit builds the network anew. An edited
/// network computes what one would that was built anew from the same neurons.
///
/// **Threads** safe. **Cost** of an edit: that of building the delta, and now and then of building
/// all; where the level of a neuron changes, that of looking at all synapses.
public final class LiveNetwork {

  /// The most changed neurons that a delta has, whatever the size of the network.
  static final int LEAST_REBUILT = 4_096;

  private static final int DELTA_FRACTION = 8;

  private final AtomicInteger nextId;
  private State state;
  private volatile EventNetwork current;

  /// What edits start from.
  ///
  /// @param base a network of one segment
  /// @param delta neurons that replace those of the base, or are new; never changed
  /// @param removed ids of neurons that were once there; never changed
  private record State(EventNetwork base, SortedMap<Integer, Neuron> delta, BitSet removed) {}

  /// A network that can be edited from now on; the given one does not change.
  public LiveNetwork(EventNetwork network) {
    BitSet removed = new BitSet();
    for (int id = 0; id < network.idBound(); id++) {
      if (!network.contains(id)) {
        removed.set(id);
      }
    }
    boolean edited = network.segmentCount() > 1;
    EventNetwork base = edited ? rebuilt(network, removed) : network;
    state = new State(base, new TreeMap<>(), removed);
    current = base;
    nextId = new AtomicInteger(network.idBound());
  }

  /// The network with all edits that were committed.
  public EventNetwork current() {
    return current;
  }

  /// Begins an edit.
  public NetworkEdit edit() {
    return new NetworkEdit(this);
  }

  int newId() {
    int id = nextId.getAndIncrement();
    if (id < 0) {
      throw new IllegalStateException("a network cannot have more neurons");
    }
    return id;
  }

  synchronized EventNetwork commit(Map<Integer, Optional<Neuron>> changes, Set<Integer> added) {
    SortedMap<Integer, Neuron> delta = new TreeMap<>(state.delta());
    BitSet removed = (BitSet) state.removed().clone();
    for (Map.Entry<Integer, Optional<Neuron>> change : changes.entrySet()) {
      int id = change.getKey();
      if (!added.contains(id) && !current.contains(id)) {
        throw new IllegalArgumentException("there is no neuron " + id);
      }
      if (change.getValue().isPresent()) {
        delta.put(id, change.getValue().get());
      } else {
        delta.remove(id);
        removed.set(id);
      }
    }
    NetworkDelta next = new NetworkDelta(state.base(), delta, removed);
    EventNetwork edited = next.publish(nextId.get());
    if (delta.size() > LEAST_REBUILT + state.base().neuronCount() / DELTA_FRACTION) {
      edited = rebuilt(edited, removed);
      state = new State(edited, new TreeMap<>(), removed);
    } else {
      state = new State(state.base(), delta, removed);
    }
    current = edited;
    return edited;
  }

  private static EventNetwork rebuilt(EventNetwork network, BitSet removed) {
    NeuronRows rows = new NeuronRows();
    for (int id = 0; id < network.idBound(); id++) {
      if (network.contains(id)) {
        rows.add(id, network.neuron(id));
      }
    }
    NeuronTable table = rows.table();
    int[] levels = NeuronLevels.of(table, id -> removed.get(id) ? 0 : NeuronLevels.ABSENT, _ -> 0);
    float[] known = network.segment(0).frequencies();
    return EventNetwork.of(Segment.of(table, levels, _ -> 0, known), network.idBound());
  }
}
