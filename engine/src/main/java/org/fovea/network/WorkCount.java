package org.fovea.network;

/// Multiply-adds: those done, those that the same network would have done without selection and
/// with every connection, and those that it would have done on top of that for features that
/// examples do not have.
///
/// What is counted: forward, gradient to the layer below, gradient of the weights; of selection the
/// projections and comparisons. Row updates, activations and direct connections are not. A sparse
/// layer over sparse inputs counts its connections as if the inputs of a batch had equally many.
///
/// **Threads** confined to the worker.
public final class WorkCount {

  private long done;
  private long selection;
  private long dense;
  private long absent;

  /// Nothing done.
  public WorkCount() {}

  void add(long doneByUs, long doneByDense) {
    done += doneByUs;
    dense += doneByDense;
  }

  void addSelection(long work) {
    selection += work;
  }

  void addAbsent(long work) {
    absent += work;
  }

  /// Adds what another worker has counted.
  public void add(WorkCount other) {
    done += other.done;
    selection += other.selection;
    dense += other.dense;
    absent += other.absent;
  }

  /// Multiply-adds of the layers.
  public long done() {
    return done;
  }

  /// Multiply-adds of finding the active neurons.
  public long selection() {
    return selection;
  }

  /// Multiply-adds with all neurons and all connections, over the features that examples have.
  public long dense() {
    return dense;
  }

  /// Multiply-adds that a dense network spends on features that examples do not have: together with
  /// [#dense] all that it does.
  public long absent() {
    return absent;
  }
}
