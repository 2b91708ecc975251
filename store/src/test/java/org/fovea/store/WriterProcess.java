package org.fovea.store;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.fovea.FoveaException;
import org.fovea.network.page.WritableNeuronStore.Durability;
import org.fovea.residency.StoreOptions;
import org.fovea.testkit.ChildJvm;

/// A Java process that writes a [Workload] to a store, to be killed or to be refused.
final class WriterProcess implements Closeable {

  private static final int LIMIT_SECONDS = 60;

  private final Process process;
  private final BufferedReader lines;

  private WriterProcess(Process process) {
    this.process = process;
    this.lines = process.inputReader(StandardCharsets.UTF_8);
  }

  /// Starts a process.
  ///
  /// @param before what the command is given to, such as a shell that limits it; may be empty
  static WriterProcess start(List<String> before, Path store) throws IOException {
    List<String> command = new ArrayList<>(before);
    List<String> options = new ArrayList<>(ChildJvm.SMALL);
    options.add("--enable-native-access=ALL-UNNAMED");
    options.add("-Djava.library.path=" + NativeCode.FOLDER);
    command.addAll(ChildJvm.command(options, WriterProcess.class, store));
    return new WriterProcess(
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
  }

  /// What it says next: the number of a batch that it has written, or why it stopped.
  Optional<String> nextLine() throws IOException {
    return Optional.ofNullable(lines.readLine());
  }

  /// Kills the process.
  ///
  /// @param last what it had said
  /// @return the last that it said before the end
  long kill(long last) throws IOException, InterruptedException {
    // Unlike the process, its handle leaves the pipe open, so that its last words can be read.
    process.toHandle().destroyForcibly();
    long said = last;
    for (Optional<String> line = nextLine(); line.isPresent(); line = nextLine()) {
      said = Long.parseLong(line.get());
    }
    awaitEnd();
    return said;
  }

  /// Waits for the end; its exit status.
  int awaitEnd() throws InterruptedException {
    if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
      throw new AssertionError("the process does not end: " + process);
    }
    return process.exitValue();
  }

  long pid() {
    return process.pid();
  }

  @Override
  public void close() throws IOException {
    process.destroyForcibly();
    lines.close();
  }

  /// The process itself. Whatever it has written it acknowledges by a line.
  @SuppressWarnings("SystemOut")
  public static void main(String[] arguments) {
    ChildJvm.endWithParent();
    // a small buffer, so that files are written and merged all the time
    StoreOptions options = new StoreOptions(0, 1 << 18);
    try (RocksDbStore store = RocksDbStore.open(Path.of(arguments[0]), Workload.FORMAT, options)) {
      for (long number = Workload.last(store) + 1; ; number++) {
        Durability durability = number % 3 == 0 ? Durability.SYNC : Durability.PROCESS;
        store.write(Workload.batch(number), durability);
        System.out.println(number);
      }
    } catch (FoveaException | UncheckedIOException e) {
      System.out.println(e.getMessage());
      System.exit(1);
    }
  }
}
