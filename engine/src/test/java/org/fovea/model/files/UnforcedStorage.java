package org.fovea.model.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;

/// The file system without waiting for the disk: tests that write thousands of models neither lose
/// power nor have the time.
final class UnforcedStorage implements Storage {

  private final Storage storage = new FileStorage();

  @Override
  public Output create(Path file) throws IOException {
    Output output = storage.create(file);
    return new Output() {
      @Override
      public void write(ByteBuffer bytes) throws IOException {
        output.write(bytes);
      }

      @Override
      public void force() {}

      @Override
      public void close() throws IOException {
        output.close();
      }
    };
  }

  @Override
  public void createDirectory(Path directory) throws IOException {
    storage.createDirectory(directory);
  }

  @Override
  public void forceDirectory(Path directory) {}

  @Override
  public void rename(Path from, Path to) throws IOException {
    storage.rename(from, to);
  }

  @Override
  public void delete(Path path) throws IOException {
    storage.delete(path);
  }

  @Override
  public List<Path> list(Path directory) throws IOException {
    return storage.list(directory);
  }
}
