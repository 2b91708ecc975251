package org.fovea.cli;

import java.time.Duration;
import java.util.Locale;
import java.util.function.Consumer;
import org.fovea.training.TrainEvent;

/// Tells how a run goes in plain lines: one for each epoch, and between them one every ten seconds.
///
/// **Threads** confined, as events come one at a time.
final class ProgressLines implements Consumer<TrainEvent> {

  private static final Duration INTERVAL = Duration.ofSeconds(10);

  private final Console console;
  private final TopologyLines topology = new TopologyLines();
  private int epochs;
  private Duration last = Duration.ZERO;

  ProgressLines(Console console) {
    this.console = console;
  }

  @Override
  public void accept(TrainEvent event) {
    switch (event) {
      case TrainEvent.RunStarted started -> {
        epochs = started.epochs();
        console.say(startLine(started));
      }
      case TrainEvent.Progress progress -> {
        if (progress.elapsed().minus(last).compareTo(INTERVAL) >= 0) {
          last = progress.elapsed();
          console.say(progressLine(progress, epochs));
        }
      }
      case TrainEvent.EpochDone done -> {
        last = done.elapsed();
        console.say(epochLine(done, epochs));
        topology.epochDone(console);
      }
      case TrainEvent.StepSkipped skipped -> console.say(skippedLine(skipped));
      case TrainEvent.RunEnded ended -> console.say(endLine(ended));
      case TrainEvent.SelectionMeasured measured -> console.say(selectionLine(measured));
      case TrainEvent.RowsWoken woken -> console.say(rowsLine(woken));
      case TrainEvent.TopologyChanged changed -> topology.accept(changed, console);
      case TrainEvent.Balanced balanced -> console.say(balancedLine(balanced));
      case TrainEvent.Calibrated calibrated -> console.say(calibratedLine(calibrated));
      case TrainEvent.CheckpointWritten _ -> {}
    }
  }

  static String startLine(TrainEvent.RunStarted started) {
    String resumed =
        started.batchesDone() == 0
            ? ""
            : ", going on after %s of %s batches"
                .formatted(Sizes.count(started.batchesDone()), Sizes.count(started.batches()));
    return "training %s parameters on %s examples, %s epochs, %s %s%s"
        .formatted(
            Sizes.count(started.parameters()),
            Sizes.count(started.examples()),
            started.epochs(),
            started.threads(),
            started.threads() == 1 ? "thread" : "threads",
            resumed);
  }

  private static String progressLine(TrainEvent.Progress progress, int epochs) {
    return String.format(
        Locale.ROOT,
        "epoch %d/%d  %3.0f %%  %s  %s left",
        progress.epoch(),
        epochs,
        100.0 * progress.batch() / Math.max(1, progress.batches()),
        figures(progress),
        Sizes.duration(progress.remaining()));
  }

  /// Loss, rate, active labels and speed.
  static String figures(TrainEvent.Progress progress) {
    return String.format(
        Locale.ROOT,
        "loss %.4g  rate %.2g  %,.0f active  %,.0f examples/s",
        progress.loss(),
        progress.rate(),
        progress.activeLabels(),
        progress.examplesPerSecond());
  }

  static String epochLine(TrainEvent.EpochDone done, int epochs) {
    String validation =
        done.validation().values().isEmpty() ? "" : "  validation " + done.validation();
    return String.format(
        Locale.ROOT,
        "epoch %d/%d done  loss %.4g  %s  %.1f CPU s%s",
        done.epoch(),
        epochs,
        done.loss(),
        Sizes.duration(done.took()),
        done.cpuSeconds(),
        validation);
  }

  static String skippedLine(TrainEvent.StepSkipped skipped) {
    String batch = Sizes.count(skipped.batch());
    return skipped.rows() == 0
        ? "batch %s left out: its loss was %s".formatted(batch, skipped.loss())
        : "batch %s: steps of %s rows left out: their gradients were not finite"
            .formatted(batch, Sizes.count(skipped.rows()));
  }

  static String selectionLine(TrainEvent.SelectionMeasured measured) {
    String found =
        Double.isFinite(measured.recall())
            ? String.format(
                Locale.ROOT,
                "find %.1f %% of the true top neurons among %.0f, ",
                100 * measured.recall(),
                measured.retrieved())
            : "hold ";
    return String.format(
        Locale.ROOT,
        "tables of %s %s%.1f neurons in a bucket",
        measured.layer(),
        found,
        measured.meanBucketLoad());
  }

  static String rowsLine(TrainEvent.RowsWoken woken) {
    double batches = Math.max(1, woken.batches());
    return String.format(
        Locale.ROOT,
        "%.1f %% of the rows of labels that batches needed were in memory; %,.0f read and %,.0f"
            + " written a batch",
        100.0 * woken.awake() / Math.max(1, woken.awake() + woken.read()),
        woken.read() / batches,
        woken.written() / batches);
  }

  static String calibratedLine(TrainEvent.Calibrated calibrated) {
    return String.format(
        Locale.ROOT,
        "probabilities fitted to %s unseen examples: %s, scale %.3g, offset %.3g; loss from %.3f to %.3f",
        Sizes.count(calibrated.calibration().examples()),
        calibrated.calibration().kind().name().toLowerCase(Locale.ROOT),
        calibrated.calibration().scale(),
        calibrated.calibration().offset(),
        calibrated.before(),
        calibrated.after());
  }

  static String balancedLine(TrainEvent.Balanced balanced) {
    if (balanced.direct() == 1 && balanced.frequency() == 0) {
      return ("direct connections and frequent labels count as trained: on %s unseen examples no"
              + " other weight is clearly better")
          .formatted(Sizes.count(balanced.examples()));
    }
    return String.format(
        Locale.ROOT,
        "balanced on %s unseen examples: direct connections times %.2f, %+.2f for each log of a"
            + " label's frequency; mean nDCG@1, 3, 5 from %.1f to %.1f %%",
        Sizes.count(balanced.examples()),
        balanced.direct(),
        balanced.frequency(),
        100 * balanced.before(),
        100 * balanced.after());
  }

  static String endLine(TrainEvent.RunEnded ended) {
    String how =
        switch (ended.reason()) {
          case FINISHED -> "trained";
          case PLATEAU -> "ended early, because the validation measure stopped rising";
          case STOPPED -> "stopped";
        };
    return String.format(
        Locale.ROOT,
        "%s after %s batches, %s, %.1f CPU s%s",
        how,
        Sizes.count(ended.batch()),
        Sizes.duration(ended.elapsed()),
        ended.cpuSeconds(),
        ended.skippedSteps() == 0 ? "" : ", " + ended.skippedSteps() + " batches left out");
  }
}
