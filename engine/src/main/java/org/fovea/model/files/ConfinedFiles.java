package org.fovea.model.files;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Set;
import org.fovea.MalformedDataException;

/// Opens files of a directory that are really in it: no link leads out of it or into it.
final class ConfinedFiles {

  private static final Set<OpenOption> READ =
      Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);

  private ConfinedFiles() {}

  /// Opens a file for reading.
  ///
  /// @param name has been checked by [FileNames], or is [FileNames#MANIFEST]
  /// @throws MalformedDataException if it is missing, a link, has other names, or is not a file
  static FileChannel open(Path directory, String name) throws IOException {
    Path path = directory.resolve(name);
    try {
      BasicFileAttributes attributes =
          Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      if (attributes.isSymbolicLink()) {
        throw refused(path, "it is a symbolic link, which a model may not contain");
      }
      if (!attributes.isRegularFile()) {
        throw refused(path, "it is not a regular file");
      }
      if (path.getFileSystem().supportedFileAttributeViews().contains("unix")
          && Files.getAttribute(path, "unix:nlink", LinkOption.NOFOLLOW_LINKS) instanceof Integer n
          && n > 1) {
        throw refused(path, "it is a hard link: the file has %s names".formatted(n));
      }
      if (!directory.toRealPath().equals(path.toRealPath().getParent())) {
        throw refused(path, "it is outside the model's directory");
      }
      return FileChannel.open(path, READ);
    } catch (NoSuchFileException e) {
      MalformedDataException missing = refused(path, "the file is missing");
      missing.initCause(e);
      throw missing;
    }
  }

  private static MalformedDataException refused(Path path, String reason) {
    return new MalformedDataException(path.toString(), 0, reason);
  }
}
