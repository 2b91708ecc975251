package org.fovea.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.LongConsumer;
import org.fovea.network.page.DamagedPageException;
import org.fovea.network.page.PageBatch;
import org.fovea.network.page.PageBuffer;
import org.fovea.network.page.PageFormat;
import org.fovea.network.page.WritableNeuronStore;
import org.fovea.residency.StoreLock;
import org.fovea.residency.StoreOptions;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.FlushOptions;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Status;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/// Pages in RocksDB: see [StoreDirectory] for what is in the directory.
///
/// The key of a page is its number, big-endian with the sign flipped, so that keys ascend with
/// numbers; the value is its bytes and their checksum. Metadata are one value in a column family of
/// their own.
///
/// **Errors** A block that RocksDB finds damaged is reported as the page that was asked for; the
/// pages that share the block are lost with it, each when it is asked for. Damage of what RocksDB
/// needs to open is refused.
///
/// **Threads** safe. Closing waits for those who read.
public final class RocksDbStore implements WritableNeuronStore {

  private final Path directory;
  private final StoreLock claim;
  private final PageFormat format;
  private final RocksDbSettings settings;
  private final RocksDB database;
  private final List<ColumnFamilyHandle> families;
  private final ColumnFamilyHandle metadataFamily;
  private final ReadOptions reading = new ReadOptions();
  private final ReadOptions scanning = new ReadOptions().setFillCache(false);
  private final Lock use;
  private final Lock closing;
  private boolean closed;

  RocksDbStore(
      Path directory,
      StoreLock claim,
      PageFormat format,
      RocksDbSettings settings,
      RocksDB database,
      List<ColumnFamilyHandle> families) {
    this.directory = directory;
    this.claim = claim;
    this.format = format;
    this.settings = settings;
    this.database = database;
    this.families = families;
    this.metadataFamily = families.getLast();
    ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
    this.use = lock.readLock();
    this.closing = lock.writeLock();
  }

  /// Opens the store in a directory, or makes an empty one.
  ///
  /// @param format what the caller reads and writes; a store of an older version keeps its version
  /// @throws org.fovea.network.page.NeuronStoreException if another process has it open, if it is
  ///   of a newer version or holds something else, or if its metadata are damaged
  public static RocksDbStore open(Path directory, PageFormat format, StoreOptions options) {
    return StoreDirectory.open(directory, format, options);
  }

  @Override
  public String name() {
    return directory.toString();
  }

  @Override
  public PageFormat format() {
    return format;
  }

  @Override
  public byte[] metadata() {
    begin();
    try {
      return Keys.metadata(name(), database.get(metadataFamily, reading, Keys.METADATA));
    } catch (RocksDBException e) {
      throw Failures.refused(name(), e);
    } finally {
      use.unlock();
    }
  }

  @Override
  public boolean read(long page, PageBuffer target) {
    target.resize(0);
    begin();
    try {
      byte[] key = Keys.of(page);
      byte[] bytes = target.bytes();
      int length = database.get(reading, key, 0, key.length, bytes, 0, bytes.length);
      if (length > bytes.length) {
        target.reserve(length);
        bytes = target.bytes();
        length = database.get(reading, key, 0, key.length, bytes, 0, bytes.length);
      }
      if (length == RocksDB.NOT_FOUND) {
        return false;
      }
      if (!Keys.isSound(page, bytes, length)) {
        throw new DamagedPageException(name(), page, "its checksum does not fit");
      }
      target.resize(length - Keys.CHECKSUM_BYTES);
      return true;
    } catch (RocksDBException e) {
      if (Failures.code(e) == Status.Code.Corruption) {
        throw new DamagedPageException(name(), page, Failures.reason(e)).because(e);
      }
      throw Failures.io(name(), "page %s cannot be read".formatted(page), e);
    } finally {
      use.unlock();
    }
  }

  @Override
  public void forEachPage(LongConsumer action) {
    begin();
    try (RocksIterator pages = database.newIterator(scanning)) {
      for (pages.seekToFirst(); pages.isValid(); pages.next()) {
        action.accept(Keys.page(pages.key()));
      }
      pages.status();
    } catch (RocksDBException e) {
      throw Failures.refused(name(), e);
    } finally {
      use.unlock();
    }
  }

  @Override
  public void write(PageBatch batch, Durability durability) {
    begin();
    try (WriteBatch writes = new WriteBatch();
        WriteOptions how = new WriteOptions()) {
      for (int place = 0; place < batch.size(); place++) {
        byte[] key = Keys.of(batch.page(place));
        if (batch.isRemoval(place)) {
          writes.delete(key);
        } else {
          writes.put(
              key,
              Keys.value(
                  batch.page(place), batch.bytes(), batch.offset(place), batch.length(place)));
        }
      }
      if (batch.metadata().isPresent()) {
        writes.put(metadataFamily, Keys.METADATA, Keys.metadataValue(batch.metadata().get()));
      }
      how.setSync(durability == Durability.SYNC);
      how.setDisableWAL(durability == Durability.NONE);
      database.write(how, writes);
    } catch (RocksDBException e) {
      throw Failures.io(name(), "pages cannot be written, nothing of the batch is kept", e);
    } finally {
      use.unlock();
    }
  }

  @Override
  public void force() {
    begin();
    try (FlushOptions how = new FlushOptions().setWaitForFlush(true)) {
      database.flush(how, families);
      database.syncWal();
    } catch (RocksDBException e) {
      throw Failures.io(name(), "pages cannot be made durable", e);
    } finally {
      use.unlock();
    }
  }

  private void begin() {
    use.lock();
    if (closed) {
      use.unlock();
      throw new IllegalStateException(name() + ": the store is closed");
    }
  }

  /// {@inheritDoc}
  ///
  /// What lies in its log is written to its files, so that no later damage of the log can hurt.
  @Override
  public void close() {
    closing.lock();
    try (claim) {
      if (closed) {
        return;
      }
      closed = true;
      closeDatabase();
      StoreDirectory.seal(directory);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "%s: the store cannot be sealed: %s".formatted(directory, e.getMessage()), e);
    } finally {
      closing.unlock();
    }
  }

  private void closeDatabase() {
    try (FlushOptions how = new FlushOptions().setWaitForFlush(true)) {
      database.flush(how, families);
      families.forEach(ColumnFamilyHandle::close);
      database.closeE();
    } catch (RocksDBException e) {
      throw Failures.io(name(), "the store cannot be closed", e);
    } finally {
      database.close();
      reading.close();
      scanning.close();
      settings.close();
    }
  }
}
