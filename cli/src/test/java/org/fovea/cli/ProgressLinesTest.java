package org.fovea.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.fovea.training.TrainEvent;
import org.fovea.training.metric.Measures;
import org.junit.jupiter.api.Test;

class ProgressLinesTest {

  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final Console console =
      new Console(InputStream.nullInputStream(), OutputStream.nullOutputStream(), err, false);
  private final ProgressLines lines = new ProgressLines(console);

  private static TrainEvent progress(long batch, long seconds) {
    return new TrainEvent.Progress(
        1, batch, 1000, 2.5, 0.01, 1100, 640, Duration.ofSeconds(seconds), Duration.ofSeconds(90));
  }

  private String said() {
    return err.toString(StandardCharsets.UTF_8);
  }

  @Test
  void saysSomethingEveryTenSecondsAtMost() {
    for (int second = 1; second <= 35; second++) {
      lines.accept(progress(10L * second, second));
    }
    assertThat(said()).hasLineCount(3);
    assertThat(said().lines().findFirst().orElseThrow())
        .contains("10 %", "loss 2.5", "1,100 active", "640 examples/s", "1 min 30 s left");
  }

  @Test
  void saysEachEpoch() {
    lines.accept(new TrainEvent.RunStarted(10, 2, 4, 0, 1000, 1));
    lines.accept(
        new TrainEvent.EpochDone(
            1,
            2,
            0.5,
            Measures.none(),
            1,
            0,
            1,
            Duration.ofSeconds(99),
            Duration.ofSeconds(7),
            1.5));
    assertThat(said()).contains("epoch 1/2 done  loss 0.5000  7.0 s  1.5 CPU s");
  }

  @Test
  void saysWhatMovedInOneLineAnEpochAndWhatWentAtOnce() {
    lines.accept(new TrainEvent.TopologyChanged(1, "hidden.0", 300, 0, 1000, 50));
    lines.accept(new TrainEvent.TopologyChanged(2, "hidden.0", 200, 0, 1000, 50));
    lines.accept(new TrainEvent.TopologyChanged(2, "hidden.1", 70, 0, 700, 40));
    assertThat(said()).isEmpty();
    lines.accept(
        new TrainEvent.EpochDone(
            1, 2, 0.5, Measures.none(), 1, 0, 1, Duration.ZERO, Duration.ZERO, 1));
    assertThat(said())
        .contains("connections moved: hidden.0 500 of 1,000 in 2 steps; hidden.1 70 of 700");
    lines.accept(new TrainEvent.TopologyChanged(2, "hidden.0", 0, 5, 900, 45));
    lines.accept(new TrainEvent.TopologyChanged(2, "hidden.1", 0, 0, 700, 40));
    assertThat(said())
        .contains(
            "hidden.0: 5 neurons went, 45 neurons with 900 connections are left",
            "hidden.1: 40 neurons with 700 connections are left");
  }

  @Test
  void saysNothingWhenItIsToBeQuiet() {
    console.beQuiet();
    lines.accept(progress(10, 60));
    assertThat(said()).isEmpty();
  }
}
