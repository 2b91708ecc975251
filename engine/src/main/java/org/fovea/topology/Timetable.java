package org.fovea.topology;

import org.fovea.network.StreamRandom;
import org.fovea.spec.Evolution;

/// When layers evolve.
///
/// @param batchesPerEpoch steps of an epoch
/// @param batches steps of the run
public record Timetable(long batchesPerEpoch, long batches) {

  public Timetable {
    if (batchesPerEpoch < 1 || batches < 1) {
      throw new IllegalArgumentException(
          "a run needs steps, not %s in %s an epoch".formatted(batches, batchesPerEpoch));
    }
  }

  /// Whether a layer evolves after a step.
  ///
  /// @param batch number of the step, from 0
  /// @param layers number of sparse layers
  boolean isDue(Evolution.When when, long batch, int layers, StreamRandom random) {
    long done = batch + 1;
    if (done >= batches) {
      return false;
    }
    return switch (when) {
      case Evolution.When.Never _ -> false;
      case Evolution.When.Epochs(int count) -> done % (batchesPerEpoch * count) == 0;
      case Evolution.When.Steps(int count, double until) ->
          done % count == 0 && done <= until * batches;
      case Evolution.When.AtRandom(double probability) ->
          random.nextDouble() < probability / layers;
    };
  }

  /// Share of the evolving part of the run that is done after a step.
  double progress(Evolution.When when, long batch) {
    double until = when instanceof Evolution.When.Steps(int _, double share) ? share : 1;
    return Math.min(1, (batch + 1) / (until * batches));
  }
}
