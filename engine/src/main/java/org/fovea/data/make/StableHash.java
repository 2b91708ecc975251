package org.fovea.data.make;

/// Hashes that are the same on every machine and in every run.
final class StableHash {

  /// 2^64 divided by the golden ratio, made odd.
  static final long GOLDEN = 0x9e3779b97f4a7c15L;

  private StableHash() {}

  static long of(long seed, CharSequence text) {
    long hash = mix(seed + GOLDEN);
    for (int index = 0; index < text.length(); index++) {
      hash = (hash ^ text.charAt(index)) * 0x100000001b3L;
      hash ^= hash >>> 29;
    }
    return mix(hash);
  }

  /// A number from 0 to 1, 1 excluded.
  static double unit(long hash) {
    return (hash >>> 11) * 0x1p-53;
  }

  /// Stafford's thirteenth mixer of 64 bits.
  static long mix(long bits) {
    long hash = bits;
    hash = (hash ^ (hash >>> 30)) * 0xbf58476d1ce4e5b9L;
    hash = (hash ^ (hash >>> 27)) * 0x94d049bb133111ebL;
    return hash ^ (hash >>> 31);
  }
}
