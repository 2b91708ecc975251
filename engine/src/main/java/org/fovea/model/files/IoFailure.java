package org.fovea.model.files;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/// Says in one sentence what a failure of the file system means for a model.
final class IoFailure {

  private IoFailure() {}

  /// A failure with what it was about, and what holds nevertheless.
  ///
  /// @param failure an [IOException], or an [UncheckedIOException] around one
  /// @param consequence what the reader of the message must know
  static UncheckedIOException explained(String subject, Exception failure, String consequence) {
    IOException cause =
        switch (failure) {
          case IOException direct -> direct;
          case Exception wrapped when wrapped.getCause() instanceof IOException inner -> inner;
          default -> new IOException(failure);
        };
    UncheckedIOException explained =
        new UncheckedIOException(
            "%s: %s (%s)".formatted(subject, consequence, reason(cause)), cause);
    for (Throwable suppressed : failure.getSuppressed()) {
      explained.addSuppressed(suppressed);
    }
    return explained;
  }

  /// What went wrong, in words: the JDK's messages for the commonest failures are a bare path.
  static String reason(IOException failure) {
    return switch (failure) {
      case NoSuchFileException missing -> "no such file: " + missing.getFile();
      case AccessDeniedException denied -> "access denied: " + denied.getFile();
      case FileSystemException other when other.getReason() == null -> other.toString();
      default -> String.valueOf(failure.getMessage());
    };
  }
}
