package org.fovea.training;

import org.fovea.FoveaException;

/// The loss was not finite for several batches in a row.
public final class DivergedException extends FoveaException {

  private static final long serialVersionUID = 1;

  DivergedException(long batch, int failures, double loss) {
    super(
        "training diverged: the loss was not finite (%s) in %d batches in a row before batch %d; a lower learning rate may help"
            .formatted(loss, failures, batch));
  }
}
