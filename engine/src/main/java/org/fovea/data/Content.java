package org.fovea.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.fovea.MalformedDataException;

/// Stored bytes that can be read from the beginning any number of times.
///
/// **Threads** Safe.
interface Content {

  /// What messages call it.
  String name();

  /// The stored bytes, before any unpacking.
  ///
  /// @throws MalformedDataException if there is nothing that could be read
  InputStream open() throws IOException;

  /// How many stored bytes there are.
  long length() throws IOException;

  /// A regular file.
  record OfFile(Path path) implements Content {

    @Override
    public String name() {
      return path.toString();
    }

    @Override
    public InputStream open() throws IOException {
      if (Files.isDirectory(path)) {
        throw refused("a directory");
      }
      if (!Files.exists(path)) {
        throw refused("nothing of this name");
      }
      if (!Files.isRegularFile(path)) {
        throw refused("a device or a pipe");
      }
      if (!Files.isReadable(path)) {
        throw refused("a file without permission to read it");
      }
      try {
        return Files.newInputStream(path);
      } catch (NoSuchFileException e) {
        throw refused("nothing of this name").because(e);
      }
    }

    @Override
    public long length() throws IOException {
      return Files.size(path);
    }

    private MalformedDataException refused(String what) {
      return new MalformedDataException(
          name(), 0, "a file that can be read was expected, " + what + " came");
    }
  }
}
