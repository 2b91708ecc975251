package org.fovea.training;

import java.nio.file.Path;
import java.time.Duration;
import org.fovea.spec.Calibration;
import org.fovea.training.metric.Measures;

/// What happens in a training run. Progress bars, log files and curves are listeners of this
/// stream.
///
/// **Threads** delivered one at a time.
public sealed interface TrainEvent {

  /// Training begins, or goes on from a checkpoint.
  ///
  /// @param batches batches of the whole run
  /// @param batchesDone batches done before, when resumed
  record RunStarted(
      long examples, int epochs, long batches, long batchesDone, long parameters, int threads)
      implements TrainEvent {}

  /// Sent a few times a second.
  ///
  /// @param loss mean loss of the examples of this epoch so far
  /// @param remaining estimate of the time left
  record Progress(
      int epoch,
      long batch,
      long batches,
      double loss,
      double rate,
      double activeLabels,
      double examplesPerSecond,
      Duration elapsed,
      Duration remaining)
      implements TrainEvent {}

  /// An epoch is done.
  ///
  /// @param loss mean training loss over the epoch
  /// @param validation measures on the validation data; empty if there is none
  /// @param multiplyAdds done by the layers so far
  /// @param selectionMultiplyAdds done to find the active neurons so far
  /// @param denseMultiplyAdds what the layers would have done with all neurons, all connections and
  ///   all features, whether examples have them or not
  /// @param elapsed since the run began or was resumed
  /// @param took of this epoch alone, its validation included
  /// @param cpuSeconds processor time of the whole process in this epoch alone
  record EpochDone(
      int epoch,
      long batch,
      double loss,
      Measures validation,
      long multiplyAdds,
      long selectionMultiplyAdds,
      long denseMultiplyAdds,
      Duration elapsed,
      Duration took,
      double cpuSeconds)
      implements TrainEvent {}

  /// A batch, or the steps of some rows of parameters, were left out because their loss or their
  /// gradients were not finite.
  ///
  /// @param rows rows whose gradients were not finite; 0 if the loss was not, and all was left out
  record StepSkipped(long batch, double loss, long rows) implements TrainEvent {}

  /// How well tables find the neurons that matter: sent at the end of each epoch and before each
  /// checkpoint within one, for each hashed layer.
  ///
  /// @param layer its name in the files of a model, such as `output`
  /// @param recall share of the true five best neurons that were retrieved; NaN if it was not
  ///   measured
  /// @param meanBucketLoad neurons in a bucket that is not empty
  /// @param retrieved mean number of neurons that a query retrieves; NaN if it was not measured
  record SelectionMeasured(
      long batch, String layer, double recall, double meanBucketLoad, double retrieved)
      implements TrainEvent {}

  /// Connections of a sparse layer moved, or it or the layer below lost neurons: sent for each
  /// layer that changed.
  ///
  /// @param batch batches done
  /// @param layer its name in the files of a model, such as `hidden.0`
  /// @param moved connections that are new
  /// @param removed neurons that went
  /// @param connections how many it has
  /// @param neurons how many it has
  record TopologyChanged(
      long batch, String layer, long moved, int removed, long connections, int neurons)
      implements TrainEvent {}

  /// A part of the labels' rows is in memory: how many were when batches needed them. Sent after
  /// each epoch.
  ///
  /// @param batch batches done
  /// @param batches batches since this was sent last
  /// @param awake rows that were in memory when a batch needed them
  /// @param read rows that were not, and were read
  /// @param written rows that were written because others needed their place
  /// @param slots rows that memory holds
  record RowsWoken(long batch, long batches, long awake, long read, long written, int slots)
      implements TrainEvent {}

  /// Before a model is kept, its probabilities were fitted to unseen examples.
  ///
  /// @param calibration what was found
  /// @param before mean loss of these examples with scores as training left them, in nats
  /// @param after the same afterwards
  record Calibrated(long batch, Calibration calibration, double before, double after)
      implements TrainEvent {}

  /// Before a model is kept, its direct connections and the frequencies of its labels were given
  /// the weight with which it ranks unseen examples best (see [org.fovea.spec.Balancing]).
  ///
  /// @param examples unseen examples that were ranked
  /// @param direct factor of the direct connections
  /// @param frequency what a label's bias gained for each unit of the logarithm of its frequency
  /// @param before mean of nDCG@1, nDCG@3 and nDCG@5 on these examples before
  /// @param after the same afterwards
  record Balanced(
      long batch, long examples, double direct, double frequency, double before, double after)
      implements TrainEvent {}

  /// A checkpoint is safe on disk.
  record CheckpointWritten(long batch, Path directory, Duration took) implements TrainEvent {}

  /// Training ended.
  ///
  /// @param reason why: all epochs done, no improvement, or asked to stop
  /// @param elapsed since the run began or was resumed
  /// @param cpuSeconds processor time of the whole process in that time
  /// @param skippedSteps batches of which something was left out
  record RunEnded(long batch, Reason reason, Duration elapsed, double cpuSeconds, long skippedSteps)
      implements TrainEvent {

    /// Why a run ended.
    public enum Reason {
      /// All epochs were done.
      FINISHED,
      /// The validation measure stopped rising.
      PLATEAU,
      /// Somebody asked for it.
      STOPPED
    }
  }
}
