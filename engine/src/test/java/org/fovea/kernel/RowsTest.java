package org.fovea.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.fovea.kernel.Cases.SCALAR;
import static org.fovea.kernel.Cases.VECTOR;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.fovea.testkit.Seeds;
import org.junit.jupiter.api.Test;

class RowsTest {

  private static final int[] COLUMNS = {
    0, 1, 3, 8, 15, 16, 17, 31, 32, 33, 64, 65, 100, 127, 128, 130, 260, 1021
  };
  private static final int[] COUNTS = {0, 1, 2, 3, 4, 5, 8, 61};
  private static final int ROWS = 40;

  @Test
  void weightedSumsOfRowsAgree() {
    Seeds.once(random -> {
      for (int columns : COLUMNS) {
        RowMatrix matrix = Cases.matrix(random, ROWS, columns);
        for (int count : COUNTS) {
          for (int offset : Cases.offsets()) {
            compareAdd(random, matrix, count, offset, 0);
          }
        }
      }
    });
  }

  @Test
  void weightedSumsOfRowsOfBlocksAgree() {
    Seeds.repeat(
        300,
        random -> {
          Block block = Cases.block(random, ROWS, random.nextInt(200));
          Cases.sprinkle(random, block.data(), 0, ROWS * block.stride(), random.nextInt(3));
          int count = random.nextInt(30);
          int[] rows = Cases.rowNumbers(random, count, ROWS);
          float[] scales = Cases.numbers(random, 3, count);
          float[] out = Cases.numbers(random, 1, block.stride());
          float[] magnitudes = Cases.absolute(out, 1, 1 + block.stride());
          SCALAR.addRows(
              Cases.absolute(block),
              rows,
              Cases.absolute(scales, 3, count + 3),
              3,
              count + 3,
              magnitudes,
              1);
          float[] expected = out.clone();
          SCALAR.addRows(block, rows, scales, 3, count + 3, expected, 1);
          float[] actual = out.clone();
          VECTOR.addRows(block, rows, scales, 3, count + 3, actual, 1);
          Cases.assertSame(
              actual, expected, 1, 1 + block.stride(), magnitudes, count + 1, tiny(count));
        });
  }

  @Test
  void weightedSumsAtSparsePlacesAreThoseOfWholeRows() {
    Seeds.repeat(
        300,
        random -> {
          RowMatrix matrix = Cases.matrix(random, ROWS, random.nextInt(1, 100));
          int count = random.nextInt(20);
          int[] rows = Cases.rowNumbers(random, count, ROWS);
          float[] scales = Cases.numbers(random, 3, count);
          float[] whole = new float[matrix.columns()];
          SCALAR.addRows(matrix, rows, scales, 3, count + 3, whole, 0);
          int[] indices = random.ints(random.nextInt(50), 0, matrix.columns()).toArray();
          int from = random.nextInt(indices.length + 1);
          for (Kernels kernels : new Kernels[] {SCALAR, VECTOR}) {
            float[] out = new float[indices.length];
            kernels.addRowsSparse(
                matrix, rows, scales, 3, count + 3, indices, from, indices.length, out);
            for (int j = 0; j < indices.length; j++) {
              assertThat(out[j]).isEqualTo(j < from ? 0f : whole[indices[j]]);
            }
          }
        });
  }

  @Test
  void dotProductsOfRowsAgree() {
    Seeds.once(random -> {
      for (int columns : COLUMNS) {
        RowMatrix matrix = Cases.matrix(random, ROWS, columns);
        for (int count : COUNTS) {
          for (int offset : Cases.offsets()) {
            compareDot(random, matrix, count, offset, 0);
          }
        }
      }
    });
  }

  @Test
  void dotProductsWithSparseVectorsAgree() {
    Seeds.once(random -> {
      for (int columns : new int[] {1, 3, 16, 33, 1021}) {
        RowMatrix matrix = Cases.matrix(random, ROWS, columns);
        for (int count : COUNTS) {
          for (int size : Cases.sizes()) {
            compareSparse(random, matrix, count, size, 0);
          }
        }
      }
    });
  }

  @Test
  void specialNumbersGoTheSameWay() {
    Seeds.repeat(
        1000,
        random -> {
          RowMatrix matrix = Cases.matrix(random, ROWS, random.nextInt(1, 150));
          for (int i = 0; i < 4; i++) {
            int row = random.nextInt(ROWS);
            int at = matrix.offset(row) + random.nextInt(matrix.columns());
            Cases.sprinkle(random, matrix.chunk(row), at, at + 1, 1);
          }
          int count = random.nextInt(1, 20);
          compareAdd(random, matrix, count, 3, random.nextInt(3));
          compareDot(random, matrix, count, 1, random.nextInt(3));
          compareSparse(random, matrix, count, random.nextInt(1, 70), random.nextInt(3));
        });
  }

