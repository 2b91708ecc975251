package org.fovea.model.tensor;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;

/// Places in UTF-8, for a parser that counts characters and messages that count bytes.
final class Utf8 {

  private static final int DECODED_CHARACTERS = 1 << 13;

  private Utf8() {}

  /// Offset of the first byte that is not UTF-8, or -1.
  static int firstMalformed(byte[] text) {
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    ByteBuffer bytes = ByteBuffer.wrap(text);
    CharBuffer piece = CharBuffer.allocate(Math.min(text.length + 1, DECODED_CHARACTERS));
    CoderResult result;
    do {
      result = decoder.decode(bytes, piece.clear(), true);
    } while (result.isOverflow());
    return result.isError() ? bytes.position() : -1;
  }

  /// Offset in bytes of the character after `characters` UTF-16 units of a sound text.
  static int offset(byte[] text, long characters) {
    int offset = 0;
    long left = characters;
    while (left > 0 && offset < text.length) {
      int lead = text[offset] & 0xff;
      offset += lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
      left -= lead < 0xf0 ? 1 : 2;
    }
    return offset;
  }
}
