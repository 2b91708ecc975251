package org.fovea.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.fovea.kernel.Cases.SCALAR;
import static org.fovea.kernel.Cases.VECTOR;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import java.util.function.UnaryOperator;
import jdk.incubator.vector.FloatVector;
import org.fovea.testkit.Seeds;
import org.junit.jupiter.api.Test;

class VectorExponentialsTest {

  /// What flushing to zero may change.
  private static final double FLUSHED = 2.0 * Subnormals.THRESHOLD;

  @Test
  void exponentialIsWithinTwoUnitsInTheLastPlace() {
    Seeds.once(random -> {
      double worst =
          worstUnits(() -> -69.3f * random.nextFloat(), VectorExponentials::exp, StrictMath::exp);
      assertThat(worst).isLessThan(2);
    });
  }

  @Test
  void exponentialIsExactAtZeroAndZeroFarBelow() {
    for (float x : new float[] {0f, -0f}) {
      assertThat(lane(VectorExponentials::exp, x)).isEqualTo(1f);
    }
    for (float x : new float[] {-69.4f, -1000f, -Float.MAX_VALUE, Float.NEGATIVE_INFINITY}) {
      assertThat(lane(VectorExponentials::exp, x)).isZero();
    }
    for (int payload : new int[] {0x7fc0_0000, 0x7fc0_0001, 0x7f80_0001, 0xffc1_2345}) {
      assertThat(lane(VectorExponentials::exp, Float.intBitsToFloat(payload))).isNaN();
    }
  }

  @Test
  void logarithmOfOnePlusIsWithinThreeUnitsInTheLastPlaceEvenForTinyNumbers() {
    Seeds.once(random -> {
      double worst =
          worstUnits(
              () -> Math.scalb(random.nextFloat(), -random.nextInt(40)),
              VectorExponentials::logOfOnePlus,
              StrictMath::log1p);
      assertThat(worst).isLessThan(3);
      assertThat(lane(VectorExponentials::logOfOnePlus, 0f)).isZero();
    });
  }

  @Test
  void softmaxAgreesForAllSizesAndOffsets() {
    Seeds.once(random -> {
      for (int size : Cases.sizes()) {
        for (int offset : Cases.offsets()) {
          compareSoftmax(Cases.numbers(random, offset, size), offset, offset + size);
        }
      }
    });
  }

  @Test
  void softmaxOfSpecialNumbersAgrees() {
    Seeds.repeat(
        2000,
        random -> {
          int size = random.nextInt(1, 80);
          float[] z = Cases.numbers(random, 3, size);
          Cases.sprinkle(random, z, 3, 3 + size, random.nextInt(3));
          compareSoftmax(z, 3, 3 + size);
        });
  }

  @Test
  void softmaxSumsToOneAndItsSmallestPartsAreZeroAndNotSubnormal() {
    for (Kernels kernels : new Kernels[] {SCALAR, VECTOR}) {
      float[] z = new float[200];
      for (int i = 0; i < z.length; i++) {
        z[i] = -i + 1000f;
      }
      float logSum = kernels.softmax(z, 0, z.length);
      double sum = 0;
      for (float probability : z) {
        sum += probability;
        assertThat(probability == 0f || probability >= Subnormals.THRESHOLD).isTrue();
      }
      assertThat(sum).isBetween(1 - 1e-5, 1 + 1e-5);
      assertThat((double) logSum).isBetween(1000.4586, 1000.4588);
      assertThat(z[150]).isZero();
      assertThat(kernels.softmax(z, 7, 7)).isEqualTo(Float.NEGATIVE_INFINITY);
    }
  }

  @Test
  void softmaxDownColumnsAgrees() {
    Seeds.once(random -> {
      for (int rows : new int[] {0, 1, 2, 3, 17, 64, 1021}) {
        for (int columns : new int[] {0, 1, 15, 16, 17, 33, 64, 100}) {
          compareColumns(random, Cases.block(random, rows, columns), false);
        }
      }
    });
  }

  @Test
  void softmaxDownRangesOfColumnsAgreesAndLeavesOtherColumnsAlone() {
    Seeds.repeat(
        300,
        random -> {
          Block z = Cases.block(random, random.nextInt(1, 30), random.nextInt(1, 100));
          Cases.sprinkle(random, z.data(), 0, z.rows() * z.stride(), random.nextInt(4));
          compareColumns(random, z, true);
        });
  }

  @Test
  void sigmoidAgreesForAllSizesAndOffsets() {
    Seeds.once(random -> {
      for (int size : Cases.sizes()) {
        for (int offset : Cases.offsets()) {
          compareSigmoid(Cases.numbers(random, offset, size), offset, offset + size);
        }
      }
    });
  }

