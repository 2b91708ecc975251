package org.fovea.cli;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import me.tongfei.progressbar.ProgressState;
import org.fovea.training.TrainEvent;

/// Draws how a run goes as a bar on a terminal, with a line above it for each epoch.
///
/// **Threads** confined, as events come one at a time; the bar redraws itself on its own.
final class ProgressDisplay implements Consumer<TrainEvent>, AutoCloseable {

  private static final int REDRAW_MILLIS = 250;
  private static final int NARROWEST = 8;
  private static final int WIDEST = 40;

  private final Console console;
  private final TopologyLines topology = new TopologyLines();
  private Optional<ProgressBar> bar = Optional.empty();
  private int epochs;
  private long batches;

  ProgressDisplay(Console console) {
    this.console = console;
  }

  /// A bar for work that is not training.
  static ProgressBar newBar(String name, long total, Console console) {
    return builder(name, total, console).build();
  }

  private static ProgressBarBuilder builder(String name, long total, Console console) {
    return new ProgressBarBuilder()
        .setTaskName(name)
        .setInitialMax(total)
        .setStyle(ProgressBarStyle.ASCII)
        .setUpdateIntervalMillis(REDRAW_MILLIS)
        .setConsumer(new ConsoleProgressBarConsumer(console.errors()));
  }

  @Override
  public void accept(TrainEvent event) {
    switch (event) {
      case TrainEvent.RunStarted started -> {
        epochs = started.epochs();
        batches = started.batches();
        console.say(ProgressLines.startLine(started));
        open(started.batchesDone(), (int) (started.batchesDone() * epochs / Math.max(1, batches)));
      }
      case TrainEvent.Progress progress ->
          bar.ifPresent(drawn -> {
            drawn.stepTo(progress.batch());
            drawn.setExtraMessage(
                "%s left  %s"
                    .formatted(
                        Sizes.duration(progress.remaining()), ProgressLines.figures(progress)));
          });
      case TrainEvent.EpochDone done -> {
        clear();
        console.say(ProgressLines.epochLine(done, epochs));
        topology.epochDone(console);
        if (done.epoch() < epochs) {
          open(done.batch(), done.epoch());
        }
      }
      case TrainEvent.StepSkipped skipped -> console.say(ProgressLines.skippedLine(skipped));
      case TrainEvent.SelectionMeasured measured ->
          console.say(ProgressLines.selectionLine(measured));
      case TrainEvent.RowsWoken woken -> console.say(ProgressLines.rowsLine(woken));
      case TrainEvent.TopologyChanged changed -> topology.accept(changed, console);
      case TrainEvent.Balanced balanced -> {
        clear();
        console.say(ProgressLines.balancedLine(balanced));
      }
      case TrainEvent.Calibrated calibrated -> {
        clear();
        console.say(ProgressLines.calibratedLine(calibrated));
      }
      case TrainEvent.CheckpointWritten _ -> {}
      case TrainEvent.RunEnded ended -> {
        clear();
        console.say(ProgressLines.endLine(ended));
      }
    }
  }

  private void open(long batch, int epoch) {
    bar =
        Optional.of(
            builder("epoch %s/%s".formatted(epoch + 1, epochs), batches, console)
                .startsFrom(batch, Duration.ZERO)
                .setRenderer(ProgressDisplay::drawn)
                .clearDisplayOnFinish()
                .build());
  }

  /// Name, bar, share and figures; the bar takes the room that the others leave.
  static String drawn(ProgressState state, int width) {
    String share = String.format(Locale.ROOT, " %3.0f %%  ", 100 * state.getNormalizedProgress());
    String rest = share + state.getExtraMessage();
    int room = width - state.getTaskName().length() - rest.length() - 3;
    int length = Math.clamp(room, NARROWEST, WIDEST);
    int full = (int) Math.round(length * state.getNormalizedProgress());
    String line =
        "%s [%s%s]%s"
            .formatted(state.getTaskName(), "=".repeat(full), " ".repeat(length - full), rest);
    return line.length() <= width ? line : line.substring(0, width);
  }

  @Override
  public void close() {
    clear();
  }

  /// Ends the bar that is drawn, so that lines can follow.
  void clear() {
    bar.ifPresent(ProgressBar::close);
    bar = Optional.empty();
  }
}
