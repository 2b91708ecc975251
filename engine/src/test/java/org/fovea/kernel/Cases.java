package org.fovea.kernel;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/// Input for kernel tests, and what "the same" means for their results.
final class Cases {

  static final ScalarKernels SCALAR = new ScalarKernels();
  static final VectorKernels VECTOR = new VectorKernels();

  /// Unit in the last place of 1.
  static final double EPSILON = 0x1p-23;

  /// Around every output; a kernel that writes too far changes its bits.
  private static final int GUARD_BITS = 0x7fc0_dead;

  private static final int GUARDS = 19;

  private static final float[] SPECIALS = {
    Float.NaN,
    Float.POSITIVE_INFINITY,
    Float.NEGATIVE_INFINITY,
    -0f,
    0f,
    Float.MIN_VALUE,
    -Float.MIN_VALUE,
    0x1p-130f,
    Float.MIN_NORMAL,
    -0x1.fffffep-127f
  };

  private Cases() {}

  /// 0, 1, around one and two vectors, and primes to 4098.
  static int[] sizes() {
    int lanes = Simd.LANES;
    int[] edges = {
      0,
      1,
      lanes - 1,
      lanes,
      lanes + 1,
      2 * lanes - 1,
      2 * lanes,
      2 * lanes + 1,
      4 * lanes,
      4 * lanes + 1,
      8 * lanes + 3
    };
    int[] primes = {2, 3, 5, 7, 11, 13, 17, 31, 61, 67, 127, 131, 257, 509, 1021, 2053, 4093, 4098};
    return IntStream.concat(Arrays.stream(edges), Arrays.stream(primes)).distinct().toArray();
  }

  /// Distances of a range from the start of its array.
  static int[] offsets() {
    return new int[] {0, 1, 3};
  }

  /// A number of either sign, whose size spans 24 powers of two.
  static float number(SplittableRandom random) {
    return (random.nextFloat() - 0.5f) * Math.scalb(1f, random.nextInt(24) - 12);
  }

  /// Numbers between guards: `[offset, offset + n)` is the range that a kernel may touch.
  static float[] numbers(SplittableRandom random, int offset, int n) {
    float[] array = guarded(offset, n);
    for (int i = offset; i < offset + n; i++) {
      array[i] = number(random);
    }
    return array;
  }

  /// Numbers of at least zero between guards.
  static float[] positives(SplittableRandom random, int offset, int n) {
    float[] array = numbers(random, offset, n);
    for (int i = offset; i < offset + n; i++) {
      array[i] = Math.abs(array[i]);
    }
    return array;
  }

  /// An array of guards with a range for a kernel to fill.
  static float[] guarded(int offset, int n) {
    float[] array = new float[offset + n + GUARDS];
    Arrays.fill(array, Float.intBitsToFloat(GUARD_BITS));
    return array;
  }

  /// Replaces some numbers by NaN, infinities, zeros and subnormals.
  static void sprinkle(SplittableRandom random, float[] array, int from, int to, int count) {
    for (int i = 0; i < count && from < to; i++) {
      array[random.nextInt(from, to)] = SPECIALS[random.nextInt(SPECIALS.length)];
    }
  }

  static float[] absolute(float[] array, int from, int to) {
    float[] copy = array.clone();
    for (int i = from; i < to; i++) {
      copy[i] = Math.abs(copy[i]);
    }
    return copy;
  }

  /// Holds ranges of two arrays against each other, and the guards around them against themselves.
  ///
  /// @param magnitudes the sum of the absolute values of the terms of each result, at the same
  ///   place
  /// @param factor how many times [#EPSILON] of that sum the results may differ
  /// @param absolute how far they may differ however small the terms are
  static void assertSame(
      float[] actual,
      float[] expected,
      int from,
      int to,
      float[] magnitudes,
      double factor,
      double absolute) {
    for (int i = 0; i < expected.length; i++) {
      if (i < from || i >= to) {
        if (Float.floatToRawIntBits(actual[i]) != Float.floatToRawIntBits(expected[i])) {
          throw new AssertionError(
              "outside [%d, %d): element %d became %s, not %s"
                  .formatted(from, to, i, actual[i], expected[i]));
        }
      } else {
        assertSame(actual[i], expected[i], factor * EPSILON * magnitudes[i] + absolute, i);
      }
    }
  }

  /// Holds two results against each other: equal, or both NaN, or within a tolerance.
  static void assertSame(double actual, double expected, double tolerance, int place) {
    boolean same =
        Double.isNaN(expected)
            ? Double.isNaN(actual)
            : actual == expected || Math.abs(actual - expected) <= tolerance;
    if (!same) {
      throw new AssertionError(
          "element %d: vector %s, scalar %s, tolerance %s"
              .formatted(place, actual, expected, tolerance));
    }
  }

  /// A block of numbers whose array goes on behind it, with guards, and whose padding is finite.
  static Block block(SplittableRandom random, int rows, int columns) {
    Block block = new Block(rows + 1, columns + 1);
    Arrays.fill(block.data(), Float.intBitsToFloat(GUARD_BITS));
    block.resize(rows, columns);
    for (int p = 0; p < rows * block.stride(); p++) {
      block.data()[p] = number(random);
    }
    return block;
  }

  static Block copy(Block block) {
    Block copy = new Block(block.rows() + 1, block.columns() + 1);
    copy.resize(block.rows(), block.columns());
    System.arraycopy(block.data(), 0, copy.data(), 0, copy.data().length);
    return copy;
  }

  static Block absolute(Block block) {
    Block copy = copy(block);
    for (int p = 0; p < copy.rows() * copy.stride(); p++) {
      copy.data()[p] = Math.abs(copy.data()[p]);
    }
    return copy;
  }

  /// A matrix of numbers, its padding zero.
  static RowMatrix matrix(SplittableRandom random, int rows, int columns) {
    RowMatrix matrix = new RowMatrix(rows, columns);
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        matrix.set(row, column, number(random));
      }
    }
    return matrix;
  }

  static RowMatrix absolute(RowMatrix matrix) {
    RowMatrix copy = new RowMatrix(matrix.rows(), matrix.columns());
    for (int row = 0; row < matrix.rows(); row++) {
      for (int column = 0; column < matrix.columns(); column++) {
        copy.set(row, column, Math.abs(matrix.at(row, column)));
      }
    }
    return copy;
  }

  /// `n` row numbers with repetitions, between three places that a kernel must not look at.
  static int[] rowNumbers(SplittableRandom random, int n, int rows) {
    int[] numbers = new int[n + 6];
    Arrays.fill(numbers, -1);
    for (int i = 3; i < n + 3; i++) {
      numbers[i] = random.nextInt(rows);
    }
    return numbers;
  }
}
