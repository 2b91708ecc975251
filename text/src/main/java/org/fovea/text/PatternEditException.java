package org.fovea.text;

import java.io.Serial;
import org.fovea.FoveaException;

/// An edit that the network does not allow.
public final class PatternEditException extends FoveaException {

  @Serial private static final long serialVersionUID = 1L;

  PatternEditException(String message) {
    super(message);
  }

  PatternEditException(String message, Throwable cause) {
    super(message, cause);
  }
}
