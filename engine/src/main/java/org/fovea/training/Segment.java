package org.fovea.training;

import java.time.Duration;
import java.util.Optional;
import java.util.function.LongFunction;
import org.fovea.data.Batch;
import org.fovea.data.DataSummary;
import org.fovea.data.ExampleReader;
import org.fovea.network.Network;
import org.fovea.spec.TrainSpec;

/// A part of an epoch that runs without interruption: hands out batches to workers and takes their
/// losses.
///
/// **Threads** safe.
final class Segment {

  /// How many batches in a row may fail before training stops.
  private static final int FAILURE_LIMIT = 5;

  private final ExampleReader reader;
  private final DataSummary data;
  private final TrainSpec spec;
  private final long totalBatches;
  private final LossWatch watch;
  private final ProgressReport report;
  private long batch;
  private long batchInEpoch;
  private long batchLimit = Long.MAX_VALUE;
  private Duration deadline = Duration.ZERO;
  private double lossSum;
  private long lossCount;
  private long skippedSteps;
  private int failures;
  private String lastFailure = "";
  private boolean epochEnded;
  private boolean stopped;

  /// What came of a batch.
  ///
  /// @param loss sum over its examples
  /// @param sound whether nothing of its step was left out
  /// @param refused rows whose gradients were not finite
  /// @param activeLabels mean number of an example
  record Outcome(int examples, double loss, boolean sound, long refused, double activeLabels) {}

  /// @param data what the reader reads
  /// @param state where the segment begins
  /// @param watch told about losses
  /// @param report told about progress
  Segment(
      ExampleReader reader,
      DataSummary data,
      TrainSpec spec,
      long totalBatches,
      RunState state,
      LossWatch watch,
      ProgressReport report) {
    this.reader = reader;
    this.data = data;
    this.spec = spec;
    this.totalBatches = totalBatches;
    this.watch = watch;
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
    if (stopped || epochEnded || batch >= batchLimit || hopeless()) {
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
    data.evenOut(target);
    batchInEpoch++;
    return batch++;
  }

  /// Learning rate of a batch.
  float rate(long number) {
    return (float) spec.schedule().rate((double) number / totalBatches);
  }

  private boolean hopeless() {
    return failures >= FAILURE_LIMIT || watch.lost();
  }

  /// Takes the result of a batch.
  synchronized void done(long number, Outcome outcome) {
    double loss = outcome.loss;
    if (Double.isFinite(loss)) {
      lossSum += loss;
      lossCount += outcome.examples;
      watch.add(loss / Math.max(1, outcome.examples));
    }
    if (outcome.sound) {
      failures = 0;
      watch.addStep();
    } else {
      failures++;
      skippedSteps++;
      watch.addUnsound();
      lastFailure = outcome.refused > 0 ? "gradients were" : "the loss was";
      report.skipped(number, loss, outcome.refused);
    }
    report.batch(
        number,
        outcome.examples,
        lossSum / Math.max(1, lossCount),
        rate(number),
        outcome.activeLabels);
  }

  /// Tells that connections moved after a batch.
  ///
  /// @param moved new connections of each sparse layer
  synchronized void moved(long number, Network network, long[] moved) {
    report.moved(number + 1, network, moved);
  }

  /// Ends the segment after the batches at hand.
  synchronized void stop() {
    stopped = true;
  }

  /// Whether all examples of the epoch have been handed out.
  synchronized boolean epochEnded() {
    return epochEnded;
  }

  /// What makes going on pointless, if anything does.
  synchronized Optional<String> failure() {
    if (failures >= FAILURE_LIMIT) {
      return Optional.of("%s not finite in %s batches in a row".formatted(lastFailure, failures));
    }
    return watch.lost() ? Optional.of(watch.complaint()) : Optional.empty();
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
