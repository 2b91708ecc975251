package org.fovea.network;

/// Multiply-adds: those done, and those that the same network would have done with every neuron and
/// every connection of its layers above the sparse input.
///
/// What is counted: forward, gradient to the layer below, gradient of the weights; of selection the
/// projections and comparisons. Row updates and activations are not.
///
/// **Threads** confined to the worker.
public final class WorkCount {

  private long done;
  private long selection;
  private long dense;

  /// Nothing done.
  public WorkCount() {}

  void add(long doneByUs, long doneByDense) {
    done += doneByUs;
    dense += doneByDense;
  }

  void addSelection(long work) {
    selection += work;
  }

  /// Adds what another worker has counted.
  public void add(WorkCount other) {
    done += other.done;
    selection += other.selection;
    dense += other.dense;
  }

  /// Multiply-adds of the layers.
  public long done() {
    return done;
  }

  /// Multiply-adds of finding the active neurons.
  public long selection() {
    return selection;
  }

  /// Multiply-adds of the dense network.
  public long dense() {
    return dense;
  }
}
