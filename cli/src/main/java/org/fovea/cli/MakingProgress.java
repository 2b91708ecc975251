package org.fovea.cli;

import java.util.Optional;
import me.tongfei.progressbar.ProgressBar;
import org.fovea.data.make.Progress;

/// Shows how far the making of data has come: a bar for each stage on a terminal, a line for each
/// otherwise.
///
/// **Threads** confined.
final class MakingProgress implements Progress, AutoCloseable {

  private final Console console;
  private String stage = "";
  private Optional<ProgressBar> bar = Optional.empty();

  MakingProgress(Console console) {
    this.console = console;
  }

  @Override
  public void advanced(String newStage, long done, long total) {
    if (!newStage.equals(stage)) {
      close();
      stage = newStage;
      if (console.draws()) {
        bar = Optional.of(ProgressDisplay.newBar(newStage, total, console));
      }
    }
    bar.ifPresent(drawn -> drawn.stepTo(done));
    if (done == total && bar.isEmpty()) {
      console.say("%s %s".formatted(Sizes.count(total), newStage));
    }
  }

  @Override
  public void close() {
    bar.ifPresent(ProgressBar::close);
    bar = Optional.empty();
  }
}
