package org.fovea.training;

import java.util.Locale;
import java.util.OptionalLong;
import org.fovea.FoveaException;

/// Training has left the range in which numbers mean something, and was stopped.
public final class DivergedException extends FoveaException {

  private static final long serialVersionUID = 1;

  /// @param epoch counted from 1
  /// @param batch batches done
  /// @param what what was seen
  /// @param rate learning rate where it is highest
  /// @param checkpoint batches done at the last checkpoint, if there is one
  DivergedException(int epoch, long batch, String what, double rate, OptionalLong checkpoint) {
    super(
        String.format(
            Locale.ROOT,
            "training diverged in epoch %d after batch %,d: %s; a lower learning rate may help, it"
                + " was %s; %s",
            epoch,
            batch,
            what,
            rate,
            checkpoint.isPresent()
                ? String.format(
                    Locale.ROOT, "the checkpoint of batch %,d is intact", checkpoint.getAsLong())
                : "no checkpoint was written"));
  }
}
