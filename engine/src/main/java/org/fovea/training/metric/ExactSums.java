package org.fovea.training.metric;

/// Sums of non-negative numbers that do not depend on the order of adding.
///
/// Each number is cut to a multiple of 2^-62 once and then added as an integer of 62 fraction bits
/// and 63 bits before the point, so adding is associative and commutative to the last bit. The
/// result is short of the true sum by less than 2^-62 for each number.
///
/// **Ranges** numbers from 0 to 2^31; 2^31 of them fit. **Threads** confined. **Cost** no
/// allocation after construction.
final class ExactSums {

  private static final int FRACTION_BITS = 62;
  private static final long ONE = 1L << FRACTION_BITS;
  private static final double LARGEST = 0x1p31;

  private final long[] wholes;
  private final long[] fractions;

  ExactSums(int count) {
    wholes = new long[count];
    fractions = new long[count];
  }

  void add(int index, double number) {
    if (!(number >= 0 && number <= LARGEST)) {
      throw new IllegalArgumentException("cannot sum " + number + ": expected 0 to 2^31");
    }
    long whole = (long) number;
    add(index, whole, (long) ((number - whole) * ONE));
  }

  void addAll(ExactSums other) {
    for (int index = 0; index < wholes.length; index++) {
      add(index, other.wholes[index], other.fractions[index]);
    }
  }

  double sum(int index) {
    return wholes[index] + (double) fractions[index] / ONE;
  }

  private void add(int index, long whole, long fraction) {
    long sum = fractions[index] + fraction;
    wholes[index] += whole + (sum >>> FRACTION_BITS);
    fractions[index] = sum & (ONE - 1);
  }
}
