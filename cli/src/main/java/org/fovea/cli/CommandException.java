package org.fovea.cli;

import java.io.Serial;
import org.fovea.FoveaException;

/// A job that cannot be done, as the command line finds out: exit status 1.
final class CommandException extends FoveaException {

  @Serial private static final long serialVersionUID = 1L;

  CommandException(String message) {
    super(message);
  }

  CommandException(String message, Throwable cause) {
    super(message, cause);
  }
}
