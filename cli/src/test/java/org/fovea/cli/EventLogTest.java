package org.fovea.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.fovea.model.json.Json;
import org.fovea.training.TrainEvent;
import org.fovea.training.metric.Measures;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

class EventLogTest {

  private static final Duration TIME = Duration.ofMillis(1500);

  private static final List<TrainEvent> EVENTS =
      List.of(
          new TrainEvent.RunStarted(10, 2, 4, 0, 1000, 1),
          new TrainEvent.Progress(1, 1, 4, Double.NaN, 0.1, 5, 100, TIME, TIME),
          new TrainEvent.StepSkipped(2, Double.POSITIVE_INFINITY, 3),
          new TrainEvent.SelectionMeasured(2, "output", 0.9, 3, 100),
          new TrainEvent.TopologyChanged(2, "hidden.0", 30, 4, 100, 6),
          new TrainEvent.Balanced(2, 50, 1.2, -0.3, 0.5, 0.6),
          new TrainEvent.CheckpointWritten(2, Path.of("somewhere"), TIME),
          new TrainEvent.EpochDone(
              1,
              2,
              0.5,
              new Measures(new LinkedHashMap<>(Map.of("P@1", 0.25))),
              7,
              8,
              9,
              TIME,
              TIME,
              2),
          new TrainEvent.RowsWoken(2, 2, 30, 10, 5, 20),
          new TrainEvent.RunEnded(4, TrainEvent.RunEnded.Reason.PLATEAU, TIME, 3, 1));

  @TempDir private Path folder;

  private static List<ObjectNode> read(Path file) throws IOException {
    return Files.readAllLines(file).stream()
        .map(line -> Json.parseObject(line.getBytes(StandardCharsets.UTF_8), "log"))
        .toList();
  }

  private void write(Path file, boolean append) {
    try (EventLog log = new EventLog(file, append)) {
      EVENTS.forEach(log);
    }
  }

  @Test
  void writesEveryKindOfEvent() throws IOException {
    Path file = folder.resolve("log.jsonl");
    write(file, false);
    List<ObjectNode> lines = read(file);
    assertThat(lines.stream().map(line -> line.path("event").asString()))
        .containsExactly(
            "run-started",
            "progress",
            "step-skipped",
            "selection-measured",
            "topology-changed",
            "balanced",
            "checkpoint-written",
            "epoch-done",
            "rows-woken",
            "run-ended");
    assertThat(lines.get(1).path("loss").isNull()).isTrue();
    assertThat(lines.get(1).path("elapsed").asDouble()).isEqualTo(1.5);
    assertThat(lines.get(4).path("removed-neurons").asInt()).isEqualTo(4);
    assertThat(lines.get(7).path("validation").path("P@1").asDouble()).isEqualTo(0.25);
    assertThat(lines.get(8).path("read").asInt()).isEqualTo(10);
    assertThat(lines.get(9).path("reason").asString()).isEqualTo("plateau");
  }

  @Test
  void goesOnWithTheLogOfARunThatIsResumed() throws IOException {
    Path file = folder.resolve("log.jsonl");
    write(file, false);
    write(file, true);
    assertThat(read(file)).hasSize(2 * EVENTS.size());
    write(file, false);
    assertThat(read(file)).hasSize(EVENTS.size());
  }

  @Test
  void makesNoFileBeforeTheFirstEvent() {
    try (EventLog _ = new EventLog(folder.resolve("log.jsonl"), false)) {
      assertThat(folder).isEmptyDirectory();
    }
  }
}
