package org.fovea.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.fovea.kernel.Cases.SCALAR;
import static org.fovea.kernel.Cases.VECTOR;

import java.util.SplittableRandom;
import org.fovea.testkit.Seeds;
import org.junit.jupiter.api.Test;

/// A million short ranges of numbers from all of the float range, subnormals included, through
/// every kind of loop and tail.
class RandomCasesTest {

  private static final int CASES = 1_000_000;
  private static final int LONGEST = 64;
  private static final int GUARD = 12345;

  private final float[] a = new float[LONGEST + 8];
  private final float[] b = new float[LONGEST + 8];
  private final float[] scalar = new float[LONGEST + 8];
  private final float[] vector = new float[LONGEST + 8];

  @Test
  void scalarAndVectorAgreeOnAMillionRandomCases() {
    int[] counts = new int[5];
    Seeds.repeat(
        CASES,
        random -> {
          int n = random.nextInt(LONGEST + 1);
          int aFrom = random.nextInt(4);
          int bFrom = random.nextInt(4);
          int spread = random.nextInt(4) == 0 ? 60 : 6;
          int center = random.nextInt(8) == 0 ? -120 : 0;
          fill(random, a, center, spread);
          fill(random, b, random.nextInt(8) == 0 ? -120 : 0, spread);
          int kind = random.nextInt(counts.length);
          counts[kind]++;
          switch (kind) {
            case 0 -> dot(aFrom, bFrom, n);
            case 1 -> addScaled(b[0], aFrom, bFrom, n);
            case 2 -> softmax(aFrom, n);
            case 3 -> sigmoid(aFrom, n);
            default -> adagrad(aFrom, bFrom, n);
          }
        });
    for (int count : counts) {
      assertThat(count).isGreaterThan(CASES / 10);
    }
  }

  /// Numbers of either sign with exponents around a center.
  private static void fill(SplittableRandom random, float[] array, int center, int spread) {
    for (int i = 0; i < array.length; i++) {
      long bits = random.nextLong();
      int exponent = 127 + center + (int) ((bits >>> 40) % (2 * spread + 1)) - spread;
      int sign = (int) bits & 0x8000_0000;
      int fraction = (int) (bits >>> 32) & 0x7f_ffff;
      array[i] = Float.intBitsToFloat(sign | Math.max(0, exponent) << 23 | fraction);
    }
  }

  private void dot(int aFrom, int bFrom, int n) {
    double magnitude = 0;
    for (int i = 0; i < n; i++) {
      magnitude += Math.abs((double) a[aFrom + i] * b[bFrom + i]);
    }
    if (magnitude < Float.MAX_VALUE) {
      check(
          VECTOR.dot(a, aFrom, b, bFrom, n),
          SCALAR.dot(a, aFrom, b, bFrom, n),
          n * (Cases.EPSILON * magnitude + Float.MIN_VALUE));
    }
  }

  private void addScaled(float scale, int aFrom, int bFrom, int n) {
    copy(b);
    SCALAR.addScaled(scale, a, aFrom, scalar, bFrom, n);
    VECTOR.addScaled(scale, a, aFrom, vector, bFrom, n);
    for (int i = 0; i < n; i++) {
      double magnitude = Math.abs((double) scale * a[aFrom + i]) + Math.abs((double) b[bFrom + i]);
      check(
          vector[bFrom + i], scalar[bFrom + i], 2 * (Cases.EPSILON * magnitude + Float.MIN_VALUE));
    }
    checkGuards(bFrom, n);
  }

  private void softmax(int aFrom, int n) {
    copy(a);
    double expected = SCALAR.softmax(scalar, aFrom, aFrom + n);
    double actual = VECTOR.softmax(vector, aFrom, aFrom + n);
    double greatest = 1;
    for (int i = aFrom; i < aFrom + n; i++) {
      greatest = Math.max(greatest, Math.abs(a[i]));
      check(vector[i], scalar[i], (n + 8) * Cases.EPSILON * scalar[i] + 2.0 * Subnormals.THRESHOLD);
    }
    check(actual, expected, (n + 8) * Cases.EPSILON * greatest);
    checkGuards(aFrom, n);
  }

  private void sigmoid(int aFrom, int n) {
    copy(a);
    double expected = SCALAR.sigmoid(scalar, aFrom, aFrom + n);
    double actual = VECTOR.sigmoid(vector, aFrom, aFrom + n);
    check(actual, expected, 16 * Cases.EPSILON * expected + n * 2.0 * Subnormals.THRESHOLD);
    for (int i = aFrom; i < aFrom + n; i++) {
      check(vector[i], scalar[i], 8 * Cases.EPSILON * scalar[i] + 2.0 * Subnormals.THRESHOLD);
    }
    checkGuards(aFrom, n);
  }

  private void adagrad(int aFrom, int bFrom, int n) {
    copy(a);
    float[] scalarSquares = new float[a.length];
    float[] vectorSquares = new float[a.length];
    SCALAR.adagrad(scalar, scalarSquares, aFrom, b, bFrom, n, 0.1f, 1e-3f);
    VECTOR.adagrad(vector, vectorSquares, aFrom, b, bFrom, n, 0.1f, 1e-3f);
    for (int i = 0; i < n; i++) {
      int p = aFrom + i;
      check(
          vectorSquares[p],
          scalarSquares[p],
          4 * Cases.EPSILON * scalarSquares[p] + 2.0 * Subnormals.THRESHOLD);
      double magnitude = Math.abs((double) a[p]) + 0.1;
      check(vector[p], scalar[p], 8 * Cases.EPSILON * magnitude);
    }
    checkGuards(aFrom, n);
  }

  private void copy(float[] source) {
    System.arraycopy(source, 0, scalar, 0, source.length);
    System.arraycopy(source, 0, vector, 0, source.length);
  }

  private void checkGuards(int from, int n) {
    for (int i = 0; i < vector.length; i++) {
      if (i < from || i >= from + n) {
        check(vector[i], scalar[i], 0);
      }
    }
  }

  private static void check(double actual, double expected, double tolerance) {
    Cases.assertSame(actual, expected, tolerance, GUARD);
  }
}
