package org.fovea.topology;

import org.fovea.kernel.SparsePattern;

/// Which places have ever been connected, as far as a filter of fixed size knows: it may take an
/// untried place for a tried one, never the other way round.
///
/// **Source** Bloom, *Space/Time Trade-offs in Hash Coding with Allowable Errors*, CACM 1970, with
/// two hash functions.
final class TriedPlaces {

  private final int[] words;

  /// @param words bits of the filter, a power of two of them; owned by the layer
  TriedPlaces(int[] words) {
    this.words = words;
  }

  /// Words of a filter of at least so many bits.
  static int[] words(int bits) {
    return new int[Math.max(1, Integer.highestOneBit(Math.max(1, bits - 1)) >>> 4)];
  }

  /// Adds all connections of a pattern.
  void addAll(SparsePattern pattern) {
    for (int row = 0; row < pattern.rows(); row++) {
      for (long p = pattern.offset(row); p < pattern.offset(row + 1); p++) {
        add((long) row * pattern.columns() + pattern.column(p));
      }
    }
  }

  void add(long place) {
    long hash = mix(place);
    set((int) hash);
    set((int) (hash >>> 32));
  }

  boolean contains(long place) {
    long hash = mix(place);
    return isSet((int) hash) && isSet((int) (hash >>> 32));
  }

  /// How many different places were added, estimated from the share of bits that are set.
  double estimate() {
    long set = 0;
    for (int word : words) {
      set += Integer.bitCount(word);
    }
    double bits = 32.0 * words.length;
    return -bits / 2 * Math.log1p(-Math.min((double) set, bits - 1) / bits);
  }

  private void set(int hash) {
    words[hash >>> 5 & words.length - 1] |= 1 << hash;
  }

  private boolean isSet(int hash) {
    return (words[hash >>> 5 & words.length - 1] >>> hash & 1) != 0;
  }

  private static long mix(long place) {
    long z = place * 0x9E3779B97F4A7C15L;
    z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
    z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
    return z ^ z >>> 31;
  }
}
