package org.fovea.cli;

import java.io.IOException;
import java.io.Serial;
import org.fovea.FoveaException;

/// Standard output cannot be written to.
final class OutputException extends FoveaException {

  @Serial private static final long serialVersionUID = 1L;

  private final boolean closed;

  OutputException(IOException cause) {
    super("standard output: writing failed: " + cause.getMessage(), cause);
    this.closed = String.valueOf(cause.getMessage()).contains("Broken pipe");
  }

  /// Whether the reader has gone, as `head` does when it has seen enough: no failure of ours.
  boolean readerGone() {
    return closed;
  }
}
