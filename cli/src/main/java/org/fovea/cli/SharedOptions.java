package org.fovea.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Option;

/// Options that every command has.
final class SharedOptions {

  private final Console console;

  SharedOptions(Console console) {
    this.console = console;
  }

  @Option(names = "--quiet", description = "say nothing but results and errors")
  void quiet(boolean quiet) {
    if (quiet) {
      console.beQuiet();
      logAt(Level.ERROR);
    }
  }

  @Option(names = "--debug", description = "show where an error comes from, and more of the log")
  void debug(boolean debug) {
    if (debug) {
      console.showTraces();
      logAt(Level.DEBUG);
    }
  }

  private static void logAt(Level level) {
    if (LoggerFactory.getLogger("org.fovea") instanceof Logger logger) {
      logger.setLevel(level);
    }
  }
}
