package org.fovea;

import java.io.Serial;

/// What went wrong, in one line that says what was expected, what came and where.
///
/// Never thrown itself: each kind of failure has its own subclass.
public abstract class FoveaException extends RuntimeException {

  @Serial private static final long serialVersionUID = 1L;

  /// @param message one line, without a trailing full stop
  protected FoveaException(String message) {
    super(message);
  }

  /// @param message one line, without a trailing full stop
  /// @param cause what led to it
  protected FoveaException(String message, Throwable cause) {
    super(message, cause);
  }
}
