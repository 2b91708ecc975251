package org.fovea.bench.run;

/// A measurement cannot be done here; the message says why.
public final class SkippedException extends RuntimeException {

  private static final long serialVersionUID = 1;

  /// @param reason why, for people
  public SkippedException(String reason) {
    super(reason);
  }
}
