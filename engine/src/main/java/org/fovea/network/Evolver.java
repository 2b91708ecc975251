package org.fovea.network;

import java.util.List;
import java.util.function.Consumer;

/// Changes which connections of the sparse layers exist: the seam that the package `topology`
/// fills.
///
/// **Threads** called by one thread while no other uses the network.
public interface Evolver {

  /// Called after each step that was taken: moves connections when it is time.
  ///
  /// @param layers the sparse layers from the input upward, the output layer last, with what the
  ///   batch left there
  /// @param seed seed of the run
  /// @param batch number of the batch
  /// @param changes carries each change out at once
  void evolve(
      List<SparseActivity> layers, long seed, long batch, Consumer<StructureChange> changes);
}
