package org.fovea.model.files;

import java.io.Serial;
import org.fovea.FoveaException;

/// A model directory that cannot be used as asked: taken by another writer, without a model,
/// without a sound checkpoint, or of a newer format.
public final class ModelStoreException extends FoveaException {

  @Serial private static final long serialVersionUID = 1L;

  ModelStoreException(String message) {
    super(message);
  }

  ModelStoreException(String message, Throwable cause) {
    super(message, cause);
  }
}
