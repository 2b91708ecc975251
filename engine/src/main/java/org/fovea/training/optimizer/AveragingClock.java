package org.fovea.training.optimizer;

import java.util.concurrent.atomic.AtomicLong;

/// How many batches the mean of the weights covers so far.
///
/// **Threads** safe. It never goes back, although batches of several workers end in any order.
final class AveragingClock {

  /// Up to here sums of as many weights in single precision mean something.
  static final long LIMIT = 1 << 24;

  private final AtomicLong averagedBatches = new AtomicLong();

  void advance(long batches) {
    if (batches > averagedBatches.get()) {
      averagedBatches.accumulateAndGet(batches, Math::max);
    }
  }

  /// Whole, and exact, because it is below [#LIMIT].
  float averagedBatches() {
    return averagedBatches.get();
  }
}
