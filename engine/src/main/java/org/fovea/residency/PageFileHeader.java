package org.fovea.residency;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.fovea.network.page.NeuronStoreException;

/// The first 64 bytes of a page file, and where in it everything is.
///
/// ```
///  0  magic "FOVEAPGS"            40  length of the file, u64
///  8  version of the layout, u32  48  CRC-32C of the directory, u32
/// 12  version of the pages, u32   52  zero
/// 16  number of pages, u64        60  CRC-32C of the bytes 0 to 59, u32
/// 24  offset of the directory, u64
/// 32  length of the name, u32     36  length of the metadata, u32
/// ```
///
/// The directory is at the end: numbers of the pages, ascending, u64 each; their offsets, u64 each;
/// their lengths, u32 each; their checksums, u32 each; the name of the format, the metadata.
/// Between header and directory lie the pages, without gaps.
///
/// @param contentVersion of what the pages hold
/// @param pages their number
/// @param directory where it begins
/// @param nameLength bytes of the name of the format
/// @param metadataLength bytes of the metadata
/// @param length of the file
/// @param directoryChecksum CRC-32C of everything from the directory to the end
record PageFileHeader(
    int contentVersion,
    long pages,
    long directory,
    int nameLength,
    int metadataLength,
    long length,
    int directoryChecksum) {

  static final int BYTES = 64;

  /// Bytes of the directory for each page.
  static final int ENTRY_BYTES = 24;

  private static final int VERSION = 1;
  private static final byte[] MAGIC = "FOVEAPGS".getBytes(StandardCharsets.US_ASCII);
  private static final int CHECKED = 60;

  ByteBuffer encoded() {
    ByteBuffer bytes = ByteBuffer.allocate(BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.put(MAGIC).putInt(VERSION).putInt(contentVersion).putLong(pages).putLong(directory);
    bytes.putInt(nameLength).putInt(metadataLength).putLong(length).putInt(directoryChecksum);
    bytes.putInt(CHECKED, checksum(bytes.array()));
    return bytes.clear();
  }

  /// Reads a header.
  ///
  /// @param bytes [#BYTES] of them
  /// @throws NeuronStoreException if it is none, damaged, of a newer version, or does not fit the
  ///   file
  static PageFileHeader decoded(String file, ByteBuffer bytes, long fileLength) {
    ByteBuffer header = bytes.order(ByteOrder.LITTLE_ENDIAN);
    byte[] magic = new byte[MAGIC.length];
    header.get(0, magic);
    if (!Arrays.equals(magic, MAGIC)) {
      throw new NeuronStoreException(file + ": this is no page file of Fovea");
    }
    byte[] checked = new byte[CHECKED];
    header.get(0, checked);
    if (header.getInt(CHECKED) != checksum(checked)) {
      throw new NeuronStoreException(file + ": the header of the page file is damaged");
    }
    int version = header.getInt(8);
    if (version > VERSION) {
      throw new NeuronStoreException(
          "%s: the page file has version %s, written by a newer Fovea; this one reads version %s"
              .formatted(file, version, VERSION));
    }
    PageFileHeader read =
        new PageFileHeader(
            header.getInt(12),
            header.getLong(16),
            header.getLong(24),
            header.getInt(32),
            header.getInt(36),
            header.getLong(40),
            header.getInt(48));
    if (read.length != fileLength) {
      throw new NeuronStoreException(
          "%s: the page file must have %s bytes, but has %s"
              .formatted(file, read.length, fileLength));
    }
    if (!read.isConsistent()) {
      throw new NeuronStoreException(file + ": the header of the page file contradicts itself");
    }
    return read;
  }

  private boolean isConsistent() {
    return pages >= 0
        && pages <= (length - BYTES) / ENTRY_BYTES
        && directory >= BYTES
        && nameLength >= 0
        && metadataLength >= 0
        && directory + pages * ENTRY_BYTES + nameLength + metadataLength == length;
  }

  private static int checksum(byte[] header) {
    CRC32C checksum = new CRC32C();
    checksum.update(header, 0, CHECKED);
    return (int) checksum.getValue();
  }
}
