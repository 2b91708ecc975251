package org.fovea.bench.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;

/// One measurement under way.
///
/// **Threads** confined.
public final class Work {

  private final Order order;
  private final Row row = new Row();
  private final long start = System.nanoTime();

  private Work(Order order) {
    this.order = order;
  }

  /// The measurement that a process was started for.
  ///
  /// @param arguments what `main` got
  public static Work of(String... arguments) {
    return new Work(Order.read(Path.of(arguments[0])));
  }

  /// Name of the suite.
  public String suite() {
    return order.suite();
  }

  /// What is measured.
  public Cell cell() {
    return order.cell();
  }

  /// What the user asked for.
  public Settings settings() {
    return order.settings();
  }

  /// The result so far.
  public Row row() {
    return row;
  }

  /// What measures.
  @FunctionalInterface
  public interface Measurement {
    /// Measures.
    void run() throws Exception;
  }

  /// Measures, keeps the result, and ends the process, whatever threads are left.
  public void run(Measurement measurement) throws Exception {
    try {
      measurement.run();
      row.put(Results.STATUS, Results.OK);
    } catch (SkippedException e) {
      say("skipped: %s", String.valueOf(e.getMessage()));
      row.put(Results.STATUS, Results.SKIPPED).put("reason", String.valueOf(e.getMessage()));
    }
    keep();
    System.exit(0);
  }

  /// Another measurement, in a process that runs beside this one.
  ///
  /// @param process what is running; the caller waits for it
  /// @param result where its row will be
  public record Other(Process process, Path result) {

    /// The row, once the process has ended.
    ///
    /// @throws IllegalStateException if it failed
    public Row join() throws IOException, InterruptedException {
      if (process.waitFor() != 0) {
        throw new IllegalStateException("a process ended with status " + process.exitValue());
      }
      return Row.parse(Files.readString(result));
    }
  }

  /// Starts another measurement of the suite, whose output is shown.
  public Other start(Cell other) throws IOException {
    Path result = Path.of(order.result() + "." + other.id());
    Order more =
        new Order(order.suite(), other, order.settings(), result.toString(), order.usualMain());
    ProcessBuilder process = more.process(Path.of(result + ".order"));
    return new Other(process.redirectOutput(ProcessBuilder.Redirect.INHERIT).start(), result);
  }

  /// Keeps the result so far, in case that time runs out.
  public void keep() {
    Path target = Path.of(order.result());
    Path half = Path.of(order.result() + ".half");
    try {
      Files.writeString(half, row.line());
      Files.move(half, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + target, e);
    }
  }

  /// Tells the user something.
  @SuppressWarnings("AnnotateFormatMethod") // the annotation would be a dependency of its own
  public void say(String format, Object... values) {
    System.out.printf(
        Locale.ROOT,
        "%6.0f s  %s%n",
        (System.nanoTime() - start) / 1e9,
        String.format(Locale.ROOT, format, values));
    System.out.flush();
  }
}
