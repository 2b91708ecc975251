package org.fovea.topology;

import java.util.Arrays;
import org.fovea.kernel.RowMatrix;

/// Finds the smallest of many numbers without sorting or copying them: a radix selection by the
/// bits of the floats, in three passes that count and one that marks.
///
/// **Threads** confined.
final class Extremes {

  /// What numbers are compared by.
  enum Order {
    /// Nearness to zero, of numbers of either sign.
    MAGNITUDE,
    /// Nearness to zero of those that are not negative; the others do not take part.
    POSITIVE,
    /// Nearness to zero of those that are negative; the others do not take part.
    NEGATIVE,
    /// The numbers themselves, the least first.
    VALUE
  }

  private static final int MIDDLE = 10;

  /// The 11 highest bits, the 11 in the middle, the 10 lowest.
  private static final int[] SHIFTS = {21, MIDDLE, 0};

  /// Connections in a chunk of pages.
  private static final long CHUNK = 1 << 24;

  private final int[] counts = new int[1 << 11];

  /// How many numbers take part.
  static long participants(RowMatrix pages, long count, Order order) {
    long sum = 0;
    for (long from = 0; from < count; from += CHUNK) {
      float[] chunk = pages.chunks()[(int) (from / CHUNK)];
      int first = pages.first();
      int end = first + (int) Math.min(CHUNK, count - from);
      for (int i = first; i < end; i++) {
        sum += participates(chunk[i], order) ? 1 : 0;
      }
    }
    return sum;
  }

  private static boolean participates(float number, Order order) {
    return switch (order) {
      case MAGNITUDE, VALUE -> true;
      case POSITIVE -> !(number < 0);
      case NEGATIVE -> number < 0;
    };
  }

  /// Marks the `wanted` smallest numbers of pages; of equal ones the first.
  void mark(RowMatrix pages, long count, Order order, long wanted, long[] marks) {
    mark(pages.chunks(), pages.first(), count, order, wanted, marks);
  }

  /// Marks the `wanted` largest magnitudes; of equal ones the first.
  void markLargest(float[] numbers, int count, long wanted, long[] marks) {
    if (wanted == 0) {
      return;
    }
    for (int i = 0; i < count; i++) {
      numbers[i] = -Math.abs(numbers[i]);
    }
    mark(new float[][] {numbers}, 0, count, Order.VALUE, wanted, marks);
    for (int i = 0; i < count; i++) {
      numbers[i] = -numbers[i];
    }
  }

  private void mark(
      float[][] chunks, int first, long count, Order order, long wanted, long[] marks) {
    if (wanted <= 0) {
      return;
    }
    long left = wanted;
    int prefix = 0;
    int mask = 0;
    for (int shift : SHIFTS) {
      int width = shift == 0 ? MIDDLE : 11;
      Arrays.fill(counts, 0);
      for (long from = 0; from < count; from += CHUNK) {
        int end = first + (int) Math.min(CHUNK, count - from);
        count(chunks[(int) (from / CHUNK)], first, end, order, prefix, mask, shift, width);
      }
      int bucket = 0;
      while (counts[bucket] < left) {
        left -= counts[bucket++];
      }
      prefix |= bucket << shift;
      mask |= ((1 << width) - 1) << shift;
    }
    for (long from = 0; from < count; from += CHUNK) {
      float[] chunk = chunks[(int) (from / CHUNK)];
      int length = (int) Math.min(CHUNK, count - from);
      for (int i = 0; i < length; i++) {
        float number = chunk[first + i];
        int difference = Integer.compareUnsigned(key(number, order), prefix);
        if (difference <= 0 && participates(number, order) && (difference < 0 || left-- > 0)) {
          long p = from + i;
          marks[(int) (p >>> 6)] |= 1L << p;
        }
      }
    }
  }

  private void count(
      float[] numbers, int from, int to, Order order, int prefix, int mask, int shift, int width) {
    int low = (1 << width) - 1;
    for (int i = from; i < to; i++) {
      int key = key(numbers[i], order);
      if ((key & mask) == prefix && participates(numbers[i], order)) {
        counts[(key >>> shift) & low]++;
      }
    }
  }

  /// Bits whose unsigned order is that of the numbers.
  private static int key(float number, Order order) {
    int bits = Float.floatToRawIntBits(number);
    return order == Order.VALUE
        ? bits ^ (bits >> 31 | Integer.MIN_VALUE)
        : bits & Integer.MAX_VALUE;
  }
}
