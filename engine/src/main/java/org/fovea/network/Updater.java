package org.fovea.network;

import java.util.List;
import org.fovea.kernel.RowMatrix;

/// Turns the gradients of the rows of one parameter matrix into steps: the seam that optimizers
/// fill. It owns the optimizer's state for that matrix.
///
/// **Threads** racy on purpose, as the matrix is: several workers may update the same row; a lost
/// update is tolerated.
public interface Updater {

  /// Steps one row.
  ///
  /// @param row row of the matrix
  /// @param gradient holds the gradient of the row, columns and padding, from `from` on; may be
  ///   changed (clipped)
  /// @param from position of the gradient's first component
  /// @param rate learning rate
  void update(int row, float[] gradient, int from, float rate);

  /// The state, for checkpoints: matrices with as many rows as the parameters.
  default List<State> state() {
    return List.of();
  }

  /// One matrix of an updater's state.
  ///
  /// @param name unique in the updater
  /// @param values owned by the updater
  record State(String name, RowMatrix values) {}
}
