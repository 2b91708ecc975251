package org.fovea.store;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.fovea.residency.StoreOptions;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.Cache;
import org.rocksdb.ChecksumType;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.CompressionType;
import org.rocksdb.DBOptions;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.LRUCache;
import org.rocksdb.RocksDB;
import org.rocksdb.WALRecoveryMode;

/// How RocksDB is told to work: the native objects that live as long as a store.
///
/// Pages are random numbers to a compressor and come one at a time: no compression, blocks about as
/// long as pages, a filter so that one file is asked. Blocks are read by calls, not by a mapping: a
/// fault in mapped memory ends the whole process when it happens in native code.
///
/// Metadata have files of their own, so that damage of a page does not reach them.
///
/// A log whose last record is incomplete is one that a crash cut off, after what was acknowledged;
/// any other damage of a log is an error.
final class RocksDbSettings implements AutoCloseable {

  private static final byte[] METADATA = "metadata".getBytes(StandardCharsets.US_ASCII);
  private static final int BLOCK_BYTES = 4096;
  private static final int FILTER_BITS = 10;
  private static final long FILE_BYTES = 64L << 20;
  private static final int BUFFERS = 2;

  private final BloomFilter filter = new BloomFilter(FILTER_BITS);
  private final Cache cache;
  private final DBOptions options;
  private final ColumnFamilyOptions family;

  RocksDbSettings(StoreOptions limits, boolean create) {
    cache = new LRUCache(limits.cacheBytes());
    BlockBasedTableConfig table = new BlockBasedTableConfig();
    table.setBlockSize(BLOCK_BYTES);
    table.setBlockCache(cache);
    table.setFilterPolicy(filter);
    table.setChecksumType(ChecksumType.kCRC32c);
    family =
        new ColumnFamilyOptions()
            .setCompressionType(CompressionType.NO_COMPRESSION)
            .setWriteBufferSize(limits.bufferBytes() / BUFFERS)
            .setMaxWriteBufferNumber(BUFFERS)
            .setTargetFileSizeBase(FILE_BYTES)
            .setTableFormatConfig(table);
    options =
        new DBOptions()
            .setCreateIfMissing(create)
            .setCreateMissingColumnFamilies(create)
            .setParanoidChecks(true)
            .setAtomicFlush(true)
            .setWalRecoveryMode(WALRecoveryMode.TolerateCorruptedTailRecords)
            .setMaxTotalWalSize(limits.bufferBytes())
            .setInfoLogLevel(InfoLogLevel.ERROR_LEVEL)
            .setKeepLogFileNum(2)
            .setStatsDumpPeriodSec(0)
            .setStatsPersistPeriodSec(0);
  }

  DBOptions options() {
    return options;
  }

  /// Pages first, then metadata.
  List<ColumnFamilyDescriptor> families() {
    return List.of(
        new ColumnFamilyDescriptor(RocksDB.DEFAULT_COLUMN_FAMILY, family),
        new ColumnFamilyDescriptor(METADATA, family));
  }

  @Override
  public void close() {
    options.close();
    family.close();
    cache.close();
    filter.close();
  }
}
