package org.fovea.training.optimizer;

/// How many batches the mean of the weights covers so far.
///
/// **Threads** one thread writes; others may see it a batch late, which a mean tolerates.
final class AveragingClock {

  private float averagedBatches;

  void set(long batches) {
    averagedBatches = batches;
  }

  float averagedBatches() {
    return averagedBatches;
  }
}
