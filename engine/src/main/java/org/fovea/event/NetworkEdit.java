package org.fovea.event;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// Changes of a [LiveNetwork] that will become visible together.
///
/// **Threads** confined; several edits may be made at the same time, and where two change one
/// neuron, the one that is committed last counts.
public final class NetworkEdit {

  private final LiveNetwork live;
  private final Map<Integer, Optional<Neuron>> changes = new TreeMap<>();
  private final Set<Integer> added = new TreeSet<>();
  private boolean committed;

  NetworkEdit(LiveNetwork live) {
    this.live = live;
  }

  /// Adds a neuron.
  ///
  /// @return its id, which no other neuron has or had
  public int add(Neuron neuron) {
    requireOpen();
    int id = live.newId();
    added.add(id);
    changes.put(id, Optional.of(neuron));
    return id;
  }

  /// Puts a neuron in the place of another, for example one with other weights.
  public void replace(int id, Neuron neuron) {
    requireOpen();
    changes.put(id, Optional.of(neuron));
  }

  /// Removes a neuron. Synapses that read it stay, and read nothing.
  public void remove(int id) {
    requireOpen();
    changes.put(id, Optional.empty());
  }

  /// Publishes all changes at once; the edit is used up.
  ///
  /// @return the network with them, which [LiveNetwork#current] gives from now on
  /// @throws IllegalArgumentException if a changed neuron is not there, a synapse reads a neuron
  ///   that never was, or synapses form a cycle that no recurrent one breaks; then nothing is
  ///   published
  public EventNetwork commit() {
    requireOpen();
    committed = true;
    return live.commit(changes, added);
  }

  private void requireOpen() {
    if (committed) {
      throw new IllegalStateException("the edit is committed already");
    }
  }
}
