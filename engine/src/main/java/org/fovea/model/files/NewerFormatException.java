package org.fovea.model.files;

import java.io.Serial;
import org.fovea.FoveaException;

/// A model that a newer version of Fovea has written in a format that this one does not know.
public final class NewerFormatException extends FoveaException {

  @Serial private static final long serialVersionUID = 1L;

  NewerFormatException(String message) {
    super(message);
  }
}
