package org.fovea.bench.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/// What a process of its own is told.
///
/// @param suite name of the suite
/// @param cell what to measure
/// @param settings what the user asked for
/// @param result file for the result so far
/// @param usualMain class whose `main` measures, unless the cell has its own
record Order(String suite, Cell cell, Settings settings, String result, String usualMain) {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private void write(Path file) {
    try {
      Files.writeString(file, JSON.writeValueAsString(this));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }

  /// The process that carries the order out.
  ///
  /// @param file where the order is written
  ProcessBuilder process(Path file) {
    write(file);
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(inherited());
    command.addAll(cell.jvm());
    String main = cell.main().isEmpty() ? usualMain : cell.main();
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main));
    command.add(file.toAbsolutePath().toString());
    return new ProcessBuilder(command).redirectErrorStream(true);
  }

  /// Options of this JVM that are not about the size of its heap.
  private static List<String> inherited() {
    return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(option -> !option.startsWith("-Xmx") && !option.startsWith("-XX:MaxRAM"))
        .toList();
  }

  static Order read(Path file) {
    try {
      return JSON.readValue(Files.readString(file), Order.class);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }
}
