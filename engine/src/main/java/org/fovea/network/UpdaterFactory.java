package org.fovea.network;

import org.fovea.kernel.RowMatrix;

/// Makes the updater of a parameter matrix; a network that only predicts is made with [#frozen].
@FunctionalInterface
public interface UpdaterFactory {

  /// An updater with fresh state for a matrix.
  ///
  /// @param role what the parameters are: weight decay shrinks weights and spares the others
  Updater create(RowMatrix values, Parameters.Role role);

  /// Told that the updater of a matrix is no longer used: another has taken over its state.
  default void retire(RowMatrix values) {}

  /// Updaters that refuse to update.
  static UpdaterFactory frozen() {
    return (values, role) ->
        (row, gradient, from, rate) -> {
          throw new IllegalStateException("this network was opened for prediction only");
        };
  }
}
