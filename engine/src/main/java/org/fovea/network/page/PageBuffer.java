package org.fovea.network.page;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Objects;

/// The bytes of one page, in memory that grows and is reused. Numbers are little-endian and lie
/// where the caller says, whatever their alignment.
///
/// **Threads** confined. **Cost** allocates only while it grows.
public final class PageBuffer {

  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfFloat FLOAT =
      ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final int FIRST_CAPACITY = 4096;

  private byte[] bytes = new byte[FIRST_CAPACITY];
  private MemorySegment segment = MemorySegment.ofArray(bytes);
  private int length;

  /// The bytes of the page, and room behind them. Owned; replaced when the buffer grows.
  public byte[] bytes() {
    return bytes;
  }

  /// Number of bytes of the page.
  public int length() {
    return length;
  }

  /// Gives the page another length. Bytes within both lengths stay.
  ///
  /// @throws IllegalArgumentException if it is negative or longer than a page may be
  public void resize(int newLength) {
    if (newLength < 0 || newLength > NeuronStore.MAX_PAGE_BYTES) {
      throw new IllegalArgumentException(
          "a page of 0 to %s bytes was expected, %s came"
              .formatted(NeuronStore.MAX_PAGE_BYTES, newLength));
    }
    reserve(newLength);
    length = newLength;
  }

  /// Makes room for some bytes without changing the page.
  public void reserve(int capacity) {
    if (bytes.length < capacity) {
      byte[] larger = new byte[Math.max(capacity, 2 * bytes.length)];
      System.arraycopy(bytes, 0, larger, 0, length);
      bytes = larger;
      segment = MemorySegment.ofArray(larger);
    }
  }

  /// The integer that begins at a byte.
  public int intAt(int at) {
    Objects.checkFromIndexSize(at, Integer.BYTES, length);
    return segment.get(INT, at);
  }

  /// The long integer that begins at a byte.
  public long longAt(int at) {
    Objects.checkFromIndexSize(at, Long.BYTES, length);
    return segment.get(LONG, at);
  }

  /// The float that begins at a byte.
  public float floatAt(int at) {
    Objects.checkFromIndexSize(at, Float.BYTES, length);
    return segment.get(FLOAT, at);
  }

  /// Copies floats that begin at a byte.
  public void floats(int at, float[] target, int from, int count) {
    Objects.checkFromIndexSize(at, Math.multiplyExact(count, Float.BYTES), length);
    MemorySegment.copy(segment, FLOAT, at, target, from, count);
  }

  /// Copies integers that begin at a byte.
  public void ints(int at, int[] target, int from, int count) {
    Objects.checkFromIndexSize(at, Math.multiplyExact(count, Integer.BYTES), length);
    MemorySegment.copy(segment, INT, at, target, from, count);
  }

  /// Appends an integer.
  public PageBuffer putInt(int value) {
    int at = grow(Integer.BYTES, 1);
    segment.set(INT, at, value);
    return this;
  }

  /// Appends a long integer.
  public PageBuffer putLong(long value) {
    int at = grow(Long.BYTES, 1);
    segment.set(LONG, at, value);
    return this;
  }

  /// Appends a float.
  public PageBuffer putFloat(float value) {
    int at = grow(Float.BYTES, 1);
    segment.set(FLOAT, at, value);
    return this;
  }

  /// Appends floats.
  public PageBuffer putFloats(float[] source, int from, int count) {
    int at = grow(Float.BYTES, count);
    MemorySegment.copy(source, from, segment, FLOAT, at, count);
    return this;
  }

  /// Appends integers.
  public PageBuffer putInts(int[] source, int from, int count) {
    int at = grow(Integer.BYTES, count);
    MemorySegment.copy(source, from, segment, INT, at, count);
    return this;
  }

  /// Appends bytes.
  public PageBuffer putBytes(byte[] source, int from, int count) {
    int at = grow(1, count);
    System.arraycopy(source, from, bytes, at, count);
    return this;
  }

  /// Empties the page, to be filled anew.
  public PageBuffer clear() {
    length = 0;
    return this;
  }

  private int grow(int size, int count) {
    int at = length;
    resize(Math.addExact(at, Math.multiplyExact(size, count)));
    return at;
  }
}
