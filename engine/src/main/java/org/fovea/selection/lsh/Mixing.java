package org.fovea.selection.lsh;

/// Scrambles numbers: the finalizer of SplitMix64 (Steele, Lea and Flood, OOPSLA 2014).
final class Mixing {

  private Mixing() {}

  /// A number that depends on every bit of `z`.
  static long mix(long z) {
    long y = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    y = (y ^ (y >>> 27)) * 0x94D049BB133111EBL;
    return y ^ (y >>> 31);
  }

  /// A number that depends on a seed and on what it is for.
  static long mix(long seed, long purpose) {
    return mix(mix(seed + 0x9E3779B97F4A7C15L) + purpose);
  }
}
