package org.fovea.event;

import java.io.Serial;
import org.fovea.FoveaException;

/// A document has more partial matches than a propagation may hold.
public final class PropagationLimitException extends FoveaException {

  @Serial private static final long serialVersionUID = 1L;

  /// @param message one line, without a trailing full stop
  public PropagationLimitException(String message) {
    super(message);
  }
}
