package org.fovea.event;

/// A network that documents run through, wherever its neurons are.
///
/// **Threads** safe.
public sealed interface Neurons permits EventNetwork, SuspendedNetwork {

  /// Number of neurons, inputs included.
  int neuronCount();

  /// Number of synapses.
  long synapseCount();

  /// Neurons have ids from 0 to below this.
  int idBound();

  /// Number of levels: inputs are on level 0, every other neuron above all that it reads.
  int levelCount();

  /// How much of a document activations depend on.
  Reach reach();

  /// Whether there is a neuron of an id.
  boolean contains(int id);

  /// Whether documents activate the neuron of an id.
  ///
  /// @throws IllegalArgumentException if there is none
  boolean isInput(int id);

  /// The neuron of an id, as it was described.
  ///
  /// @throws IllegalArgumentException if there is none
  Neuron neuron(int id);

  /// What runs documents, in one thread.
  Propagation propagation();
}
