package org.fovea.network;

import org.fovea.kernel.Kernels;
import org.fovea.kernel.SparseScratch;
import org.fovea.kernel.UnitBlock;

/// A sparse layer and what a batch left there: the factors of its gradient.
///
/// The gradient of the place from input `c` to neuron `r` is the dot product of row `r` of
/// [#deltas] and row `c` of [#inputs], whether it is connected or not.
///
/// **Threads** valid until the pass trains on the next batch.
public final class SparseActivity {

  private static final Kernels KERNELS = Kernels.best();

  private final SparseConnections connections;
  private final UnitSignals in;
  private final UnitBlock deltas;
  private final SparseScratch scratch = new SparseScratch();

  SparseActivity(SparseConnections connections, UnitSignals in, UnitBlock deltas) {
    this.connections = connections;
    this.in = in;
    this.deltas = deltas;
  }

  /// The same signals for the connections of another network.
  SparseActivity of(SparseConnections others) {
    return new SparseActivity(others, in, deltas);
  }

  /// The connections of the layer.
  public SparseConnections connections() {
    return connections;
  }

  /// Gradients to the net inputs: `[neurons, batch]`.
  public UnitBlock deltas() {
    return deltas;
  }

  /// The inputs: `[inputs, batch]`.
  public UnitBlock inputs() {
    return in.values();
  }

  /// Gradients of the existing connections `[from, to)`.
  public void gradients(long from, long to, float[] out) {
    KERNELS.sparseGradients(
        connections.matrix().pattern(), deltas, in.values(), from, to, out, scratch);
  }
}
