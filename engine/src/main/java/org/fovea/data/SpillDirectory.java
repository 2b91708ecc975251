package org.fovea.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/// A directory that only this process uses, and that goes away with it.
///
/// A lock is held on a file in it. It ends with the process, however that ends; so a directory
/// whose lock can be had was left behind, and is removed when the next one is made.
///
/// **Threads** Confined.
final class SpillDirectory implements AutoCloseable {

  private static final Logger LOGGER = System.getLogger(SpillDirectory.class.getName());
  private static final String PREFIX = "fovea-spill-";
  private static final int ATTEMPTS = 16;

  private final Path path;
  private final FileClaim claim;

  private SpillDirectory(Path path, FileClaim claim) {
    this.path = path;
    this.claim = claim;
  }

  /// Removes what killed processes left behind, then makes a directory.
  ///
  /// @param parent where it goes, made if missing
  static SpillDirectory create(Path parent) throws IOException {
    Files.createDirectories(parent);
    sweep(parent);
    for (int i = 0; i < ATTEMPTS; i++) {
      Path path = Files.createTempDirectory(parent, PREFIX);
      Optional<FileClaim> claim = claim(path);
      if (claim.isPresent()) {
        return new SpillDirectory(path, claim.get());
      }
    }
    throw new IOException(
        "a directory that stays was expected in " + parent + ", all were removed");
  }

  /// Removes what killed processes left behind, if the directory is there at all.
  static void sweepIfThere(Path parent) {
    if (Files.isDirectory(parent)) {
      try {
        sweep(parent);
      } catch (IOException e) {
        throw new UncheckedIOException(parent + ": sweeping failed: " + e.getMessage(), e);
      }
    }
  }

  private static void sweep(Path parent) throws IOException {
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(parent, PREFIX + "*")) {
      for (Path path : entries) {
        if (Files.isDirectory(path)) {
          sweepOne(path);
        }
      }
    }
  }

  private static void sweepOne(Path path) {
    try {
      Optional<FileClaim> claim = claim(path);
      if (claim.isPresent()) {
        try (FileClaim held = claim.get()) {
          assert held.channel().isOpen();
          remove(path);
        }
        LOGGER.log(Level.INFO, "{0}: removed, an earlier run had left it", path);
      }
    } catch (IOException e) {
      LOGGER.log(Level.WARNING, path + ": could not be removed, an earlier run had left it", e);
    }
  }

  /// Claims a directory; empty if another process holds it or has just swept it away.
  private static Optional<FileClaim> claim(Path path) throws IOException {
    Path lock = path.resolve("lock");
    try {
      Optional<FileClaim> claim = FileClaim.tryClaim(lock);
      if (claim.isPresent() && !Files.exists(lock)) {
        claim.get().close();
        return Optional.empty();
      }
      return claim;
    } catch (NoSuchFileException e) {
      LOGGER.log(Level.DEBUG, "{0}: another process removed it", path);
      return Optional.empty();
    }
  }

  private static void remove(Path path) throws IOException {
    Files.deleteIfExists(path.resolve("blocks"));
    Files.deleteIfExists(path.resolve("lock"));
    try {
      Files.delete(path);
    } catch (NoSuchFileException e) {
      LOGGER.log(Level.DEBUG, "{0}: another process removed it first", path);
    }
  }

  /// The file of the blocks.
  Path blocks() {
    return path.resolve("blocks");
  }

  @Override
  public void close() throws IOException {
    try (claim) {
      remove(path);
    }
  }
}
