package org.fovea.topology;

import java.util.Arrays;
import org.fovea.kernel.RowMatrix;
import org.fovea.kernel.SparseMatrix;

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

  private static final int TOP = 21;
  private static final int MIDDLE = 10;

  private final int[] counts = new int[1 << 11];

  /// Numbers by position.
  private interface Numbers {
    float at(long position);
  }

  /// How many numbers take part.
  static long participants(RowMatrix pages, long count, Order order) {
    long sum = 0;
    for (long p = 0; p < count; p++) {
      sum += participates(SparseMatrix.element(pages, p), order) ? 1 : 0;
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
    mark(p -> SparseMatrix.element(pages, p), count, order, wanted, marks);
  }

  /// Marks the `wanted` largest numbers; of equal ones the first.
  void markLargest(float[] numbers, int count, long wanted, long[] marks) {
    mark(p -> -numbers[(int) p], count, Order.VALUE, wanted, marks);
  }

  private void mark(Numbers numbers, long count, Order order, long wanted, long[] marks) {
    if (wanted <= 0) {
      return;
    }
    long left = wanted;
    int prefix = 0;
    int mask = 0;
    for (int shift = TOP; shift >= 0; shift = shift == TOP ? MIDDLE : shift == MIDDLE ? 0 : -1) {
      int width = shift == 0 ? MIDDLE : 11;
      Arrays.fill(counts, 0);
      for (long p = 0; p < count; p++) {
        float number = numbers.at(p);
        int key = key(number, order);
        if ((key & mask) == prefix && participates(number, order)) {
          counts[(key >>> shift) & ((1 << width) - 1)]++;
        }
      }
      int bucket = 0;
      while (counts[bucket] < left) {
        left -= counts[bucket++];
      }
      prefix |= bucket << shift;
      mask |= ((1 << width) - 1) << shift;
    }
    for (long p = 0; p < count; p++) {
      float number = numbers.at(p);
      if (participates(number, order)) {
        int difference = Integer.compareUnsigned(key(number, order), prefix);
        if (difference < 0 || (difference == 0 && left-- > 0)) {
          marks[(int) (p >>> 6)] |= 1L << p;
        }
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
