package org.fovea.model.files;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.fovea.testkit.ChildJvm;

/// A Java process that writes to a model directory, to be killed.
final class WriterProcess implements Closeable {

  private static final int LIMIT_SECONDS = 60;
  private static final String MODEL = "m";
  private static final String CHECKPOINT = "c";

  private final Process process;
  private final BufferedReader lines;
  private int lastVersion;
  private int lastStep;

  private WriterProcess(Process process) {
    this.process = process;
    this.lines = process.inputReader(StandardCharsets.US_ASCII);
  }

  /// Starts a process.
  ///
  /// @param task `write` to write checkpoints and models without end, `hold` to hold the lock
  /// @param haltAt where it stops itself; empty if it does not
  static WriterProcess start(String task, Path directory, String haltAt) throws IOException {
    List<String> options = new ArrayList<>(ChildJvm.SMALL);
    options.add("-Dfovea.test.haltAt=" + haltAt);
    return new WriterProcess(ChildJvm.start(options, WriterProcess.class, task, directory));
  }

  /// Waits until the process has acknowledged something so many times.
  void awaitLines(int count) throws IOException {
    for (int line = 0; line < count; line++) {
      if (!readLine()) {
        throw new AssertionError("the process ended after %d lines".formatted(line));
      }
    }
  }

  private void readToEnd() throws IOException {
    boolean more = true;
    while (more) {
      more = readLine();
    }
  }

  private boolean readLine() throws IOException {
    String line = lines.readLine();
    if (line == null) {
      return false;
    }
    int number = Integer.parseInt(line.substring(1));
    if (line.startsWith(MODEL)) {
      lastVersion = number;
    } else {
      lastStep = number;
    }
    return true;
  }

  /// Waits until the process has stopped itself.
  void awaitEnd() throws IOException, InterruptedException {
    readToEnd();
    if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)
        || process.exitValue() != HaltingStorage.STATUS) {
      throw new AssertionError("the process did not stop itself: " + process);
    }
  }

  /// Kills the process and reads what it said before.
  void kill() throws IOException, InterruptedException {
    // Unlike the process, its handle leaves the pipe open, so that its last words can be read.
    process.toHandle().destroyForcibly();
    readToEnd();
    if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
      throw new AssertionError("the process cannot be killed: " + process);
    }
  }

  /// Version of the last model that was saved, as far as the process has said.
  int lastVersion() {
    return lastVersion;
  }

  /// Step of the last checkpoint that was saved, as far as the process has said.
  int lastStep() {
    return lastStep;
  }

  /// Id of the process.
  long pid() {
    return process.pid();
  }

  @Override
  public void close() throws IOException {
    process.destroyForcibly();
    lines.close();
  }

  /// The process itself. Whatever it has saved it acknowledges by a line.
  @SuppressWarnings("SystemOut")
  public static void main(String[] arguments) throws IOException {
    ChildJvm.endWithParent();
    Path directory = Path.of(arguments[1]);
    try (ModelStore store = ModelStore.open(directory)) {
      CheckpointStore checkpoints = store.checkpoints(2);
      int step = SampleDirectory.step(checkpoints);
      if (arguments[0].equals("hold")) {
        System.out.println(CHECKPOINT + step);
        System.in.read();
        return;
      }
      while (true) {
        step++;
        checkpoints.write(step, SampleModel.contents(step));
        System.out.println(CHECKPOINT + step);
        store.publish(SampleModel.contents(step));
        System.out.println(MODEL + step);
      }
    }
  }
}
