package org.fovea.selection.lsh;

import org.fovea.spec.Rehash;

/// Tells after which batches tables are brought up to date.
///
/// What it says depends on the number of the batch only, so a run that is resumed goes on as it
/// would have.
///
/// **Threads** confined.
final class RehashClock {

  private final double growth;
  private double interval;
  private long due;
  private long round;
  private long last = -1;

  RehashClock(Rehash rehash) {
    switch (rehash) {
      case Rehash.Every(int batches) -> {
        interval = batches;
        growth = 1;
      }
      case Rehash.Growing(int first, double factor) -> {
        interval = first;
        growth = factor;
      }
      case Rehash.Incremental(int batches) -> {
        interval = batches;
        growth = 1;
      }
      case Rehash.Background(int batches) -> {
        interval = batches;
        growth = 1;
      }
    }
    due = (long) interval;
  }

  /// Number of the round that is due after a batch or has become due since the last question,
  /// counted from 1; 0 if none is. To be asked with ascending batches.
  long roundAt(long batch) {
    long since = last < 0 ? batch - 1 : last;
    last = batch;
    boolean isDue = false;
    while (due <= batch) {
      isDue = due > since;
      round++;
      interval = Math.min(interval * growth, 1L << 40);
      due += Math.max(1, (long) interval);
    }
    return isDue ? round : 0;
  }
}
