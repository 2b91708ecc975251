package org.fovea.data;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// Files that only this process uses, for as long as it lives.
///
/// Where the operating system allows that, such a file is deleted as soon as it is open: its room
/// is free when the process ends, however that ends. What a process leaves that is killed between
/// the two, an empty file, the next one removes.
///
/// **Threads** safe.
public final class UnnamedFile {

  private static final Logger LOGGER = System.getLogger(UnnamedFile.class.getName());
  private static final String PREFIX = ".fovea-scratch-";

  private UnnamedFile() {}

  /// Opens an empty file to write and to read.
  ///
  /// @param folder where it lies
  /// @throws IOException if there is no such folder, or nothing can be written there
  public static FileChannel open(Path folder) throws IOException {
    sweep(folder);
    String process = PREFIX + ProcessHandle.current().pid() + "-";
    for (int number = 0; ; number++) {
      try {
        return FileChannel.open(
            folder.resolve(process + number),
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            StandardOpenOption.DELETE_ON_CLOSE);
      } catch (FileAlreadyExistsException _) {
        // another of this process that has its name still
      }
    }
  }

  /// Removes what processes have left that are gone.
  private static void sweep(Path folder) throws IOException {
    try (DirectoryStream<Path> left = Files.newDirectoryStream(folder, PREFIX + "*")) {
      for (Path file : left) {
        String[] numbers = file.getFileName().toString().substring(PREFIX.length()).split("-", 2);
        if (numbers[0].matches("[0-9]{1,18}")
            && ProcessHandle.of(Long.parseLong(numbers[0])).isEmpty()) {
          remove(file);
        }
      }
    }
  }

  /// What is somebody else's may have to stay.
  private static void remove(Path file) {
    try {
      Files.deleteIfExists(file);
      LOGGER.log(Level.DEBUG, "{0}: removed, an earlier process had left it", file);
    } catch (IOException e) {
      LOGGER.log(Level.DEBUG, file + ": could not be removed, an earlier process had left it", e);
    }
  }
}
