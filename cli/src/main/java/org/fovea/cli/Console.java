package org.fovea.cli;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// Where a command reads and writes: results to standard output, everything else to standard error.
///
/// **Threads** lines to standard error may come from any thread; results from one.
final class Console {

  private final InputStream in;
  private final Inputs inputs;
  private final OutputStream out;
  private final PrintStream err;
  private final boolean terminal;
  private boolean quiet;
  private boolean debug;
  private volatile boolean failed;

  /// @param terminal whether a person watches standard error as it is written
  Console(InputStream in, OutputStream out, OutputStream err, boolean terminal) {
    this.in = in;
    this.inputs = new Inputs(in);
    this.out = new BufferedOutputStream(out, 1 << 16);
    this.err = new PrintStream(err, true, StandardCharsets.UTF_8);
    this.terminal = terminal;
  }

  /// The streams of the process.
  static Console system() {
    return new Console(
        System.in,
        new FileOutputStream(FileDescriptor.out),
        new FileOutputStream(FileDescriptor.err),
        Optional.ofNullable(System.console()).map(java.io.Console::isTerminal).orElse(false));
  }

  /// Writes a line of the result.
  void result(String line) {
    byte[] bytes = (line + "\n").getBytes(StandardCharsets.UTF_8);
    try {
      out.write(bytes);
    } catch (IOException e) {
      throw failed(e);
    }
  }

  /// What could not be written once is not tried again.
  private OutputException failed(IOException cause) {
    failed = true;
    return new OutputException(cause);
  }

  /// Where results go, for those who write bytes.
  OutputStream output() {
    return out;
  }

  /// Makes results visible.
  void flush() {
    try {
      if (!failed) {
        out.flush();
      }
    } catch (IOException e) {
      throw failed(e);
    }
  }

  /// Tells what is going on, unless it is to be quiet.
  void say(String line) {
    if (!quiet) {
      flush();
      err.println(line);
    }
  }

  /// Tells what must not be missed.
  void warn(String line) {
    err.println("fovea: " + OneLine.of(line));
  }

  /// Where help and complaints about usage go.
  PrintStream errors() {
    return err;
  }

  /// Where input comes from.
  InputStream input() {
    return in;
  }

  /// The data that is read, standard input included.
  Inputs inputs() {
    return inputs;
  }

  /// Whether a person watches and wants to: progress may be drawn and redrawn.
  boolean draws() {
    return terminal && !quiet;
  }

  void beQuiet() {
    quiet = true;
  }

  boolean isQuiet() {
    return quiet;
  }

  void showTraces() {
    debug = true;
  }

  boolean showsTraces() {
    return debug;
  }
}
