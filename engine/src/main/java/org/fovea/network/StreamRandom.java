package org.fovea.network;

import java.util.random.RandomGenerator;

/// A random generator that is placed at any point of a run: the same seed and place give the same
/// numbers, whichever thread asks.
///
/// SplitMix64 (Steele, Lea and Flood, OOPSLA 2014).
///
/// **Threads** confined.
public final class StreamRandom implements RandomGenerator {

  private static final long GAMMA = 0x9E3779B97F4A7C15L;

  private long state;

  /// A generator at place 0 of seed 0.
  public StreamRandom() {}

  /// Places the generator.
  ///
  /// @param seed seed of the run
  /// @param batch number of the batch
  /// @param stream what the numbers are for: a layer, say
  /// @param item which example
  public void place(long seed, long batch, int stream, int item) {
    state = mix(mix(mix(seed + GAMMA) + batch) + ((long) stream << 32) + item);
  }

  @Override
  public long nextLong() {
    state += GAMMA;
    return mix(state);
  }

  private static long mix(long z) {
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
