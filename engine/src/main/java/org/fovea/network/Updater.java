package org.fovea.network;

import java.util.List;
import java.util.Optional;
import org.fovea.kernel.RowMatrix;

/// Turns the gradients of the rows of one parameter matrix into steps: the seam that optimizers
/// fill. It owns the optimizer's state for that matrix.
///
/// **Threads** whoever makes it says; the matrix itself is read by others while a row is stepped.
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

  /// The mean of the latest gradients of each parameter, if the optimizer keeps one: momentum, or
  /// the first moment.
  ///
  /// **Shapes** as the parameters.
  default Optional<RowMatrix> momentum() {
    return Optional.empty();
  }

  /// One matrix of an updater's state.
  ///
  /// @param name unique in the updater
  /// @param values owned by the updater
  record State(String name, RowMatrix values) {}
}
