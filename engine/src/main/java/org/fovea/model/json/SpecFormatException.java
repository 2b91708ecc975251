package org.fovea.model.json;

import java.io.Serial;
import org.fovea.FoveaException;

/// A tree that does not describe a spec: which key, and why.
///
/// The message is `KEY.PATH: REASON`, without a key path when the tree as a whole is meant.
public final class SpecFormatException extends FoveaException {

  @Serial private static final long serialVersionUID = 1L;

  private final String keyPath;
  private final String reason;

  SpecFormatException(String keyPath, String reason) {
    super(keyPath.isEmpty() ? reason : keyPath + ": " + reason);
    this.keyPath = keyPath;
    this.reason = reason;
  }

  /// Keys from the outermost to the one that is wrong, as in `layers[0].selection.lsh.tables`;
  /// empty for the whole tree.
  public String keyPath() {
    return keyPath;
  }

  /// What was expected, what came.
  public String reason() {
    return reason;
  }
}
