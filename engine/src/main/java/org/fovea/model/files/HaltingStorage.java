package org.fovea.model.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntConsumer;

/// Stops the process at the n-th operation of a kind, for tests of what a killed process leaves
/// behind. A write stops halfway: half of its bytes are in the file.
final class HaltingStorage implements Storage {

  /// System property with the operation, as `KIND:N`, N counted from 1.
  static final String PROPERTY = "fovea.test.haltAt";

  /// Status of a process that was stopped: that of one killed with signal 9.
  static final int STATUS = 137;

  /// Operations that can be counted.
  enum Kind {
    /// Every operation.
    ANY,
    /// A new file.
    CREATE,
    /// A new directory.
    DIRECTORY,
    /// Bytes into a file.
    WRITE,
    /// A file or a directory made durable.
    FORCE,
    /// A new name.
    RENAME,
    /// A file or a directory deleted.
    DELETE
  }

  private final Kind kind;
  private final AtomicLong left;
  private final Storage storage;
  private final IntConsumer halt;

  private HaltingStorage(Kind kind, long count, Storage storage, IntConsumer halt) {
    this.kind = kind;
    this.left = new AtomicLong(count);
    this.storage = storage;
    this.halt = halt;
  }

  /// Stops at a point written as `rename:3`.
  ///
  /// @param halt is called with [#STATUS] and ends the process
  static HaltingStorage at(String point, Storage storage, IntConsumer halt) {
    int colon = point.indexOf(':');
    if (colon < 0) {
      throw new IllegalArgumentException("expected KIND:N in " + PROPERTY + ", not " + point);
    }
    Kind kind = Kind.valueOf(point.substring(0, colon).toUpperCase(Locale.ROOT));
    return new HaltingStorage(kind, Long.parseLong(point.substring(colon + 1)), storage, halt);
  }

  private boolean reached(Kind operation) {
    return (kind == Kind.ANY || kind == operation) && left.decrementAndGet() == 0;
  }

  private void pass(Kind operation) {
    if (reached(operation)) {
      halt.accept(STATUS);
    }
  }

  @Override
  public Output create(Path file) throws IOException {
    pass(Kind.CREATE);
    Output output = storage.create(file);
    return new Output() {
      @Override
      public void write(ByteBuffer bytes) throws IOException {
        if (reached(Kind.WRITE)) {
          output.write(bytes.slice(bytes.position(), bytes.remaining() / 2));
          halt.accept(STATUS);
        }
        output.write(bytes);
      }

      @Override
      public void force() throws IOException {
        pass(Kind.FORCE);
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
    pass(Kind.DIRECTORY);
    storage.createDirectory(directory);
  }

  @Override
  public void forceDirectory(Path directory) throws IOException {
    pass(Kind.FORCE);
    storage.forceDirectory(directory);
  }

  @Override
  public void rename(Path from, Path to) throws IOException {
    pass(Kind.RENAME);
    storage.rename(from, to);
  }

  @Override
  public void delete(Path path) throws IOException {
    pass(Kind.DELETE);
    storage.delete(path);
  }

  @Override
  public List<Path> list(Path directory) throws IOException {
    return storage.list(directory);
  }
}
