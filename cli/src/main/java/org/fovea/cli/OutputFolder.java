package org.fovea.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Makes the folders that what is written goes to.
final class OutputFolder {

  private OutputFolder() {}

  /// Makes a folder, and those that it is in, if it is missing.
  ///
  /// @throws CommandException if something else has its name
  static void make(Path folder) {
    try {
      Files.createDirectories(folder.toAbsolutePath());
    } catch (FileAlreadyExistsException e) {
      throw new CommandException(folder + ": a directory was expected, a file came", e);
    } catch (IOException e) {
      throw new UncheckedIOException(folder + ": it cannot be made: " + e.getMessage(), e);
    }
  }

  /// Makes the folder of a file that is going to be written.
  static void makeFor(Path file) {
    Path parent = file.toAbsolutePath().getParent();
    if (parent != null) {
      make(parent);
    }
  }
}
