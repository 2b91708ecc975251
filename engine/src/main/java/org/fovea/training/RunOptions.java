package org.fovea.training;

import java.time.Duration;
import org.fovea.spec.Residency;

/// How a run is carried out, as opposed to what it computes.
///
/// @param threads workers, or threads of the team of a deterministic run
/// @param checkpointBatches batches between two checkpoints within an epoch; used when
///   deterministic
/// @param checkpointInterval time between two checkpoints within an epoch; used when asynchronous
/// @param labels where the rows of the labels are; see [SuspendedLabels]
/// @param replaces whether a run that begins anew may replace a model, or an unfinished run, that
///   is in its directory
public record RunOptions(
    int threads,
    long checkpointBatches,
    Duration checkpointInterval,
    Residency labels,
    boolean replaces) {

  public RunOptions {
    if (threads < 1 || threads > 1024) {
      throw new IllegalArgumentException("threads must be between 1 and 1024, not " + threads);
    }
    if (checkpointBatches < 1) {
      throw new IllegalArgumentException(
          "checkpointBatches must be positive, not " + checkpointBatches);
    }
    if (checkpointInterval.isNegative() || checkpointInterval.isZero()) {
      throw new IllegalArgumentException(
          "checkpointInterval must be positive, not " + checkpointInterval);
    }
  }

  /// With the rows of the labels in the heap, for a directory without a model.
  public RunOptions(int threads, long checkpointBatches, Duration checkpointInterval) {
    this(threads, checkpointBatches, checkpointInterval, new Residency.Heap(), false);
  }

  /// The same with the rows of the labels elsewhere.
  public RunOptions withLabels(Residency residency) {
    return new RunOptions(threads, checkpointBatches, checkpointInterval, residency, replaces);
  }

  /// The same with checkpoints in other distances.
  public RunOptions withCheckpoints(long batches, Duration interval) {
    return new RunOptions(threads, batches, interval, labels, replaces);
  }

  /// The same for a run that replaces a model, or an unfinished run, if it finds one.
  public RunOptions replacing() {
    return new RunOptions(threads, checkpointBatches, checkpointInterval, labels, true);
  }

  /// Checkpoints every five minutes, or every 20,000 batches when deterministic.
  public static RunOptions threads(int threads) {
    return new RunOptions(threads, 20_000, Duration.ofMinutes(5));
  }
}
