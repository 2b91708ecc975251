package org.fovea.text;

import java.io.Serial;
import org.fovea.FoveaException;

/// A directory that is no network of patterns, or one of a newer format.
public final class PatternStoreException extends FoveaException {

  @Serial private static final long serialVersionUID = 1L;

  PatternStoreException(String message) {
    super(message);
  }

  PatternStoreException(String message, Throwable cause) {
    super(message, cause);
  }
}
