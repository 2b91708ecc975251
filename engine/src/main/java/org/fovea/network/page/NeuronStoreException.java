package org.fovea.network.page;

import java.io.Serial;
import org.fovea.FoveaException;

/// A store that cannot be used as asked: taken by another process, of a newer version, with damaged
/// metadata, or without the page.
public final class NeuronStoreException extends FoveaException {

  @Serial private static final long serialVersionUID = 1L;

  /// @param message one line that begins with the name of the store
  public NeuronStoreException(String message) {
    super(message);
  }

  /// @param message one line that begins with the name of the store
  /// @param cause what led to it
  public NeuronStoreException(String message, Throwable cause) {
    super(message, cause);
  }
}
