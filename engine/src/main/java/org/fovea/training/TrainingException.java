package org.fovea.training;

import java.util.concurrent.ExecutionException;
import org.fovea.FoveaException;

/// Training cannot be carried out, or was cut off.
public final class TrainingException extends FoveaException {

  private static final long serialVersionUID = 1;

  /// What cannot be carried out, and why.
  public TrainingException(String message) {
    super(message);
  }

  /// A failure with its cause.
  public TrainingException(String message, Throwable cause) {
    super(message, cause);
  }

  /// The failure of a thread, as a failure of ours: our own as they are, others wrapped.
  ///
  /// @param what what failed
  public static FoveaException of(String what, ExecutionException failure) {
    Throwable cause = failure.getCause() == null ? failure : failure.getCause();
    return cause instanceof FoveaException known
        ? known
        : new TrainingException(what + " failed: " + cause, cause);
  }
}
