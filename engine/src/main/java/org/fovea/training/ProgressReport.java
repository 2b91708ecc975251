package org.fovea.training;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.fovea.kernel.SparsePattern;
import org.fovea.network.Network;
import org.fovea.network.SparseConnections;

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

  /// Tells of the layers whose connections have just moved.
  void moved(long batch, Network network, long[] moved) {
    for (int i = 0; i < moved.length; i++) {
      if (moved[i] > 0) {
        changed(batch, network.connections().get(i), moved[i], 0);
      }
    }
  }

  /// Tells of the layers that became smaller.
  ///
  /// @param before what they were
  void pruned(long batch, Network network, List<LayerSize> before) {
    for (int i = 0; i < before.size(); i++) {
      SparseConnections layer = network.connections().get(i);
      int removed = before.get(i).neurons() - layer.matrix().pattern().rows();
      if (removed > 0 || before.get(i).connections() > layer.matrix().count()) {
        changed(batch, layer, 0, removed);
      }
    }
  }

  private void changed(long batch, SparseConnections layer, long moved, int removed) {
    SparsePattern pattern = layer.matrix().pattern();
    listener.accept(
        new TrainEvent.TopologyChanged(
            batch, layer.name(), moved, removed, pattern.count(), pattern.rows()));
  }

  /// How large a sparse layer is.
  record LayerSize(int neurons, long connections) {

    /// Those of a network.
    static List<LayerSize> of(Network network) {
      return network.connections().stream()
          .map(layer -> layer.matrix().pattern())
          .map(pattern -> new LayerSize(pattern.rows(), pattern.count()))
          .toList();
    }
  }
}
