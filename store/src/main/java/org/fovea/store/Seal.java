package org.fovea.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.fovea.network.page.NeuronStoreException;

/// A checksum of the files in which RocksDB keeps what its other files are, from closing to
/// opening.
///
/// RocksDB takes a damaged end of its manifest for one that a crash cut off, and then knows nothing
/// of the files that the end named. A store that was closed cannot have been cut off: if the
/// manifest is not what it was then, it is damaged, and the store is refused. A store whose process
/// was killed has no seal.
final class Seal {

  private static final String FILE = "seal.txt";
  private static final String NEW_FILE = "seal.new";

  private Seal() {}

  /// Seals a store that is closed.
  static void put(Path directory, Path pages) throws IOException {
    Path made = directory.resolve(NEW_FILE);
    Files.writeString(made, text(pages), StandardCharsets.US_ASCII);
    StoreDirectory.force(made);
    Files.move(made, directory.resolve(FILE), StandardCopyOption.ATOMIC_MOVE);
    StoreDirectory.force(directory);
  }

  /// Breaks the seal of a store, if it has one.
  ///
  /// @throws NeuronStoreException if it does not fit
  static void open(Path directory, Path pages) throws IOException {
    Path file = directory.resolve(FILE);
    if (!Files.exists(file)) {
      return;
    }
    String found = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
    if (!found.equals(text(pages))) {
      throw new NeuronStoreException(
          directory
              + ": the metadata of the store are damaged: they are not what they were when it was"
              + " closed");
    }
    Files.delete(file);
    StoreDirectory.force(directory);
  }

  private static String text(Path pages) throws IOException {
    List<Path> files;
    try (Stream<Path> found = Files.list(pages)) {
      files = found.filter(Seal::isManifest).sorted().toList();
    }
    CRC32C checksum = new CRC32C();
    for (Path file : files) {
      checksum.update(file.getFileName().toString().getBytes(StandardCharsets.UTF_8));
      checksum.update(Files.readAllBytes(file));
    }
    return "fovea-seal %08x\n".formatted(checksum.getValue());
  }

  private static boolean isManifest(Path file) {
    String name = file.getFileName().toString();
    return name.equals("CURRENT") || name.startsWith("MANIFEST-");
  }
}
