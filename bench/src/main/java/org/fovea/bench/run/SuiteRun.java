package org.fovea.bench.run;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/// Runs the cells of a suite that have no result yet, and draws its tables.
///
/// **Threads** confined; a thread of its own passes on what a process says.
public final class SuiteRun {

  private final Suite suite;
  private final Settings settings;
  private final String command;
  private final String usualMain;
  private final Path folder;
  private final Results results;

  /// @param command what the user typed, for the record
  /// @param usualMain class whose `main` measures, unless a cell has its own
  public SuiteRun(Suite suite, Settings settings, String command, Class<?> usualMain) {
    this.usualMain = usualMain.getName();
    this.suite = suite;
    this.settings = settings;
    this.command = command;
    this.folder = settings.outFolder();
    this.results = Results.read(folder.resolve(suite.name() + ".jsonl"));
  }

  /// Measures.
  ///
  /// @param wanted which cells
  /// @param again whether also those that have a result
  /// @return how many cells failed
  public int run(Predicate<Cell> wanted, boolean again) {
    List<Cell> cells = suite.cells(settings).stream().filter(wanted).toList();
    int failed = 0;
    int number = 0;
    for (Cell cell : cells) {
      String place = "%s %s/%s %s".formatted(suite.name(), ++number, cells.size(), cell.id());
      if (!again && results.has(cell.id())) {
        System.out.println("== " + place + ": has a result already");
        continue;
      }
      System.out.println("== " + place);
      Row row = measure(cell);
      results.add(row);
      if (row.text(Results.STATUS).equals(Results.FAILED)) {
        failed++;
      }
      System.out.println("   " + row.text(Results.STATUS) + " " + row.text("reason"));
      publish();
    }
    publish();
    return failed;
  }

  /// Writes tables and pictures of what has been measured.
  private void publish() {
    try {
      Files.writeString(folder.resolve(suite.name() + ".md"), suite.render(results.rows()));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write into " + folder, e);
    }
    suite.draw(results.rows(), folder);
  }

  private Row measure(Cell cell) {
    Row row = new Row();
    row.put("suite", suite.name()).put("cell", cell.id());
    row.put(
        "date",
        LocalDateTime.now(ZoneId.systemDefault()).truncatedTo(ChronoUnit.SECONDS).toString());
    row.putAll(Machine.describe());
    row.put("load before", Machine.load());
    row.put("command", command).putAll(cell.with());
    if (settings.quick()) {
      row.put("quick", true);
    }
    try {
      Path work = Files.createDirectories(folder.resolve("work"));
      Path file = work.resolve(suite.name() + "-" + cell.id() + ".order.json");
      Path result = work.resolve(suite.name() + "-" + cell.id() + ".result.json");
      Files.deleteIfExists(result);
      Order order =
          new Order(suite.name(), cell, settings, result.toAbsolutePath().toString(), usualMain);
      double childBefore = Machine.childCpuSeconds();
      long start = System.nanoTime();
      String ended = run(order, file);
      row.put("wall seconds", (System.nanoTime() - start) / 1e9);
      row.put("process CPU seconds", Machine.childCpuSeconds() - childBefore);
      if (Files.exists(result)) {
        row.putAll(Row.parse(Files.readString(result)).values());
      }
      if (!ended.isEmpty()) {
        row.put(Results.STATUS, ended);
      } else if (!row.has(Results.STATUS)) {
        row.put(Results.STATUS, Results.FAILED);
      }
      if (row.text(Results.STATUS).equals(Results.FAILED)) {
        row.put("reason", "see " + log(cell));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot measure " + cell.id(), e);
    }
    return row;
  }

  private Path log(Cell cell) {
    return folder.resolve("work").resolve(suite.name() + "-" + cell.id() + ".log");
  }

  /// @return how it ended, or empty if the process ended by itself
  private String run(Order order, Path file) throws IOException {
    Process process = order.process(file).start();
    Cell cell = order.cell();
    Thread killer = new Thread(process::destroyForcibly, "fovea-bench-killer");
    Runtime.getRuntime().addShutdownHook(killer);
    Thread echo =
        Thread.ofPlatform().daemon().name("fovea-bench-echo").start(() -> echo(process, cell));
    try {
      boolean ended = process.waitFor(cell.limitSeconds(), TimeUnit.SECONDS);
      if (!ended) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().waitFor();
      }
      echo.join(5_000);
      if (!ended) {
        return Results.LIMIT;
      }
      return process.exitValue() == 0 ? "" : Results.FAILED;
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      return Results.FAILED;
    } finally {
      Runtime.getRuntime().removeShutdownHook(killer);
    }
  }

  private void echo(Process process, Cell cell) {
    try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8);
        PrintWriter log =
            new PrintWriter(Files.newBufferedWriter(log(cell), StandardCharsets.UTF_8), true)) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        log.println(line);
        if (!line.startsWith("WARNING: Using incubator modules")) {
          System.out.println("   " + line);
        }
      }
    } catch (IOException e) {
      // The process was ended in the middle of a line.
      System.out.println("   (" + e.getMessage() + ")");
    }
  }
}
