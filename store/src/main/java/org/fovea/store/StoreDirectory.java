package org.fovea.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.fovea.network.page.NeuronStoreException;
import org.fovea.network.page.PageFormat;
import org.fovea.residency.StoreLock;
import org.fovea.residency.StoreOptions;
import org.jspecify.annotations.Nullable;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;

/// What is in the directory of a store.
///
/// ```
/// DIRECTORY/
///   .fovea-lock      the process that has the store open holds a lock on it
///   pages/           a RocksDB, and store.txt, which says what it holds
///   seal.txt         checksum of what RocksDB cannot check itself, while the store is closed
///   pages.new/       left over from a process that was killed while it made the store
/// ```
///
/// `pages` is made under another name and appears by a rename, so it is either not there or sound;
/// whatever is missing from it later is damage, and refused.
///
/// **Threads** one at a time, which the lock sees to.
final class StoreDirectory {

  private static final String PAGES = "pages";
  private static final String NEW_PAGES = "pages.new";
  private static final String TITLE = "store.txt";
  private static final int VERSION = 1;
  private static final Pattern TITLE_TEXT =
      Pattern.compile(
          "(fovea-store ([0-9]{1,9})\n([a-z0-9-]{1,64}) ([0-9]{1,9})\n)([0-9a-f]{8})\n");

  private StoreDirectory() {}

  static RocksDbStore open(Path directory, PageFormat format, StoreOptions options) {
    StoreLock lock = null;
    try {
      Files.createDirectories(directory);
      lock = StoreLock.take(directory.toString(), directory.resolve(StoreLock.FILE));
      RocksDB.loadLibrary();
      Path pages = directory.resolve(PAGES);
      if (!Files.isDirectory(pages)) {
        create(directory, format, options);
      }
      PageFormat found = readTitle(directory.toString(), pages.resolve(TITLE));
      format.requireReadable(directory.toString(), found);
      Seal.open(directory, pages);
      return open(directory, lock, found, options);
    } catch (IOException e) {
      release(lock);
      throw new UncheckedIOException(
          "%s: the store cannot be opened: %s".formatted(directory, e.getMessage()), e);
    } catch (RuntimeException e) {
      release(lock);
      throw e;
    }
  }

  private static void release(@Nullable StoreLock lock) {
    if (lock != null) {
      lock.close();
    }
  }

  private static RocksDbStore open(
      Path directory, StoreLock lock, PageFormat format, StoreOptions options) {
    RocksDbSettings settings = new RocksDbSettings(options, false);
    RocksDbStore store;
    try {
      List<ColumnFamilyHandle> families = new ArrayList<>();
      RocksDB database = open(settings, directory.resolve(PAGES), families);
      store = new RocksDbStore(directory, lock, format, settings, database, families);
    } catch (RocksDBException e) {
      settings.close();
      throw switch (Failures.code(e)) {
        case Corruption, InvalidArgument, NotFound -> Failures.refused(directory.toString(), e);
        case null, default -> Failures.io(directory.toString(), "the store cannot be opened", e);
      };
    }
    try {
      store.metadata();
      return store;
    } catch (RuntimeException e) {
      store.close();
      throw e;
    }
  }

  private static RocksDB open(
      RocksDbSettings settings, Path pages, List<ColumnFamilyHandle> families)
      throws RocksDBException {
    return RocksDB.open(settings.options(), pages.toString(), settings.families(), families);
  }

  /// Seals a store whose RocksDB is closed.
  static void seal(Path directory) throws IOException {
    Seal.put(directory, directory.resolve(PAGES));
  }

  private static void create(Path directory, PageFormat format, StoreOptions options)
      throws IOException {
    Path made = directory.resolve(NEW_PAGES);
    delete(made);
    Files.createDirectory(made);
    try (RocksDbSettings settings = new RocksDbSettings(options, true)) {
      List<ColumnFamilyHandle> families = new ArrayList<>();
      try (RocksDB _ = open(settings, made, families)) {
        families.forEach(ColumnFamilyHandle::close);
      }
    } catch (RocksDBException e) {
      throw Failures.io(directory.toString(), "a store cannot be made here", e);
    }
    byte[] title = title(format).getBytes(StandardCharsets.US_ASCII);
    Files.write(made.resolve(TITLE), title, StandardOpenOption.CREATE_NEW);
    for (Path file : files(made)) {
      force(file);
    }
    force(made);
    Files.move(made, directory.resolve(PAGES), StandardCopyOption.ATOMIC_MOVE);
    force(directory);
  }

  private static String title(PageFormat format) {
    String text = "fovea-store %s\n%s %s\n".formatted(VERSION, format.name(), format.version());
    return text + checksum(text) + "\n";
  }

  private static String checksum(String text) {
    CRC32C checksum = new CRC32C();
    checksum.update(text.getBytes(StandardCharsets.US_ASCII));
    return "%08x".formatted(checksum.getValue());
  }

  private static PageFormat readTitle(String store, Path file) throws IOException {
    Optional<String> text =
        Files.exists(file)
            ? Optional.of(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
            : Optional.empty();
    Matcher title = TITLE_TEXT.matcher(text.orElse(""));
    if (!title.matches() || !checksum(title.group(1)).equals(title.group(5))) {
      throw new NeuronStoreException(
          "%s: this is no store of Fovea, or its %s is damaged".formatted(store, TITLE));
    }
    int version = Integer.parseInt(title.group(2));
    if (version > VERSION) {
      throw new NeuronStoreException(
          "%s: the store has version %s, written by a newer Fovea; this one reads version %s"
              .formatted(store, version, VERSION));
    }
    return new PageFormat(title.group(3), Integer.parseInt(title.group(4)));
  }

  /// Makes a file, or the names in a directory, durable.
  static void force(Path path) throws IOException {
    if (path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
  }

  private static List<Path> files(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.toList();
    }
  }

  private static void delete(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      return;
    }
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
