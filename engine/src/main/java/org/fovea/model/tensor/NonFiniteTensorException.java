package org.fovea.model.tensor;

import java.io.Serial;
import org.fovea.FoveaException;

/// A tensor that is not written because one of its floats is infinite or not a number.
public final class NonFiniteTensorException extends FoveaException {

  @Serial private static final long serialVersionUID = 1L;

  NonFiniteTensorException(String tensor, long element, float value) {
    super("tensor %s is not saved: its element %s is %s".formatted(tensor, element, value));
  }
}
