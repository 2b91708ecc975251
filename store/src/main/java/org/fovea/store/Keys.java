package org.fovea.store;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.fovea.network.page.NeuronStoreException;
import org.fovea.network.page.PageChecksum;
import org.jspecify.annotations.Nullable;

/// Keys and values of pages and metadata in RocksDB.
final class Keys {

  /// Bytes of the checksum at the end of a value.
  static final int CHECKSUM_BYTES = Integer.BYTES;

  /// Key of the metadata.
  static final byte[] METADATA = {0};

  private static final long METADATA_NUMBER = -1;

  private Keys() {}

  static byte[] of(long page) {
    return ByteBuffer.allocate(Long.BYTES).putLong(page ^ Long.MIN_VALUE).array();
  }

  static long page(byte[] key) {
    return ByteBuffer.wrap(key).getLong() ^ Long.MIN_VALUE;
  }

  /// The bytes of a page and their checksum.
  static byte[] value(long page, byte[] bytes, int from, int length) {
    byte[] value = Arrays.copyOfRange(bytes, from, from + length + CHECKSUM_BYTES);
    int checksum = PageChecksum.of(page, bytes, from, length);
    ByteBuffer.wrap(value).order(ByteOrder.LITTLE_ENDIAN).putInt(length, checksum);
    return value;
  }

  /// Whether a value of some length is what was written for a page.
  static boolean isSound(long page, byte[] value, int length) {
    int end = length - CHECKSUM_BYTES;
    return end >= 0
        && PageChecksum.of(page, value, 0, end)
            == ByteBuffer.wrap(value).order(ByteOrder.LITTLE_ENDIAN).getInt(end);
  }

  static byte[] metadataValue(byte[] metadata) {
    return value(METADATA_NUMBER, metadata, 0, metadata.length);
  }

  /// The metadata of a value; empty if there is none.
  static byte[] metadata(String store, byte @Nullable [] value) {
    if (value == null) {
      return new byte[0];
    }
    if (!isSound(METADATA_NUMBER, value, value.length)) {
      throw new NeuronStoreException(store + ": the metadata of the store are damaged");
    }
    return Arrays.copyOf(value, value.length - CHECKSUM_BYTES);
  }
}
