package org.fovea.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.fovea.kernel.Cases.SCALAR;
import static org.fovea.kernel.Cases.VECTOR;

import org.fovea.testkit.Seeds;
import org.junit.jupiter.api.Test;

class SumsTest {

  @Test
  void dotProductsAgreeForAllSizesAndOffsets() {
    Seeds.once(random -> {
      for (int size : Cases.sizes()) {
        for (int offset : Cases.offsets()) {
          float[] a = Cases.numbers(random, offset, size);
          float[] b = Cases.numbers(random, 1, size);
          compareDot(a, offset, b, 1, size);
        }
      }
    });
  }

  @Test
  void dotProductsOfSpecialNumbersAgree() {
    Seeds.repeat(
        2000,
        random -> {
          int size = random.nextInt(1, 100);
          float[] a = Cases.numbers(random, 0, size);
          float[] b = Cases.numbers(random, 3, size);
          Cases.sprinkle(random, a, 0, size, random.nextInt(3));
          Cases.sprinkle(random, b, 3, size + 3, random.nextInt(3));
          compareDot(a, 0, b, 3, size);
        });
  }

  @Test
  void squaredNormIsTheDotProductWithItself() {
    Seeds.once(random -> {
      for (int size : Cases.sizes()) {
        float[] x = Cases.numbers(random, 3, size);
        for (Kernels kernels : new Kernels[] {SCALAR, VECTOR}) {
          assertThat(kernels.squaredNorm(x, 3, size)).isEqualTo(kernels.dot(x, 3, x, 3, size));
        }
      }
    });
  }

  @Test
  void addingScaledAgreesForAllSizesAndOffsets() {
    Seeds.once(random -> {
      for (int size : Cases.sizes()) {
        for (int offset : Cases.offsets()) {
          float[] x = Cases.numbers(random, 1, size);
          float[] y = Cases.numbers(random, offset, size);
          compareAddScaled(Cases.number(random), x, 1, y, offset, size);
        }
      }
    });
  }

  @Test
  void addingScaledSpecialNumbersAgrees() {
    Seeds.repeat(
        2000,
        random -> {
          int size = random.nextInt(1, 100);
          float[] x = Cases.numbers(random, 0, size);
          float[] y = Cases.numbers(random, 3, size);
          Cases.sprinkle(random, x, 0, size, random.nextInt(3));
          Cases.sprinkle(random, y, 3, size + 3, random.nextInt(3));
          compareAddScaled(random.nextInt(3) - 1f, x, 0, y, 3, size);
        });
  }

  private static void compareDot(float[] a, int aFrom, float[] b, int bFrom, int n) {
    double magnitude =
        SCALAR.dot(
            Cases.absolute(a, aFrom, aFrom + n),
            aFrom,
            Cases.absolute(b, bFrom, bFrom + n),
            bFrom,
            n);
    Cases.assertSame(
        VECTOR.dot(a, aFrom, b, bFrom, n),
        SCALAR.dot(a, aFrom, b, bFrom, n),
        n * (Cases.EPSILON * magnitude + Float.MIN_VALUE),
        n);
  }

  private static void compareAddScaled(
      float scale, float[] x, int xFrom, float[] y, int yFrom, int n) {
    float[] magnitudes = Cases.absolute(y, yFrom, yFrom + n);
    SCALAR.addScaled(
        Math.abs(scale), Cases.absolute(x, xFrom, xFrom + n), xFrom, magnitudes, yFrom, n);
    float[] expected = y.clone();
    SCALAR.addScaled(scale, x, xFrom, expected, yFrom, n);
    float[] actual = y.clone();
    VECTOR.addScaled(scale, x, xFrom, actual, yFrom, n);
    Cases.assertSame(actual, expected, yFrom, yFrom + n, magnitudes, 2, 2 * Float.MIN_VALUE);
  }
}
