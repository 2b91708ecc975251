package org.fovea.model.files;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;

/// The operations on files that change a model directory, few enough to fail each of them in a
/// test.
///
/// Contents and names reach the disk in no promised order until they are forced; a rename is
/// atomic.
interface Storage {

  /// A file that is being written.
  interface Output extends Closeable {

    /// Appends all remaining bytes.
    void write(ByteBuffer bytes) throws IOException;

    /// Makes the contents durable.
    void force() throws IOException;
  }

  /// Starts a file that does not exist yet.
  Output create(Path file) throws IOException;

  /// Makes a directory that does not exist yet.
  void createDirectory(Path directory) throws IOException;

  /// Makes the names in a directory durable.
  void forceDirectory(Path directory) throws IOException;

  /// Gives a file or directory another name, in one step; a file of that name is replaced.
  void rename(Path from, Path to) throws IOException;

  /// Deletes a file or an empty directory.
  void delete(Path path) throws IOException;

  /// What a directory holds, in order of name.
  List<Path> list(Path directory) throws IOException;

  /// The file system; with `-Dfovea.test.haltAt=KIND:N` the process halts at that operation, as if
  /// it had been killed.
  static Storage system() {
    String point = System.getProperty(HaltingStorage.PROPERTY, "");
    return point.isEmpty()
        ? new FileStorage()
        : HaltingStorage.at(point, new FileStorage(), Runtime.getRuntime()::halt);
  }
}
