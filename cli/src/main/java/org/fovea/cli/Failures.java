package org.fovea.cli;

import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.fovea.FoveaException;
import picocli.CommandLine.Model.CommandSpec;

/// Turns what went wrong into one line and an exit status.
final class Failures {

  /// The job failed.
  static final int FAILED = 1;

  /// The command was used wrongly.
  static final int WRONG_USAGE = 2;

  private static final SequencedMap<String, String> LEANER = new LinkedHashMap<>();

  static {
    LEANER.put("--hidden", "fewer --hidden neurons");
    LEANER.put("--optimizer", "--optimizer row-adagrad");
    LEANER.put("--memory-budget", "a smaller --memory-budget");
    LEANER.put("--resident", "--resident suspended");
  }

  private Failures() {}

  /// Reports a failure.
  ///
  /// @return the exit status
  static int report(Throwable failure, Console console) {
    return report(failure, List.of(), console);
  }

  /// Reports the failure of a command, whose options say what would help.
  ///
  /// @return the exit status
  static int report(Throwable failure, CommandSpec command, Console console) {
    return report(failure, leaner(command), console);
  }

  private static int report(Throwable failure, List<String> leaner, Console console) {
    if (failure instanceof OutputException output && output.readerGone()) {
      return 0;
    }
    console.warn(line(failure, leaner));
    if (console.showsTraces()) {
      failure.printStackTrace(console.errors());
    }
    return failure instanceof UsageException ? WRONG_USAGE : FAILED;
  }

  private static String line(Throwable failure, List<String> leaner) {
    Optional<OutOfMemoryError> memory = outOfMemory(failure);
    if (memory.isPresent()) {
      return outOfMemory(String.valueOf(memory.get().getMessage()), leaner);
    }
    return switch (failure) {
      case FoveaException known -> String.valueOf(known.getMessage());
      case UncheckedIOException known -> String.valueOf(known.getMessage());
      case IllegalArgumentException known when known.getMessage() != null -> known.getMessage();
      default -> "internal error: " + failure + " (--debug shows where)";
    };
  }

  /// The heap is not the only memory that can run out.
  private static String outOfMemory(String what, List<String> leaner) {
    if (!what.contains("heap space") && !what.contains("GC overhead")) {
      return "out of memory: " + what;
    }
    return "out of memory: a Java heap of %s is too small for this; give it more with FOVEA_JAVA_OPTS=-Xmx...%s"
        .formatted(
            Sizes.bytes(Runtime.getRuntime().maxMemory()),
            leaner.isEmpty() ? "" : ", or ask for less: " + String.join(", ", leaner));
  }

  /// What of a command's options makes it need less memory.
  private static List<String> leaner(CommandSpec command) {
    List<String> found = new ArrayList<>();
    LEANER.forEach((option, advice) -> {
      if (command.findOption(option) != null) {
        found.add(advice);
      }
    });
    return found;
  }

  private static Optional<OutOfMemoryError> outOfMemory(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof OutOfMemoryError memory) {
        return Optional.of(memory);
      }
    }
    return Optional.empty();
  }
}
