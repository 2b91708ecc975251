package org.fovea.cli;

import java.io.Serial;
import org.fovea.FoveaException;

/// Options that make no sense together: exit status 2.
final class UsageException extends FoveaException {

  @Serial private static final long serialVersionUID = 1L;

  UsageException(String message) {
    super(message);
  }
}
