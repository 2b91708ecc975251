package org.fovea.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.rocksdb.RocksDB;
import org.rocksdb.util.Environment;

/// RocksDB's native code in a folder, so that processes that are killed leave no copies of it.
final class NativeCode {

  /// For `java.library.path`; gone when this process ends.
  static final Path FOLDER = unpacked();

  private NativeCode() {}

  private static Path unpacked() {
    try {
      Path folder = Files.createTempDirectory("fovea-rocksdb");
      Path file = folder.resolve(System.mapLibraryName("rocksdbjni"));
      String resource = "/" + Environment.getJniLibraryFileName("rocksdb");
      try (InputStream code = Objects.requireNonNull(RocksDB.class.getResourceAsStream(resource))) {
        Files.copy(code, file);
      }
      // deleted in the opposite order
      folder.toFile().deleteOnExit();
      file.toFile().deleteOnExit();
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
