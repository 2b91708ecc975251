package org.fovea.training;

import java.nio.file.Path;
import java.time.Duration;
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
  /// @param denseMultiplyAdds what the same network would have done with all neurons
  record EpochDone(
      int epoch,
      long batch,
      double loss,
      Measures validation,
      long multiplyAdds,
      long selectionMultiplyAdds,
      long denseMultiplyAdds,
      Duration elapsed,
      double cpuSeconds)
      implements TrainEvent {}

  /// A batch was left out because its loss was not finite.
  record StepSkipped(long batch, double loss) implements TrainEvent {}

  /// How well tables find the neurons that matter.
  ///
  /// @param recall share of the true top neurons that were retrieved
  /// @param meanBucketLoad neurons in a bucket that is not empty
  record SelectionMeasured(
      long batch, String layer, double recall, double meanBucketLoad, double retrieved)
      implements TrainEvent {}

  /// A checkpoint is safe on disk.
  record CheckpointWritten(long batch, Path directory, Duration took) implements TrainEvent {}

  /// Training ended.
  ///
  /// @param reason why: all epochs done, no improvement, or asked to stop
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
