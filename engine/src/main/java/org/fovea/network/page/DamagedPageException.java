package org.fovea.network.page;

import java.io.Serial;
import org.fovea.FoveaException;

/// A page whose bytes are not those that were written. What it held is lost, and nothing else.
public final class DamagedPageException extends FoveaException {

  @Serial private static final long serialVersionUID = 1L;

  private final long page;

  /// @param store its name
  /// @param why what was found
  public DamagedPageException(String store, long page, String why) {
    super("%s: page %s is damaged, what is on it is lost: %s".formatted(store, page, why));
    this.page = page;
  }

  /// Adds what led to this, once.
  ///
  /// @return this exception
  public DamagedPageException because(Throwable cause) {
    initCause(cause);
    return this;
  }

  /// Number of the page.
  public long page() {
    return page;
  }
}
