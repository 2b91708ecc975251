package org.fovea.training;

import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/// Turns finished batches into events, a few a second, and the last one in any case.
///
/// **Threads** called under the segment's lock, one thread at a time.
final class ProgressReport {

  private static final long INTERVAL_NANOS = 200_000_000L;

  private final Consumer<TrainEvent> listener;
  private final LongSupplier nanoTime;
  private final long totalBatches;
  private final long startNanos;
  private final long startBatch;
  private long lastNanos;
  private long examples;
  private int epoch;

  ProgressReport(
      Consumer<TrainEvent> listener, LongSupplier nanoTime, long totalBatches, long startBatch) {
    this.listener = listener;
    this.nanoTime = nanoTime;
    this.totalBatches = totalBatches;
    this.startNanos = nanoTime.getAsLong();
    this.lastNanos = startNanos;
    this.startBatch = startBatch;
  }

  /// Sets the epoch that is reported, counted from 0.
  void epoch(int number) {
    epoch = number;
  }

  /// Time since the start.
  Duration elapsed() {
    return Duration.ofNanos(nanoTime.getAsLong() - startNanos);
  }

  void batch(long number, int batchExamples, double loss, double rate, double activeLabels) {
    examples += batchExamples;
    long now = nanoTime.getAsLong();
    boolean last = number + 1 == totalBatches;
    if (now - lastNanos < INTERVAL_NANOS && !last) {
      return;
    }
    lastNanos = now;
    long done = number + 1 - startBatch;
    double perBatch = (double) (now - startNanos) / Math.max(1, done);
    listener.accept(
        new TrainEvent.Progress(
            epoch + 1,
            number + 1,
            totalBatches,
            loss,
            rate,
            activeLabels,
            examples * 1e9 / Math.max(1, now - startNanos),
            Duration.ofNanos(now - startNanos),
            Duration.ofNanos((long) (perBatch * Math.max(0, totalBatches - number - 1)))));
  }

  void skipped(long batch, double loss, long rows) {
    listener.accept(new TrainEvent.StepSkipped(batch, loss, rows));
  }
}
