package org.fovea.data;

import java.util.Objects;

/// A seeded order of `[0, size)` that needs no memory: position to element and back, each in O(1).
///
/// An unbalanced Feistel network permutes the smallest power of two that holds `size`; a result
/// outside `[0, size)` is permuted again until it is inside ("cycle walking"), fewer than two times
/// on average. The order depends on the size and the seed only, and stays the same in later
/// versions: exact resume rests on it. Twelve rounds are the fewest that make even five elements
/// uniform over their positions.
///
/// **Threads** Safe. **Cost** Some 50 ns an element; no allocation.
///
/// **Source** J. Black and P. Rogaway, *Ciphers with arbitrary finite domains*, CT-RSA 2002,
/// section 4 (cycle walking) and 5 (generalized Feistel). **Differs**: the round function is a
/// mixer of 64 bits, not a pseudorandom function; the order is for shuffling, not for secrecy.
public final class Permutation {

  private static final int ROUNDS = 12;
  private static final long GOLDEN = 0x9e3779b97f4a7c15L;

  private final long size;
  private final int rightBits;
  private final long leftMask;
  private final long rightMask;
  private final long[] keys = new long[ROUNDS];

  /// @param size how many elements, 0 or more
  /// @param seed equal seeds give equal orders
  public Permutation(long size, long seed) {
    if (size < 0) {
      throw new IllegalArgumentException("a size of 0 or more was expected, " + size + " came");
    }
    this.size = size;
    int bits = Math.max(2, Long.SIZE - Long.numberOfLeadingZeros(Math.max(0, size - 1)));
    this.rightBits = (bits + 1) / 2;
    this.rightMask = (1L << rightBits) - 1;
    this.leftMask = (1L << (bits - rightBits)) - 1;
    // Mixed first, so that the keys of near seeds, or of seeds GOLDEN apart, have nothing in
    // common.
    long start = mixed(mixed(seed) + size);
    for (int i = 0; i < ROUNDS; i++) {
      keys[i] = mixed(start + (i + 1) * GOLDEN);
    }
  }

  /// How many elements.
  public long size() {
    return size;
  }

  /// The element at a position of the order.
  public long at(long position) {
    Objects.checkIndex(position, size);
    long element = position;
    do {
      element = permuted(element);
    } while (element >= size);
    return element;
  }

  /// The position of an element in the order: `positionOf(at(p)) == p`.
  public long positionOf(long element) {
    Objects.checkIndex(element, size);
    long position = element;
    do {
      position = unpermuted(position);
    } while (position >= size);
    return position;
  }

  private long permuted(long x) {
    long left = x >>> rightBits;
    long right = x & rightMask;
    for (int i = 0; i < ROUNDS; i += 2) {
      left ^= mixed(right + keys[i]) & leftMask;
      right ^= mixed(left + keys[i + 1]) & rightMask;
    }
    return (left << rightBits) | right;
  }

  private long unpermuted(long x) {
    long left = x >>> rightBits;
    long right = x & rightMask;
    for (int i = ROUNDS - 2; i >= 0; i -= 2) {
      right ^= mixed(left + keys[i + 1]) & rightMask;
      left ^= mixed(right + keys[i]) & leftMask;
    }
    return (left << rightBits) | right;
  }

  private static long mixed(long x) {
    long z = (x ^ (x >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