  @Test
  void sigmoidOfSpecialNumbersAgrees() {
    Seeds.repeat(
        2000,
        random -> {
          int size = random.nextInt(1, 80);
          float[] z = Cases.numbers(random, 1, size);
          Cases.sprinkle(random, z, 1, 1 + size, random.nextInt(3));
          compareSigmoid(z, 1, 1 + size);
        });
  }

  @Test
  void softplusOfVeryNegativeNumbersKeepsItsRelativePrecision() {
    for (float x : new float[] {-1f, -10f, -30f, -60f}) {
      float[] z = new float[64];
      Arrays.fill(z, x);
      double expected = 64 * StrictMath.log1p(StrictMath.exp(x));
      assertThat(VECTOR.sigmoid(z, 0, 64)).isBetween(expected * (1 - 1e-6), expected * (1 + 1e-6));
    }
  }

  private static void compareSoftmax(float[] z, int from, int to) {
    float[] expected = z.clone();
    float[] actual = z.clone();
    float expectedLog = SCALAR.softmax(expected, from, to);
    float actualLog = VECTOR.softmax(actual, from, to);
    int factor = to - from + 8;
    Cases.assertSame(actual, expected, from, to, expected, factor, FLUSHED);
    double greatest = 0;
    for (int i = from; i < to; i++) {
      greatest = Math.max(greatest, Math.abs(z[i]));
    }
    Cases.assertSame(actualLog, expectedLog, factor * Cases.EPSILON * (1 + greatest), -1);
  }

  private static void compareColumns(SplittableRandom random, Block z, boolean part) {
    int from = part ? Block.PADDING * random.nextInt(z.stride() / Block.PADDING) : 0;
    int to = part ? from + Block.PADDING : z.stride();
    Block expected = Cases.copy(z);
    Block actual = Cases.copy(z);
    float[] expectedLogs = Cases.guarded(0, z.stride());
    float[] actualLogs = expectedLogs.clone();
    if (part) {
      SCALAR.softmaxColumns(expected, expectedLogs, from, to);
      VECTOR.softmaxColumns(actual, actualLogs, from, to);
    } else {
      SCALAR.softmaxColumns(expected, expectedLogs);
      VECTOR.softmaxColumns(actual, actualLogs);
    }
    int factor = z.rows() + 8;
    int end = z.rows() * z.stride();
    for (int p = 0; p < end; p++) {
      int column = p % z.stride();
      if (column >= from && column < to) {
        double probability = expected.data()[p];
        double tolerance = factor * Cases.EPSILON * probability + FLUSHED;
        Cases.assertSame(actual.data()[p], probability, tolerance, p);
      } else {
        assertThat(Float.floatToRawIntBits(actual.data()[p]))
            .isEqualTo(Float.floatToRawIntBits(z.data()[p]));
      }
    }
    Cases.assertSame(actual.data(), expected.data(), 0, end, expected.data(), 1e9, 1);
    float[] magnitudes = new float[expectedLogs.length];
    for (int e = from; e < to; e++) {
      double greatest = 1;
      for (int row = 0; row < z.rows(); row++) {
        greatest = Math.max(greatest, Math.abs(z.data()[z.offset(row) + e]));
      }
      magnitudes[e] = (float) greatest;
    }
    Cases.assertSame(actualLogs, expectedLogs, from, to, magnitudes, factor, 0);
  }

  private static void compareSigmoid(float[] z, int from, int to) {
    float[] expected = z.clone();
    float[] actual = z.clone();
    double expectedSum = SCALAR.sigmoid(expected, from, to);
    double actualSum = VECTOR.sigmoid(actual, from, to);
    Cases.assertSame(actual, expected, from, to, expected, 8, FLUSHED);
    double tolerance = 16 * Cases.EPSILON * expectedSum + (to - from) * FLUSHED;
    Cases.assertSame(actualSum, expectedSum, tolerance, -1);
  }

  private static float lane(UnaryOperator<FloatVector> function, float x) {
    return function.apply(FloatVector.broadcast(Simd.FLOATS, x)).lane(0);
  }

  /// The greatest error over a million arguments, in units in the last place of the true value.
  private static double worstUnits(
      FloatSource source, UnaryOperator<FloatVector> function, DoubleUnaryOperator truth) {
    double worst = 0;
    float[] x = new float[Simd.LANES];
    float[] y = new float[Simd.LANES];
    for (int i = 0; i < 1_000_000; i += Simd.LANES) {
      for (int lane = 0; lane < Simd.LANES; lane++) {
        x[lane] = source.next();
      }
      function.apply(FloatVector.fromArray(Simd.FLOATS, x, 0)).intoArray(y, 0);
      for (int lane = 0; lane < Simd.LANES; lane++) {
        double expected = truth.applyAsDouble(x[lane]);
        worst = Math.max(worst, Math.abs(y[lane] - expected) / Math.ulp((float) expected));
      }
    }
    return worst;
  }

  private interface FloatSource {
    float next();
  }
}
