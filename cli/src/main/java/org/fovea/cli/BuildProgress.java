package org.fovea.cli;

import java.time.Duration;
import java.util.Optional;
import me.tongfei.progressbar.ProgressBar;
import org.fovea.data.make.Progress;

/// Tells how far the building of a network has come, with the time that is left in the stage at
/// hand: a bar on a terminal, otherwise a line every ten seconds.
///
/// **Threads** confined.
final class BuildProgress implements Progress, AutoCloseable {

  private static final Duration INTERVAL = Duration.ofSeconds(10);

  private final Console console;
  private String stage = "";
  private Optional<ProgressBar> bar = Optional.empty();
  private long begun;
  private long told;

  BuildProgress(Console console) {
    this.console = console;
  }

  @Override
  public void advanced(String newStage, long done, long total) {
    long now = System.nanoTime();
    if (!newStage.equals(stage)) {
      clear();
      stage = newStage;
      begun = now;
      told = now;
      if (console.draws()) {
        bar = Optional.of(ProgressDisplay.newBar(newStage, total, console));
      }
    }
    if (bar.isPresent()) {
      bar.get().stepTo(done);
      bar.get().setExtraMessage(" " + left(now - begun, done, total));
    } else if (now - told >= INTERVAL.toNanos()) {
      told = now;
      console.say(
          "%s: %s %%, %s"
              .formatted(stage, 100 * done / Math.max(1, total), left(now - begun, done, total)));
    }
  }

  /// How long the rest takes, if it goes on as it did.
  static String left(long nanos, long done, long total) {
    double rest = (double) nanos * (total - done) / Math.max(1, done);
    return Sizes.duration(Duration.ofNanos((long) rest)) + " left";
  }

  /// Ends the stage at hand, so that lines can follow.
  void clear() {
    bar.ifPresent(ProgressBar::close);
    bar = Optional.empty();
    stage = "";
  }

  @Override
  public void close() {
    clear();
  }
}
