package org.fovea.text;

import java.io.Serial;
import org.fovea.FoveaException;

/// A document that cannot be annotated.
public final class AnnotationException extends FoveaException {

  @Serial private static final long serialVersionUID = 1L;

  AnnotationException(long document, RuntimeException cause) {
    super("document %s: %s".formatted(document, cause.getMessage()), cause);
  }
}
