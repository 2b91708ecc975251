package org.fovea.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// A JVM of its own for a main class of the tests: to be killed, or to begin anew.
public final class ChildJvm {

  /// What makes it start fast.
  public static final List<String> SMALL =
      List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto", "-Xmx256m");

  private ChildJvm() {}

  /// The command that starts it, with the class path of the tests.
  ///
  /// @param options of the JVM
  public static List<String> command(List<String> options, Class<?> main, Object... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.add("-cp");
    command.add(
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
    command.add(main.getName());
    Arrays.stream(arguments).map(String::valueOf).forEach(command::add);
    return command;
  }

  /// Starts it; what it says of errors is told here.
  public static Process start(List<String> options, Class<?> main, Object... arguments)
      throws IOException {
    return new ProcessBuilder(command(options, main, arguments))
        .redirectError(Redirect.INHERIT)
        .start();
  }

  /// Runs it; everything that it prints.
  public static String output(List<String> options, Class<?> main, Object... arguments) {
    ProcessBuilder builder =
        new ProcessBuilder(command(options, main, arguments)).redirectErrorStream(true);
    builder.environment().remove("JDK_JAVA_OPTIONS");
    try {
      Process process = builder.start();
      String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return text.replace("WARNING: Using incubator modules: jdk.incubator.vector\n", "");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Starts a main class that says a word when it begins and then numbers as it goes on, waits for
  /// some lines, and kills it some time later.
  ///
  /// @param arguments the last is the first number
  /// @return one more than the last number that it said, or the first number
  public static int killed(Path output, int lines, int millis, Class<?> main, Object... arguments)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command(SMALL, main, arguments))
            .redirectOutput(output.toFile())
            .redirectError(Redirect.INHERIT)
            .start();
    boolean ended = false;
    while (!ended && said(output).size() < lines) {
      ended = process.waitFor(Duration.ofMillis(5));
    }
    ended |= process.waitFor(Duration.ofMillis(millis));
    process.destroyForcibly().waitFor();
    if (ended) {
      throw new AssertionError("the process ended by itself: " + process);
    }
    return said(output).stream()
        .filter(line -> line.matches("[0-9]+"))
        .mapToInt(line -> Integer.parseInt(line) + 1)
        .reduce((_, last) -> last)
        .orElse((int) arguments[arguments.length - 1]);
  }

  /// Whole lines.
  private static List<String> said(Path output) throws IOException {
    String text = Files.readString(output);
    return text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
  }

  /// For a main class that never ends by itself: it ends with the process that started it.
  public static void endWithParent() {
    ProcessHandle parent = ProcessHandle.current().parent().orElseThrow();
    CompletableFuture<Void> _ = parent.onExit().thenRun(() -> Runtime.getRuntime().halt(1));
  }
}