  @Test
  void gatheredRowsAreCopiesWithZeroPadding() {
    Seeds.once(random -> {
      for (int columns : COLUMNS) {
        RowMatrix matrix = Cases.matrix(random, ROWS, columns);
        for (int count : COUNTS) {
          int[] rows = Cases.rowNumbers(random, count, ROWS);
          for (Kernels kernels : new Kernels[] {SCALAR, VECTOR}) {
            Block block = Cases.block(random, count, columns);
            Block before = Cases.copy(block);
            kernels.gatherRows(matrix, rows, 3, count + 3, block);
            for (int p = 0; p < block.data().length; p++) {
              int row = block.stride() == 0 ? count : p / block.stride();
              int column = block.stride() == 0 ? 0 : p % block.stride();
              float expected =
                  row >= count
                      ? before.data()[p]
                      : column < columns ? matrix.at(rows[row + 3], column) : 0f;
              assertThat(Float.floatToRawIntBits(block.data()[p]))
                  .isEqualTo(Float.floatToRawIntBits(expected));
            }
          }
        }
      }
    });
  }

  @Test
  void rowsOfSeveralChunksAgree() {
    Seeds.once(random -> {
      int columns = 1 << 21;
      RowMatrix matrix = new RowMatrix(17, columns);
      assertThat(matrix.chunks().length).isEqualTo(3);
      for (int row = 0; row < 17; row++) {
        for (int column = row; column < columns; column += 4099) {
          matrix.set(row, column, Cases.number(random));
        }
      }
      compareAdd(random, matrix, 5, 1, 0);
      compareDot(random, matrix, 7, 1, 0);
      compareSparse(random, matrix, 7, 1000, 0);
    });
  }

  private static void compareAdd(
      SplittableRandom random, RowMatrix matrix, int count, int offset, int specials) {
    int columns = matrix.columns();
    int[] rows = Cases.rowNumbers(random, count, matrix.rows());
    float[] scales = Cases.numbers(random, 3, count);
    Cases.sprinkle(random, scales, 3, count + 3, specials);
    float[] out = Cases.numbers(random, offset, columns);
    float[] magnitudes = Cases.absolute(out, offset, offset + columns);
    SCALAR.addRows(
        Cases.absolute(matrix),
        rows,
        Cases.absolute(scales, 3, count + 3),
        3,
        count + 3,
        magnitudes,
        offset);
    float[] expected = out.clone();
    SCALAR.addRows(matrix, rows, scales, 3, count + 3, expected, offset);
    float[] actual = out.clone();
    VECTOR.addRows(matrix, rows, scales, 3, count + 3, actual, offset);
    Cases.assertSame(
        actual, expected, offset, offset + columns, magnitudes, count + 1, tiny(count));
  }

  private static void compareDot(
      SplittableRandom random, RowMatrix matrix, int count, int offset, int specials) {
    int[] rows = Cases.rowNumbers(random, count, matrix.rows());
    int columns = matrix.columns();
    float[] x = Cases.numbers(random, offset, matrix.stride());
    Cases.sprinkle(random, x, offset, offset + columns, specials);
    float[] magnitudes = Cases.guarded(3, count);
    SCALAR.dotRows(
        Cases.absolute(matrix),
        rows,
        3,
        count + 3,
        Cases.absolute(x, offset, offset + columns),
        offset,
        magnitudes);
    float[] expected = Cases.guarded(3, count);
    SCALAR.dotRows(matrix, rows, 3, count + 3, x, offset, expected);
    float[] actual = Cases.guarded(3, count);
    VECTOR.dotRows(matrix, rows, 3, count + 3, x, offset, actual);
    Cases.assertSame(actual, expected, 3, count + 3, magnitudes, columns, tiny(columns));
  }

  private static void compareSparse(
      SplittableRandom random, RowMatrix matrix, int count, int size, int specials) {
    int[] rows = Cases.rowNumbers(random, count, matrix.rows());
    int[] indices = new int[size + 2];
    Arrays.fill(indices, -1);
    for (int j = 1; j <= size; j++) {
      indices[j] = random.nextInt(matrix.columns());
    }
    float[] values = Cases.numbers(random, 1, size);
    Cases.sprinkle(random, values, 1, size + 1, specials);
    float[] magnitudes = Cases.guarded(3, count);
    SCALAR.dotRowsSparse(
        Cases.absolute(matrix),
        rows,
        3,
        count + 3,
        indices,
        Cases.absolute(values, 1, size + 1),
        1,
        size + 1,
        magnitudes);
    float[] expected = Cases.guarded(3, count);
    SCALAR.dotRowsSparse(matrix, rows, 3, count + 3, indices, values, 1, size + 1, expected);
    float[] actual = Cases.guarded(3, count);
    VECTOR.dotRowsSparse(matrix, rows, 3, count + 3, indices, values, 1, size + 1, actual);
    Cases.assertSame(actual, expected, 3, count + 3, magnitudes, size, tiny(size));
  }

  /// What rounding of subnormal products may add up to.
  private static double tiny(int terms) {
    return terms * (double) Float.MIN_VALUE;
  }
}
