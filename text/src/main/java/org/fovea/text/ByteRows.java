package org.fovea.text;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.fovea.model.tensor.TensorSink;

/// Bytes that grow: text in UTF-8 that is written without garbage.
///
/// **Threads** confined.
public final class ByteRows {

  private static final int DIGITS = 20;

  private byte[] bytes = new byte[1 << 10];
  private int size;

  /// Nothing yet.
  public ByteRows() {}

  /// How many bytes there are.
  public int size() {
    return size;
  }

  /// Forgets all bytes.
  public void clear() {
    size = 0;
  }

  /// Appends bytes.
  public ByteRows append(byte[] more, int from, int length) {
    require(length);
    System.arraycopy(more, from, bytes, size, length);
    size += length;
    return this;
  }

  /// Appends bytes that are not in an array.
  ByteRows append(MemorySegment more, long from, int length) {
    require(length);
    MemorySegment.copy(more, ValueLayout.JAVA_BYTE, from, bytes, size, length);
    size += length;
    return this;
  }

  /// Appends a text.
  public ByteRows append(String text) {
    byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
    return append(encoded, 0, encoded.length);
  }

  /// Appends an ASCII letter.
  public ByteRows append(char letter) {
    require(1);
    bytes[size++] = (byte) letter;
    return this;
  }

  /// Appends the decimal digits of a number that is not negative.
  public ByteRows append(long number) {
    require(DIGITS);
    int length = 1;
    for (long rest = number / 10; rest > 0; rest /= 10) {
      length++;
    }
    long rest = number;
    for (int at = size + length - 1; at >= size; at--) {
      bytes[at] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    size += length;
    return this;
  }

  /// Appends the shortest decimal form of a number, whole ones without a point.
  public ByteRows append(float number) {
    int whole = (int) number;
    if (whole == number && whole >= 0) {
      return append((long) whole);
    }
    return append(Float.toString(number));
  }

  /// Makes spaces of control characters and line separators, which would change what a terminal
  /// shows or where a row ends. **Cost** a look at each byte; most names are plain ASCII.
  ByteRows blankControls(int from) {
    byte[] all = bytes;
    int odd = 0;
    for (int at = from, end = size; at < end; at++) {
      odd |= (all[at] - ' ') | ('~' - all[at]); // negative for all but printable ASCII
    }
    if (odd < 0) {
      blankOdd(from);
    }
    return this;
  }

  private void blankOdd(int from) {
    for (int at = from; at < size; at++) {
      int letter = bytes[at] & 0xff;
      if (letter < ' ' || letter == 0x7f) {
        bytes[at] = ' ';
      } else if (letter == 0xc2 && at + 1 < size && (bytes[at + 1] & 0xff) < 0xa0) {
        bytes[at] = ' ';
        bytes[++at] = ' ';
      } else if (letter == 0xe2 && isSeparator(at + 1)) {
        Arrays.fill(bytes, at, at + 3, (byte) ' ');
        at += 2;
      }
    }
  }

  /// Whether these are the last two bytes of a line or paragraph separator.
  private boolean isSeparator(int at) {
    return at + 1 < size && bytes[at] == (byte) 0x80 && (bytes[at + 1] & 0xfe) == 0xa8;
  }

  private void require(int more) {
    if (more > bytes.length - size) {
      if (more > Integer.MAX_VALUE - 8 - size) {
        throw new IllegalStateException("more than 2^31 bytes in one piece");
      }
      bytes =
          Arrays.copyOf(
              bytes, (int) Math.min(Integer.MAX_VALUE - 8L, Math.max(2L * size, size + more)));
    }
  }

  /// Writes all bytes.
  public void writeTo(OutputStream out) throws IOException {
    out.write(bytes, 0, size);
  }

  /// Writes all bytes.
  void writeTo(TensorSink sink) {
    sink.bytes(bytes, 0, size);
  }

  /// The text of some bytes.
  String text(int from, int to) {
    return new String(bytes, from, to - from, StandardCharsets.UTF_8);
  }

  /// A copy of the bytes.
  public byte[] toBytes() {
    return Arrays.copyOf(bytes, size);
  }

  @Override
  public String toString() {
    return new String(bytes, 0, size, StandardCharsets.UTF_8);
  }
}
