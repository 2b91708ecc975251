package org.fovea.model.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;

/// Fails the n-th operation, or that and all later ones. A failing write leaves half of its bytes.
final class FaultyStorage implements Storage {

  private final Storage storage = new UnforcedStorage();
  private final String error;
  private final boolean forGood;
  private int left;

  FaultyStorage(int operation, String error, boolean forGood) {
    this.left = operation;
    this.error = error;
    this.forGood = forGood;
  }

  /// Whether there were fewer operations than that.
  boolean isUntouched() {
    return left > 0;
  }

  private boolean fails() {
    left--;
    return left == 0 || (forGood && left < 0);
  }

  private void pass() throws IOException {
    if (fails()) {
      throw new IOException(error);
    }
  }

  @Override
  public Output create(Path file) throws IOException {
    pass();
    Output output = storage.create(file);
    return new Output() {
      @Override
      public void write(ByteBuffer bytes) throws IOException {
        if (fails()) {
          output.write(bytes.slice(bytes.position(), bytes.remaining() / 2));
          throw new IOException(error);
        }
        output.write(bytes);
      }

      @Override
      public void force() throws IOException {
        pass();
        output.force();
      }

      @Override
      public void close() throws IOException {
        output.close();
      }
    };
  }

  @Override
  public void createDirectory(Path directory) throws IOException {
    pass();
    storage.createDirectory(directory);
  }

  @Override
  public void forceDirectory(Path directory) throws IOException {
    pass();
    storage.forceDirectory(directory);
  }

  @Override
  public void rename(Path from, Path to) throws IOException {
    pass();
    storage.rename(from, to);
  }

  @Override
  public void delete(Path path) throws IOException {
    pass();
    storage.delete(path);
  }

  @Override
  public List<Path> list(Path directory) throws IOException {
    pass();
    return storage.list(directory);
  }
}
