package org.fovea.network;

import java.util.Optional;

/// Where the rows of weights of a batch's active labels are: the rows of the layer's matrix with
/// the labels' own numbers, or, where rows are suspended, the slots in which they are awake.
///
/// **Threads** confined; read by the worker's team.
final class ActiveRows {

  private final Optional<SuspendedRows> suspended;
  private int[] slots = new int[0];
  private int[] rows = new int[0];
  private int awake;

  ActiveRows(NeuronLayer neurons) {
    this.suspended = neurons.suspended();
  }

  /// Wakes what a batch needs.
  ///
  /// @param labels different ones, at `[0, count)`
  void begin(int[] labels, int count) {
    if (suspended.isEmpty()) {
      rows = labels;
      return;
    }
    if (slots.length < count) {
      slots = new int[count + count / 4];
    }
    suspended.get().wake(labels, count, slots);
    awake = count;
    rows = slots;
  }

  /// Rows of the matrix of weights, by place in the batch's labels.
  int[] rows() {
    return rows;
  }

  /// Lets go of what was woken.
  ///
  /// @param changed whether rows may have changed
  void end(boolean changed) {
    if (awake > 0) {
      suspended.orElseThrow().release(slots, awake, changed);
      awake = 0;
    }
  }
}
