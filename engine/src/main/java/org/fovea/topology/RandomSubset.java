package org.fovea.topology;

import java.util.Arrays;
import java.util.Locale;
import org.fovea.network.StreamRandom;

/// Some of many numbers, every subset as likely as another.
final class RandomSubset {

  private RandomSubset() {}

  /// `count` distinct numbers of `[0, n)`, ascending.
  ///
  /// **Cost** time of sorting `count` numbers, whatever `n`.
  ///
  /// @throws IllegalArgumentException if there are not so many
  static long[] sorted(long n, int count, StreamRandom random) {
    if (count > n) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "%,d of %,d numbers", count, n));
    }
    return count > n / 4 ? bySelection(n, count, random) : byRejection(n, count, random);
  }

  /// Goes over all numbers and takes each with the chance that it has left (Knuth, algorithm S).
  private static long[] bySelection(long n, int count, StreamRandom random) {
    long[] chosen = new long[count];
    int size = 0;
    for (long number = 0; size < count; number++) {
      if (random.nextDouble() * (n - number) < count - size) {
        chosen[size++] = number;
      }
    }
    return chosen;
  }

  /// Draws, throws repetitions away, and draws again for them.
  private static long[] byRejection(long n, int count, StreamRandom random) {
    long[] chosen = new long[count];
    int size = 0;
    while (size < count) {
      for (int i = size; i < count; i++) {
        chosen[i] = random.nextLong(n);
      }
      Arrays.sort(chosen);
      size = withoutRepetitions(chosen);
    }
    return chosen;
  }

  private static int withoutRepetitions(long[] sorted) {
    int size = 0;
    for (int i = 0; i < sorted.length; i++) {
      if (i == 0 || sorted[i] != sorted[i - 1]) {
        sorted[size++] = sorted[i];
      }
    }
    return size;
  }
}
