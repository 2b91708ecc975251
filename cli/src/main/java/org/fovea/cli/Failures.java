package org.fovea.cli;

import java.io.UncheckedIOException;
import org.fovea.FoveaException;

/// Turns what went wrong into one line and an exit status.
final class Failures {

  /// The job failed.
  static final int FAILED = 1;

  /// The command was used wrongly.
  static final int WRONG_USAGE = 2;

  private Failures() {}

  /// Reports a failure.
  ///
  /// @return the exit status
  static int report(Throwable failure, Console console) {
    if (failure instanceof OutputException output && output.readerGone()) {
      return 0;
    }
    console.warn(line(failure));
    if (console.showsTraces()) {
      failure.printStackTrace(console.errors());
    }
    return failure instanceof UsageException ? WRONG_USAGE : FAILED;
  }

  private static String line(Throwable failure) {
    if (ranOutOfMemory(failure)) {
      return "out of memory: a Java heap of %s is too small for this; give it more with FOVEA_JAVA_OPTS=-Xmx..., or ask for less: fewer hidden neurons, --optimizer row-adagrad, a smaller --memory-budget"
          .formatted(Sizes.bytes(Runtime.getRuntime().maxMemory()));
    }
    return switch (failure) {
      case FoveaException known -> String.valueOf(known.getMessage());
      case UncheckedIOException known -> String.valueOf(known.getMessage());
      case IllegalArgumentException known when known.getMessage() != null -> known.getMessage();
      default -> "internal error: " + failure + " (--debug shows where)";
    };
  }

  private static boolean ranOutOfMemory(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof OutOfMemoryError) {
        return true;
      }
    }
    return false;
  }
}
