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

  /// Whether bytes may still be on their way, so that what is there is worth something by itself.
  default boolean isAwaited() {
    return false;
  }

  /// A file, or a pipe, which is kept so that it can be read again.
  static Content of(Path path) {
    return DataStream.ofPipe(path).map(DataStream::content).orElseGet(() -> new OfFile(path));
  }

  /// A regular file, or whatever else can be read once.
  record OfFile(Path path) implements Content {

    private static final int TYPE = 0170000;
    private static final int PIPE = 0010000;
    private static final int CHARACTERS = 0020000;
    private static final int SOCKET = 0140000;

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
      if (!Files.isRegularFile(path) && !isPipe()) {
        throw refused("a device");
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

    /// Whether it is a pipe, a socket or a terminal, such as `/dev/stdin` may be. Other devices
    /// have no end.
    boolean isPipe() {
      if (Files.isDirectory(path) || Files.isRegularFile(path)) {
        return false;
      }
      try {
        int type = (int) Files.getAttribute(path, "unix:mode") & TYPE;
        return type == PIPE || type == SOCKET || (type == CHARACTERS && isTerminal());
      } catch (IOException | UnsupportedOperationException | IllegalArgumentException _) {
        return false;
      }
    }

    private boolean isTerminal() throws IOException {
      String device = path.toRealPath().toString();
      return device.startsWith("/dev/pts/")
          || device.startsWith("/dev/tty")
          || device.equals("/dev/console")
          || device.equals("/dev/null");
    }

    private MalformedDataException refused(String what) {
      return new MalformedDataException(
          name(), 0, "a file that can be read was expected, " + what + " came");
    }
  }
}
