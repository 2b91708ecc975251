package org.fovea.residency;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.zip.CRC32C;

/// Records of floats on their way between memory and a file.
///
/// **Threads** confined to whoever took it.
final class RecordBuffer {

  private static final int BYTES = 1 << 18;

  private final ByteBuffer bytes;
  private final FloatBuffer floats;
  private final CRC32C checksum = new CRC32C();
  private final int recordBytes;
  private int[] ids = new int[0];

  /// @param recordFloats length of a record
  RecordBuffer(int recordFloats) {
    this.recordBytes = recordFloats * Float.BYTES;
    int records = Math.max(1, BYTES / recordBytes);
    this.bytes = ByteBuffer.allocateDirect(records * recordBytes).order(ByteOrder.nativeOrder());
    this.floats = bytes.asFloatBuffer();
  }

  /// Records that it holds.
  int capacity() {
    return bytes.capacity() / recordBytes;
  }

  /// All its floats.
  FloatBuffer floats() {
    return floats;
  }

  /// The bytes of the first records, to be read or written.
  ByteBuffer bytes(int records) {
    return bytes.limit(records * recordBytes).position(0);
  }

  /// CRC-32C of a record.
  int checksum(int record) {
    bytes.limit((record + 1) * recordBytes).position(record * recordBytes);
    checksum.reset();
    checksum.update(bytes);
    return (int) checksum.getValue();
  }

  /// Scratch memory for numbers of records.
  int[] ids(int count) {
    if (ids.length < count) {
      ids = new int[count];
    }
    return ids;
  }
}
