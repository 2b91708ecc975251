package org.fovea.model.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Temporary directories: how they are named, recognised and removed.
///
/// @param storage where they are
/// @param directory what they are in
record Leftovers(Storage storage, Path directory) {

  /// Prefix of a directory whose contents are not the model yet.
  static final String NEW = ".fovea-new-";

  /// Prefix of a directory whose contents are no checkpoint any more.
  static final String OLD = ".fovea-old-";

  /// A name that is free. Only the holder of the lock may ask.
  Path free(String prefix) {
    int number = 1;
    while (Files.exists(directory.resolve(prefix + number), LinkOption.NOFOLLOW_LINKS)) {
      number++;
    }
    return directory.resolve(prefix + number);
  }

  /// All temporary directories with a prefix.
  List<Path> find(String prefix) throws IOException {
    List<Path> found = new ArrayList<>();
    for (Path path : storage.list(directory)) {
      boolean named = path.getFileName().toString().startsWith(prefix);
      if (named && Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
        found.add(path);
      }
    }
    return found;
  }

  /// Deletes a temporary directory and the files in it, `last` after all others.
  void delete(Path temporary, String last) throws IOException {
    Path lastPath = temporary.resolve(last);
    boolean lastFound = false;
    for (Path path : storage.list(temporary)) {
      if (path.equals(lastPath)) {
        lastFound = true;
      } else {
        storage.delete(path);
      }
    }
    if (lastFound) {
      storage.delete(lastPath);
    }
    storage.delete(temporary);
  }
}
