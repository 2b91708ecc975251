package org.fovea.event;

/// Takes rows of neurons that hang at a node of a lattice that was reached.
@FunctionalInterface
interface Terminals {

  /// @param segment segment or page of the row, by number
  /// @param state how the node was reached
  void reached(int segment, int row, int state);
}
