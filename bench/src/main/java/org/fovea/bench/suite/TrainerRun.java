package org.fovea.bench.suite;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.fovea.bench.run.Machine;
import org.fovea.bench.run.Work;
import org.fovea.data.Examples;
import org.fovea.network.Network;
import org.fovea.spec.NetworkSpec;
import org.fovea.spec.TrainSpec;
import org.fovea.training.Checkpointer;
import org.fovea.training.Evaluator;
import org.fovea.training.Preparation;
import org.fovea.training.RunOptions;
import org.fovea.training.RunState;
import org.fovea.training.TrainEvent;
import org.fovea.training.Trainer;
import org.fovea.training.optimizer.Updaters;

/// A run of the product's own trainer, with marks of time on the way.
///
/// Marks are taken a few times a second while batches are trained. What is measured lies between
/// two marks of one epoch, so that preparation, the first batches and evaluation are left out.
///
/// **Threads** confined; the trainer has its own inside.
final class TrainerRun {

  private final Work work;
  private final int warmUpBatches;
  private final List<Mark> marks = new ArrayList<>();
  private final List<TrainEvent.EpochDone> epochs = new ArrayList<>();
  private double preparationSeconds;

  /// Where a run stood at a time.
  ///
  /// @param epoch counted from 1
  /// @param batch batches done
  /// @param cpu seconds of the process
  /// @param wallNanos any clock's
  /// @param epochMillis time of day, to be compared with other processes
  /// @param allocated bytes allocated by all threads
  record Mark(
      int epoch,
      long batch,
      double cpu,
      long wallNanos,
      long epochMillis,
      long allocated,
      double active) {}

  /// @param warmUpBatches how many batches at the beginning do not count
  TrainerRun(Work work, int warmUpBatches) {
    this.work = work;
    this.warmUpBatches = warmUpBatches;
  }

  /// Prepares and trains.
  ///
  /// @param evaluator what measures after each epoch
  Network run(
      NetworkSpec spec,
      TrainSpec training,
      Examples data,
      Optional<Evaluator> evaluator,
      int threads) {
    double before = Machine.cpuSeconds();
    Updaters updaters = new Updaters(training);
    Network network = new Preparation(spec, training, data, updaters).prepare();
    preparationSeconds = Machine.cpuSeconds() - before;
    new Trainer(
            network,
            training,
            updaters,
            data,
            evaluator.map(e -> new Trainer.Validation(e, "P@1")),
            RunOptions.threads(threads),
            Checkpointer.none(),
            this::hear,
            new Trainer.Clocks(System::nanoTime, Machine::cpuSeconds))
        .run(RunState.start());
    return network;
  }

  private void hear(TrainEvent event) {
    switch (event) {
      case TrainEvent.Progress progress ->
          marks.add(
              new Mark(
                  progress.epoch(),
                  progress.batch(),
                  Machine.cpuSeconds(),
                  System.nanoTime(),
                  System.currentTimeMillis(),
                  Machine.allocatedBytes(),
                  progress.activeLabels()));
      case TrainEvent.EpochDone done -> {
        epochs.add(done);
        work.say(
            "epoch %d: loss %.3f, %.2f ms CPU a batch, %s",
            done.epoch(), done.loss(), cpuMillisPerBatch(), done.validation());
      }
      case TrainEvent.StepSkipped skipped ->
          work.say("batch %d was left out: loss %s", skipped.batch(), skipped.loss());
      default -> {}
    }
  }

  /// What happened between the first and the last mark of each epoch, added up.
  private double sum(java.util.function.ToDoubleBiFunction<Mark, Mark> difference) {
    double sum = 0;
    Mark first = null;
    Mark last = null;
    for (Mark mark : marks) {
      if (mark.batch() < warmUpBatches) {
        continue;
      }
      if (first == null || first.epoch() != mark.epoch()) {
        sum += first == null || last == null ? 0 : difference.applyAsDouble(first, last);
        first = mark;
      }
      last = mark;
    }
    return sum + (first == null || last == null ? 0 : difference.applyAsDouble(first, last));
  }

  private double batches() {
    return sum((from, to) -> to.batch() - from.batch());
  }

  /// CPU time of the whole process for a batch, after the warm-up.
  double cpuMillisPerBatch() {
    return 1000 * sum((from, to) -> to.cpu() - from.cpu()) / batches();
  }

  /// Wall time for a batch, after the warm-up.
  double wallMillisPerBatch() {
    return sum((from, to) -> to.wallNanos() - from.wallNanos()) / batches() / 1e6;
  }

  /// Bytes allocated for a batch, after the warm-up.
  double allocatedPerBatch() {
    return sum((from, to) -> to.allocated() - from.allocated()) / batches();
  }

  /// CPU seconds of preparation.
  double preparationSeconds() {
    return preparationSeconds;
  }

  /// Mean number of active labels.
  double activeLabels() {
    return marks.stream().mapToDouble(Mark::active).average().orElse(Double.NaN);
  }

  /// The marks so far.
  List<Mark> marks() {
    return marks;
  }

  /// The epochs so far.
  List<TrainEvent.EpochDone> epochs() {
    return epochs;
  }
}
