package org.fovea.selection.lsh;

import org.fovea.kernel.RowMatrix;

/// The neurons that are hashed: a row of weights and a bias each, read while others write them.
///
/// **Shapes** `weights [neurons, inputs]`, `bias [neurons, 1]`; both owned by the layer.
public record HashedRows(RowMatrix weights, RowMatrix bias) {

  /// Checks the shapes.
  public HashedRows {
    if (bias.rows() != weights.rows() || bias.columns() != 1) {
      throw new IllegalArgumentException(
          "expected %d x 1 biases, not %d x %d"
              .formatted(weights.rows(), bias.rows(), bias.columns()));
    }
    if (weights.rows() == 0 || weights.columns() == 0) {
      throw new IllegalArgumentException(
          "nothing to hash: %d rows of %d weights".formatted(weights.rows(), weights.columns()));
    }
  }

  /// Number of neurons.
  int count() {
    return weights.rows();
  }

  /// Number of weights of a neuron.
  int inputs() {
    return weights.columns();
  }

  /// Bias of a neuron.
  float biasOf(int row) {
    return bias.at(row, 0);
  }
}
