package org.fovea.network;

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
  ///     changed (clipped)
  /// @param from position of the gradient's first component
  /// @param rate learning rate
  void update(int row, float[] gradient, int from, float rate);

  /// Multiply-adds of one update of a row, for the count of work done.
  default int work(int columns) {
    return columns;
  }
}
