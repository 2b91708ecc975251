package org.fovea.cli;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import org.fovea.model.json.Json;
import org.fovea.training.TrainEvent;
import tools.jackson.databind.node.ObjectNode;

/// Writes every event of a run as a line of JSON, with the event's kind as `event` and durations in
/// seconds.
///
/// The file is opened when the first event comes; a run that is resumed goes on with it.
///
/// **Threads** confined, as events come one at a time.
final class EventLog implements Consumer<TrainEvent>, AutoCloseable {

  private final Path file;
  private final boolean append;
  private Optional<BufferedWriter> writer = Optional.empty();

  EventLog(Path file, boolean append) {
    this.file = file;
    this.append = append;
  }

  @Override
  public void accept(TrainEvent event) {
    try {
      if (writer.isEmpty()) {
        writer = Optional.of(open());
      }
      writer.get().write(line(event).toString());
      writer.get().newLine();
      writer.get().flush();
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private BufferedWriter open() throws IOException {
    OutputFolder.makeFor(file);
    return append
        ? Files.newBufferedWriter(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)
        : Files.newBufferedWriter(file);
  }

  private UncheckedIOException failed(IOException e) {
    return new UncheckedIOException(file + ": the log cannot be written: " + e.getMessage(), e);
  }

  private static ObjectNode line(TrainEvent event) {
    ObjectNode line = Json.object();
    switch (event) {
      case TrainEvent.RunStarted e -> {
        line.put("event", "run-started").put("examples", e.examples()).put("epochs", e.epochs());
        line.put("batches", e.batches()).put("batches-done", e.batchesDone());
        line.put("parameters", e.parameters()).put("threads", e.threads());
      }
      case TrainEvent.Progress e -> {
        line.put("event", "progress").put("epoch", e.epoch()).put("batch", e.batch());
        line.put("batches", e.batches());
        number(line, "loss", e.loss());
        number(line, "rate", e.rate());
        number(line, "active-labels", e.activeLabels());
        number(line, "examples-per-second", e.examplesPerSecond());
        seconds(line, "elapsed", e.elapsed());
        seconds(line, "remaining", e.remaining());
      }
      case TrainEvent.EpochDone e -> {
        line.put("event", "epoch-done").put("epoch", e.epoch()).put("batch", e.batch());
        number(line, "loss", e.loss());
        line.set("validation", MeasureReport.tree(e.validation()));
        line.put("multiply-adds", e.multiplyAdds());
        line.put("selection-multiply-adds", e.selectionMultiplyAdds());
        line.put("dense-multiply-adds", e.denseMultiplyAdds());
        seconds(line, "elapsed", e.elapsed());
        seconds(line, "took", e.took());
        number(line, "cpu-seconds", e.cpuSeconds());
      }
      case TrainEvent.StepSkipped e -> {
        line.put("event", "step-skipped").put("batch", e.batch());
        number(line, "loss", e.loss());
        line.put("rows", e.rows());
      }
      case TrainEvent.SelectionMeasured e -> {
        line.put("event", "selection-measured").put("batch", e.batch()).put("layer", e.layer());
        number(line, "recall", e.recall());
        number(line, "mean-bucket-load", e.meanBucketLoad());
        number(line, "retrieved", e.retrieved());
      }
      case TrainEvent.TopologyChanged e -> {
        line.put("event", "topology-changed").put("batch", e.batch()).put("layer", e.layer());
        line.put("moved", e.moved()).put("removed-neurons", e.removed());
        line.put("connections", e.connections()).put("neurons", e.neurons());
      }
      case TrainEvent.RowsWoken e -> {
        line.put("event", "rows-woken").put("batch", e.batch()).put("batches", e.batches());
        line.put("awake", e.awake()).put("read", e.read()).put("written", e.written());
        line.put("slots", e.slots());
      }
      case TrainEvent.Balanced e -> {
        line.put("event", "balanced").put("batch", e.batch()).put("examples", e.examples());
        number(line, "direct", e.direct());
        number(line, "frequency", e.frequency());
        number(line, "before", e.before());
        number(line, "after", e.after());
      }
      case TrainEvent.Calibrated e -> {
        line.put("event", "calibrated").put("batch", e.batch());
        line.put("kind", e.calibration().kind().name().toLowerCase(Locale.ROOT));
        line.put("examples", e.calibration().examples());
        number(line, "scale", e.calibration().scale());
        number(line, "offset", e.calibration().offset());
        number(line, "before", e.before());
        number(line, "after", e.after());
      }
      case TrainEvent.CheckpointWritten e -> {
        line.put("event", "checkpoint-written").put("batch", e.batch());
        line.put("directory", e.directory().toString());
        seconds(line, "took", e.took());
      }
      case TrainEvent.RunEnded e -> {
        line.put("event", "run-ended").put("batch", e.batch());
        line.put("reason", e.reason().name().toLowerCase(Locale.ROOT));
        seconds(line, "elapsed", e.elapsed());
        number(line, "cpu-seconds", e.cpuSeconds());
        line.put("skipped-steps", e.skippedSteps());
      }
    }
    return line;
  }

  private static void seconds(ObjectNode line, String key, Duration duration) {
    line.put(key, duration.toMillis() / 1e3);
  }

  /// JSON has no number for what is not finite: it is `null`.
  private static void number(ObjectNode line, String key, double value) {
    if (Double.isFinite(value)) {
      line.put(key, value);
    } else {
      line.putNull(key);
    }
  }

  @Override
  public void close() {
    if (writer.isPresent()) {
      try {
        writer.get().close();
      } catch (IOException e) {
        throw failed(e);
      }
    }
  }
}
