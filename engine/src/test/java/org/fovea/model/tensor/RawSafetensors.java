package org.fovea.model.tensor;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/// Files made byte by byte, as any other program or an attacker would make them.
final class RawSafetensors {

  private RawSafetensors() {}

  /// A file with a header and data, and the length that the header really has.
  static byte[] file(String header, byte[] data) {
    return file(header.getBytes(StandardCharsets.UTF_8).length, header, data);
  }

  /// A file that claims a length of its header.
  static byte[] file(long claimed, String header, byte[] data) {
    byte[] text = header.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(8 + text.length + data.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(claimed)
        .put(text)
        .put(data)
        .array();
  }

  /// A header with one tensor.
  static String one(String type, String shape, long begin, long end) {
    return "{\"a\":{\"dtype\":\"%s\",\"shape\":%s,\"data_offsets\":[%d,%d]}}"
        .formatted(type, shape, begin, end);
  }
}
