package org.fovea.training;

import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.fovea.FoveaException;

/// Training has left the range in which numbers mean something, and was stopped.
public final class DivergedException extends FoveaException {

  private static final long serialVersionUID = 1;

  /// @param epoch counted from 1
  /// @param batch batches done
  /// @param what what was seen
  /// @param rate learning rate where it is highest; nothing if it cannot be what is wrong
  /// @param checkpoint batches done at the last checkpoint, if there is one
  DivergedException(
      int epoch, long batch, String what, OptionalDouble rate, OptionalLong checkpoint) {
    super(
        String.format(
            Locale.ROOT,
            "training diverged in epoch %d after batch %,d: %s; %s; %s",
            epoch,
            batch,
            what,
            rate.isPresent()
                ? "a lower learning rate may help, it was " + rate.getAsDouble()
                : "it was so from the first batch on, before anything was learned: the values of"
                    + " the features are too large, or the parameters that it began with are",
            checkpoint.isPresent()
                ? String.format(
                    Locale.ROOT, "the checkpoint of batch %,d is intact", checkpoint.getAsLong())
                : "no checkpoint was written"));
  }
}
