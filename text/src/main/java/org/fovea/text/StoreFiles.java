package org.fovea.text;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/// The files of a network of patterns beside those of its model: pages of neurons and the log of
/// edits, of the generation that `model.json` names.
///
/// @param directory of the network
record StoreFiles(Path directory) {

  /// The generation of no network.
  static final long NO_GENERATION = -1;

  /// The bytes of `model.json`; none if it is not there.
  byte[] readManifest() {
    Path manifest = directory.resolve("model.json");
    try {
      return Files.exists(manifest) ? Files.readAllBytes(manifest) : new byte[0];
    } catch (IOException e) {
      throw new UncheckedIOException(manifest + ": it cannot be read: " + e.getMessage(), e);
    }
  }

  Path log(long generation) {
    return directory.resolve("edits-%s.log".formatted(generation));
  }

  Path pages(long generation) {
    return directory.resolve("neurons-%s.pages".formatted(generation));
  }

  long pagesLength(long generation) {
    try {
      return Files.size(pages(generation));
    } catch (IOException e) {
      throw new UncheckedIOException(
          pages(generation) + ": it cannot be read: " + e.getMessage(), e);
    }
  }

  /// Removes logs and pages of networks that were replaced, and of such that never were whole. Only
  /// the holder of the lock may ask.
  void sweep(long generation) {
    String beside = "{edits-*.log,neurons-*.pages,.neurons-*.pages.*}";
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, beside)) {
      for (Path file : files) {
        if (!file.equals(log(generation)) && !file.equals(pages(generation))) {
          Files.delete(file);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(
          directory + ": an old log or old pages cannot be removed: " + e.getMessage(), e);
    }
  }
}
