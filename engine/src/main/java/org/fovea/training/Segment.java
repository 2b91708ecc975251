package org.fovea.training;

import java.time.Duration;
import java.util.function.LongFunction;
import org.fovea.data.Batch;
import org.fovea.data.ExampleReader;
import org.fovea.spec.TrainSpec;

/// A part of an epoch that runs without interruption: hands out batches to workers and takes their
/// losses.
///
/// **Threads** safe.
final class Segment {

  /// How many batches in a row may fail before training stops.
  private static final int FAILURE_LIMIT = 5;

  private final ExampleReader reader;
  private final TrainSpec spec;
  private final long totalBatches;
  private final ProgressReport report;
  private long batch;
  private long batchInEpoch;
  private long batchLimit = Long.MAX_VALUE;
  private Duration deadline = Duration.ZERO;
  private double lossSum;
  private long lossCount;
  private long skippedSteps;
  private int failures;
  private double lastLoss;
  private boolean epochEnded;
  private boolean stopped;

  /// @param state where the segment begins
  /// @param report told about progress
  Segment(
      ExampleReader reader,
      TrainSpec spec,
      long totalBatches,
      RunState state,
      ProgressReport report) {
    this.reader = reader;
    this.spec = spec;
    this.totalBatches = totalBatches;
    this.report = report;
    this.batch = state.batch();
    this.batchInEpoch = state.batchInEpoch();
    this.lossSum = state.lossSum();
    this.lossCount = state.lossCount();
    this.skippedSteps = state.skippedSteps();
  }

  /// Lets the segment go on for some batches or some time.
  synchronized void extend(long batches, Duration time) {
    batchLimit = batch + batches;
    deadline = report.elapsed().plus(time);
    stopped = false;
  }

  /// Takes the next batch.
  ///
  /// @return its number, or -1 when the segment is over
  synchronized long next(Batch target) {
    if (stopped || epochEnded || batch >= batchLimit || failures >= FAILURE_LIMIT) {
      return -1;
    }
    if ((batch & 63) == 0 && report.elapsed().compareTo(deadline) > 0) {
      stopped = true;
      return -1;
    }
    target.clear();
    if (reader.read(target, spec.batch()) == 0) {
      epochEnded = true;
      return -1;
    }
    batchInEpoch++;
    return batch++;
  }

  /// Learning rate of a batch.
  float rate(long number) {
    return (float) spec.schedule().rate((double) number / totalBatches);
  }

  /// Takes the result of a batch.
  synchronized void done(
      long number, int examples, double loss, boolean stepTaken, double activeLabels) {
    if (stepTaken) {
      failures = 0;
      lossSum += loss;
      lossCount += examples;
    } else {
      failures++;
      skippedSteps++;
      lastLoss = loss;
      report.skipped(number, loss);
    }
    report.batch(number, examples, lossSum / Math.max(1, lossCount), rate(number), activeLabels);
  }

  /// Ends the segment after the batches at hand.
  synchronized void stop() {
    stopped = true;
  }

  /// Whether all examples of the epoch have been handed out.
  synchronized boolean epochEnded() {
    return epochEnded;
  }

  /// Throws if the loss was not finite for too long.
  synchronized void checkFailures() {
    if (failures >= FAILURE_LIMIT) {
      throw new DivergedException(batch, failures, lastLoss);
    }
  }

  /// Where the run stands; only between segments.
  synchronized RunState state(RunState before, LongFunction<long[]> workSoFar) {
    long[] work = workSoFar.apply(batch);
    return new RunState(
        before.epoch(),
        batchInEpoch,
        batch,
        lossSum,
        lossCount,
        before.best(),
        before.epochsSinceBest(),
        skippedSteps,
        work[0],
        work[1],
        work[2]);
  }
}
