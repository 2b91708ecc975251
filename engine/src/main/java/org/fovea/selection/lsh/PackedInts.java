package org.fovea.selection.lsh;

/// An array of integers of a fixed number of bits, without gaps.
///
/// **Threads** ranges that begin at multiples of 64 share no word, so they may be written in
/// parallel.
final class PackedInts {

  private final long[] words;
  private final int bits;
  private final long mask;

  /// `size` zeros of `bits` bits, 1 to 31.
  PackedInts(int size, int bits) {
    this.bits = bits;
    this.mask = (1L << bits) - 1;
    this.words = new long[Math.toIntExact(((long) size * bits + 63) / 64)];
  }

  int get(int index) {
    long position = (long) index * bits;
    int word = (int) (position >>> 6);
    int shift = (int) position & 63;
    long value = words[word] >>> shift;
    if (shift + bits > 64) {
      value |= words[word + 1] << (64 - shift);
    }
    return (int) (value & mask);
  }

  void set(int index, int value) {
    long position = (long) index * bits;
    int word = (int) (position >>> 6);
    int shift = (int) position & 63;
    words[word] = (words[word] & ~(mask << shift)) | ((long) value << shift);
    if (shift + bits > 64) {
      int low = 64 - shift;
      words[word + 1] = (words[word + 1] & ~(mask >>> low)) | ((long) value >>> low);
    }
  }

  /// Bytes taken.
  long bytes() {
    return 8L * words.length;
  }
}
