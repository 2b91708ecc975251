package org.fovea.network;

import org.fovea.kernel.ConnectionMove;

/// A change of what exists: which connections, which neurons, under which numbers. Evolution and
/// pruning produce them, [Network#apply] carries them out; whoever keeps something for each
/// connection or neuron follows them.
///
/// Layers are counted as in [Network#connections]: the sparse hidden layers from the input upward,
/// the output layer last.
///
/// **Threads** immutable, but for arrays that nobody writes to.
public sealed interface StructureChange {

  /// The layer that changes.
  int layer();

  /// Connections go and others come. Survivors keep their optimizer state, new ones start with a
  /// clean one.
  ///
  /// @param move not necessarily as many come as go
  record ConnectionsMoved(int layer, ConnectionMove move) implements StructureChange {}

  /// Neurons go with all their connections. What a neuron without inputs would say at prediction
  /// goes into the biases of the layer above, or into its running means if it is normalized: where
  /// the neurons had no connections from below, or none to above, the function stays as it was.
  ///
  /// @param rows the neurons that go, ascending; owned by the change
  record RowsRemoved(int layer, int[] rows) implements StructureChange {}

  /// Neurons come, numbered on from the last, with a bias of zero and not connected: the function
  /// stays as it was.
  ///
  /// @param count how many come
  record RowsAdded(int layer, int count) implements StructureChange {}

  /// Neurons get other numbers: the function stays as it was.
  ///
  /// @param origins for each neuron the number that it had, each once; owned by the change
  record RowsRenumbered(int layer, int[] origins) implements StructureChange {}
}
