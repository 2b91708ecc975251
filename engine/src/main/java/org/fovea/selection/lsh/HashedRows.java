package org.fovea.selection.lsh;

import java.util.Optional;
import org.fovea.kernel.Block;
import org.fovea.kernel.Kernels;
import org.fovea.kernel.RowMatrix;
import org.fovea.network.NeuronLayer;
import org.fovea.network.StoredRows;

/// The neurons that are hashed: a row of weights and a bias each, read while others write them.
///
/// **Shapes** `weights [neurons, inputs]`, `bias [neurons, 1]`; both owned by the layer.
///
/// @param stored where the rows are instead, if `weights` has none of them, or in training only
///   those that are awake
public record HashedRows(RowMatrix weights, RowMatrix bias, Optional<StoredRows> stored) {

  private static final Kernels KERNELS = Kernels.best();

  /// Checks the shapes.
  public HashedRows {
    int rows = stored.map(StoredRows::rows).orElse(weights.rows());
    if (bias.rows() != rows || bias.columns() != 1) {
      throw new IllegalArgumentException(
          "expected %s x 1 biases, not %s x %s".formatted(rows, bias.rows(), bias.columns()));
    }
    if (rows == 0 || weights.columns() == 0) {
      throw new IllegalArgumentException(
          "nothing to hash: %s rows of %s weights".formatted(rows, weights.columns()));
    }
  }

  /// Rows in memory.
  public HashedRows(RowMatrix weights, RowMatrix bias) {
    this(weights, bias, Optional.empty());
  }

  /// The rows of a layer, wherever they are.
  public static HashedRows of(NeuronLayer layer) {
    return new HashedRows(layer.weights().values(), layer.bias().values(), layer.stored());
  }

  /// Number of neurons.
  int count() {
    return bias.rows();
  }

  /// Number of weights of a neuron.
  int inputs() {
    return weights.columns();
  }

  /// Bias of a neuron.
  float biasOf(int row) {
    return bias.at(row, 0);
  }

  /// Copies the rows `ids[from, to)`.
  ///
  /// @param block `[to - from, inputs]`, already sized
  void gather(int[] ids, int from, int to, Block block) {
    if (stored.isPresent()) {
      stored.get().gather(ids, from, to, block);
    } else {
      KERNELS.gatherRows(weights, ids, from, to, block);
    }
  }

  /// Products of the rows `ids[0, count)` with a vector, into `out`.
  ///
  /// @param fetched takes rows that are not in memory
  void products(int[] ids, int count, float[] x, int xFrom, Block fetched, float[] out) {
    if (stored.isEmpty()) {
      KERNELS.dotRows(weights, ids, 0, count, x, xFrom, out);
      return;
    }
    fetched.resize(count, inputs());
    stored.get().gather(ids, 0, count, fetched);
    for (int i = 0; i < count; i++) {
      out[i] = KERNELS.dot(fetched.data(), fetched.offset(i), x, xFrom, inputs());
    }
  }
}
