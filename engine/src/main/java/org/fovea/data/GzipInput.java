package org.fovea.data;

import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.fovea.MalformedDataException;

/// Unpacks gzip: any number of members, each checked against its length and CRC-32.
///
/// Unlike [java.util.zip.GZIPInputStream] it never takes damage for the end of the file, says at
/// which offset of the packed bytes the damage lies, and stops when the unpacked bytes grow out of
/// proportion.
///
/// **Threads** Confined. **Cost** One buffer, once; no garbage per read.
///
/// **Source** P. Deutsch, *GZIP file format specification version 4.3*, RFC 1952, 1996, section
/// 2.3.
final class GzipInput extends InputStream {

  private static final int FREE_BYTES = 100 * 1024;
  private static final int HEADER_CHECKSUM = 2;
  private static final int EXTRA = 4;
  private static final int NAME = 8;
  private static final int COMMENT = 16;
  private static final int RESERVED = 0xe0;

  private final InputStream packed;
  private final String name;
  private final int maximumInflation;
  private final Inflater inflater = new Inflater(true);
  private final CRC32 checksum = new CRC32();
  private final byte[] buffer = new byte[32 * 1024];

  private int at;
  private int limit;
  private long bufferOffset;
  private long memberBytes;
  private long unpackedBytes;
  private boolean inMember;
  private boolean ended;

  /// @param packed the packed bytes, from their beginning
  /// @param name what messages call them
  /// @param maximumInflation unpacked bytes allowed for each packed one, after the first 100 KiB
  GzipInput(InputStream packed, String name, int maximumInflation) {
    this.packed = packed;
    this.name = name;
    this.maximumInflation = maximumInflation;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    while (!ended) {
      if (!inMember) {
        beginMember();
        continue;
      }
      int count = inflate(target, offset, length);
      if (count > 0) {
        checksum.update(target, offset, count);
        memberBytes += count;
        unpackedBytes += count;
        checkInflation();
        return count;
      }
      if (inflater.finished()) {
        endMember();
      }
    }
    return -1;
  }

  /// Positive where more packed bytes are there. What is unpacked of those that came before does
  /// not count: it may be nothing.
  @Override
  public int available() throws IOException {
    return at < limit ? 1 : Math.min(1, packed.available());
  }

  private int inflate(byte[] target, int offset, int length) throws IOException {
    if (inflater.needsInput()) {
      if (at == limit && !fill()) {
        throw truncated();
      }
      inflater.setInput(buffer, at, limit - at);
      at = limit;
    }
    try {
      int count = inflater.inflate(target, offset, length);
      if (count == 0 && inflater.needsDictionary()) {
        throw malformed("packed bytes without a dictionary were expected, a dictionary came");
      }
      return count;
    } catch (DataFormatException e) {
      throw malformed("intact packed bytes were expected, damaged ones came").because(e);
    }
  }

  private void checkInflation() {
    if (unpackedBytes > FREE_BYTES && unpackedBytes / maximumInflation > offset()) {
      throw malformed(
          "at most "
              + maximumInflation
              + " unpacked bytes for each packed one were expected, "
              + unpackedBytes
              + " from "
              + offset()
              + " came (raise the limit on inflation if the file can be trusted)");
    }
  }

  private void beginMember() throws IOException {
    if (bufferOffset + at > 0) {
      while (at < limit || fill()) {
        if (buffer[at] != 0) {
          break;
        }
        at++;
      }
      if (at == limit) {
        ended = true;
        return;
      }
    }
    if (next() != 0x1f || next() != 0x8b) {
      at--;
      throw malformed("a gzip member or the end was expected, other bytes came");
    }
    if (next() != 8) {
      throw malformed("gzip method 8 was expected, another came");
    }
    int flags = next();
    if ((flags & RESERVED) != 0) {
      throw malformed("gzip flags below 32 were expected, " + flags + " came");
    }
    skip(6);
    if ((flags & EXTRA) != 0) {
      skip(next() | (next() << 8));
    }
    if ((flags & NAME) != 0) {
      skipText();
    }
    if ((flags & COMMENT) != 0) {
      skipText();
    }
    if ((flags & HEADER_CHECKSUM) != 0) {
      skip(2);
    }
    inflater.reset();
    checksum.reset();
    memberBytes = 0;
    inMember = true;
  }

  private void endMember() throws IOException {
    at = limit - inflater.getRemaining();
    inMember = false;
    long crc = nextInt();
    if (crc != checksum.getValue()) {
      throw malformed("bytes with the CRC-32 of the gzip member were expected, other bytes came");
    }
    long length = nextInt();
    if (length != (memberBytes & 0xffff_ffffL)) {
      throw malformed(
          length
              + " unpacked bytes were expected, as the gzip member says, "
              + memberBytes
              + " came");
    }
  }

  private long nextInt() throws IOException {
    return next() | (next() << 8) | (next() << 16) | ((long) next() << 24);
  }

  private void skip(int count) throws IOException {
    for (int i = 0; i < count; i++) {
      next();
    }
  }

  private void skipText() throws IOException {
    int c;
    do {
      c = next();
    } while (c != 0);
  }

  private int next() throws IOException {
    if (at == limit && !fill()) {
      throw truncated();
    }
    return buffer[at++] & 0xff;
  }

  private boolean fill() throws IOException {
    bufferOffset += limit;
    at = 0;
    limit = Math.max(0, packed.read(buffer, 0, buffer.length));
    return limit > 0;
  }

  /// How many packed bytes were used.
  private long offset() {
    return bufferOffset + (inMember ? limit - inflater.getRemaining() : at);
  }

  private MalformedDataException truncated() {
    return malformed("more packed bytes were expected, the end of the file came");
  }

  private MalformedDataException malformed(String reason) {
    return new MalformedDataException(name, offset(), reason);
  }

  @Override
  public void close() throws IOException {
    inflater.end();
    packed.close();
  }
}
