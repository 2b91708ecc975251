package org.fovea.spec;

/// Whose active set it is.
public enum Sharing {
  /// Each example has its own.
  EXAMPLE,
  /// The examples of a batch share one, so that the layer becomes small dense products.
  BATCH
}
