package org.fovea.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.fovea.kernel.Cases.SCALAR;
import static org.fovea.kernel.Cases.VECTOR;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.fovea.testkit.Seeds;
import org.junit.jupiter.api.Test;

class ProductsTest {

  private static final int[] ROWS = {0, 1, 2, 6, 7, 13, 64};
  private static final int[] TERMS = {0, 1, 2, 17, 257};
  private static final int[] COLUMNS = {0, 1, 15, 16, 17, 33, 48, 64, 65, 80, 112, 130};

  @Test
  void vectorProductsAreWithinRoundingOfScalarOnes() {
    Seeds.once(random -> {
      for (int rows : ROWS) {
        for (int terms : TERMS) {
          for (int columns : COLUMNS) {
            for (boolean transposed : new boolean[] {false, true}) {
              compare(new Product(random, rows, terms, columns, transposed), false);
              compare(new Product(random, rows, terms, columns, transposed), true);
            }
          }
        }
      }
    });
  }

  @Test
  void agreeOnLargeOddShapes() {
    Seeds.once(random -> {
      compare(new Product(random, 257, 1021, 131, false), true);
      compare(new Product(random, 257, 1021, 131, true), false);
      compare(new Product(random, 1300, 128, 128, false), false);
      compare(new Product(random, 128, 1300, 128, true), false);
      compare(new Product(random, 3, 200_000, 17, false), false);
      compare(new Product(random, 7, 200_000, 16, true), true);
    });
  }

  @Test
  void notANumberInfinityAndSubnormalsGoTheSameWay() {
    Seeds.repeat(
        400,
        random -> {
          Product product =
              new Product(
                  random,
                  random.nextInt(1, 20),
                  random.nextInt(1, 40),
                  random.nextInt(1, 70),
                  random.nextBoolean());
          product.sprinkle(random);
          compare(product, random.nextBoolean());
        });
  }

  /// What makes results independent of the number of threads and of the vector width.
  @Test
  void eachElementIsOneChainOfFusedMultiplyAdds() {
    Seeds.repeat(
        200,
        random -> {
          boolean accumulate = random.nextBoolean();
          Product product =
              new Product(
                  random,
                  random.nextInt(1, 30),
                  random.nextInt(1, 600),
                  random.nextInt(1, 140),
                  random.nextBoolean());
          Block c = Cases.copy(product.c);
          product.run(VECTOR, c, accumulate, 0, c.rows());
          for (int i = 0; i < c.rows(); i++) {
            for (int j = 0; j < c.columns(); j++) {
              float sum = accumulate ? product.c.at(i, j) : 0f;
              for (int l = 0; l < product.b.rows(); l++) {
                float factor = product.transposed ? product.a.at(l, i) : product.a.at(i, l);
                sum = Math.fma(factor, product.b.at(l, j), sum);
              }
              assertThat(c.at(i, j)).isEqualTo(sum);
            }
          }
        });
  }

  @Test
  void rangesOfRowsGiveTheBitsOfTheWholeAndLeaveOtherRowsAlone() {
    Seeds.repeat(
        100,
        random -> {
          int rows = random.nextInt(1, 300);
          int terms = random.nextInt(0, 300);
          int columns = random.nextInt(1, 100);
          Product product = new Product(random, rows, terms, columns, random.nextBoolean());
          boolean accumulate = random.nextBoolean();
          Block whole = Cases.copy(product.c);
          product.run(VECTOR, whole, accumulate, 0, rows);
          int from = random.nextInt(rows);
          int to = random.nextInt(from, rows + 1);
          Block part = Cases.copy(product.c);
          product.run(VECTOR, part, accumulate, from, to);
          Block expected = Cases.copy(product.c);
          int start = expected.offset(from);
          int length = expected.offset(to) - start;
          System.arraycopy(whole.data(), start, expected.data(), start, length);
          assertThat(part.data()).usingComparator(Arrays::compare).isEqualTo(expected.data());
        });
  }

  @Test
  void wholeProductsAreTheProductsOfAllRows() {
    Seeds.once(random -> {
      for (Kernels kernels : new Kernels[] {SCALAR, VECTOR}) {
        Product plain = new Product(random, 11, 23, 37, false);
        Block expected = Cases.copy(plain.c);
        plain.run(kernels, expected, true, 0, 11);
        kernels.multiply(plain.a, plain.b, plain.c, true);
        assertThat(plain.c.data()).usingComparator(Arrays::compare).isEqualTo(expected.data());

        Product turned = new Product(random, 11, 23, 37, true);
        expected = Cases.copy(turned.c);
        turned.run(kernels, expected, false, 0, 11);
        kernels.multiplyTransposed(turned.a, turned.b, turned.c, false);
        assertThat(turned.c.data()).usingComparator(Arrays::compare).isEqualTo(expected.data());
      }
    });
  }

  private static void compare(Product product, boolean accumulate) {
    Block expected = Cases.copy(product.c);
    product.run(SCALAR, expected, accumulate, 0, expected.rows());
    Block actual = Cases.copy(product.c);
    product.run(VECTOR, actual, accumulate, 0, actual.rows());
    Product absolute = product.absolute();
    absolute.run(SCALAR, absolute.c, accumulate, 0, expected.rows());
    int terms = product.b.rows() + 1;
    Cases.assertSame(
        actual.data(),
        expected.data(),
        0,
        expected.rows() * expected.stride(),
        absolute.c.data(),
        terms,
        terms * (double) Float.MIN_VALUE);
  }

  /// Three blocks that fit.
  private record Product(Block a, Block b, Block c, boolean transposed) {

    Product(SplittableRandom random, int rows, int terms, int columns, boolean transposed) {
      this(
          transposed ? Cases.block(random, terms, rows) : Cases.block(random, rows, terms),
          Cases.block(random, terms, columns),
          Cases.block(random, rows, columns),
          transposed);
    }

    void run(Kernels kernels, Block result, boolean accumulate, int from, int to) {
      if (transposed) {
        kernels.multiplyTransposedRows(a, b, result, accumulate, from, to);
      } else {
        kernels.multiplyRows(a, b, result, accumulate, from, to);
      }
    }

    Product absolute() {
      return new Product(Cases.absolute(a), Cases.absolute(b), Cases.absolute(c), transposed);
    }

    void sprinkle(SplittableRandom random) {
      for (Block block : new Block[] {a, b, c}) {
        Cases.sprinkle(random, block.data(), 0, block.rows() * block.stride(), 2);
      }
    }
  }
}
