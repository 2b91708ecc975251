package org.fovea.event;

/// Neurons with the paths of the lattice that lead to them, in order: higher levels of the root
/// first, then by root, then by path, depth first. A neuron comes once for each of its triggers.
///
/// **Threads** confined.
interface TriggerStream {

  /// Goes to the next; after the last, begins again.
  ///
  /// @return whether there is one
  boolean next();

  /// [Trunk#JOINED] or [Trunk#PRESENT].
  int family();

  /// Way and symbol of each node, one after the other, the root first; in `path()[0, 2 * depth())`.
  /// The way of a root has its level.
  int[] path();

  /// Number of nodes.
  int depth();

  /// Bytes that the neuron takes on a page, about.
  int bytes();

  /// The neuron, to be kept.
  Trigger trigger();
}
