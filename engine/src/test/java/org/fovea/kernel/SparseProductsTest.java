package org.fovea.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.fovea.kernel.Cases.SCALAR;
import static org.fovea.kernel.Cases.VECTOR;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.fovea.testkit.Seeds;
import org.junit.jupiter.api.Test;

class SparseProductsTest {

  private static final int CASES = 300;
  private static final SparseScratch SCRATCH = new SparseScratch();

  @Test
  void productsAgree() {
    Seeds.repeat(
        CASES,
        random -> {
          SparseMatrix w = SparseCases.matrix(random, random.nextInt(40), 1 + random.nextInt(60));
          int batch = batch(random);
          UnitBlock x = SparseCases.units(random, w.pattern().columns(), batch, false);
          UnitBlock y = SparseCases.units(random, w.pattern().rows(), batch, false);
          UnitBlock expected = SparseCases.copy(y);
          UnitBlock sizes = SparseCases.absolute(y);
          int from = random.nextInt(w.pattern().rows() + 1);
          int to = random.nextInt(from, w.pattern().rows() + 1);
          SCALAR.multiplySparse(
              SparseCases.absolute(w), SparseCases.absolute(x), sizes, from, to, SCRATCH);
          SCALAR.multiplySparse(w, x, expected, from, to, SCRATCH);
          VECTOR.multiplySparse(w, x, y, from, to, SCRATCH);
          same(y, expected, from, to, sizes, w.pattern().columns());
        });
  }

  @Test
  void transposedProductsAgree() {
    Seeds.repeat(
        CASES,
        random -> {
          SparseMatrix w = SparseCases.matrix(random, 1 + random.nextInt(60), random.nextInt(40));
          int batch = batch(random);
          int columns = w.pattern().columns();
          UnitBlock y = SparseCases.units(random, w.pattern().rows(), batch, true);
          UnitBlock x = SparseCases.units(random, columns, batch, false);
          UnitBlock expected = SparseCases.copy(x);
          UnitBlock sizes = new UnitBlock(columns, batch);
          int from = random.nextInt(columns + 1);
          int to = random.nextInt(from, columns + 1);
          SCALAR.multiplySparseTransposed(
              SparseCases.absolute(w), SparseCases.absolute(y), sizes, from, to, SCRATCH);
          SCALAR.multiplySparseTransposed(w, y, expected, from, to, SCRATCH);
          VECTOR.multiplySparseTransposed(w, y, x, from, to, SCRATCH);
          same(x, expected, from, to, sizes, w.pattern().rows());
        });
  }

  @Test
  void gradientsAgree() {
    Seeds.repeat(
        CASES,
        random -> {
          SparseMatrix w = SparseCases.matrix(random, 1 + random.nextInt(40), random.nextInt(40));
          int batch = batch(random);
          UnitBlock x = SparseCases.units(random, w.pattern().columns(), batch, false);
          UnitBlock dy = SparseCases.units(random, w.pattern().rows(), batch, true);
          long from = random.nextLong(w.count() + 1);
          long to = random.nextLong(from, w.count() + 1);
          int n = (int) (to - from);
          float[] actual = Cases.guarded(0, n);
          float[] expected = Cases.guarded(0, n);
          float[] sizes = new float[actual.length];
          SCALAR.sparseGradients(
              w.pattern(),
              SparseCases.absolute(dy),
              SparseCases.absolute(x),
              from,
              to,
              sizes,
              SCRATCH);
          SCALAR.sparseGradients(w.pattern(), dy, x, from, to, expected, SCRATCH);
          VECTOR.sparseGradients(w.pattern(), dy, x, from, to, actual, SCRATCH);
          Cases.assertSame(actual, expected, 0, n, sizes, batch + 1, 0);
        });
  }

  @Test
  void bitsDoNotDependOnTheSplit() {
    Seeds.repeat(
        CASES,
        random -> {
          SparseMatrix w = SparseCases.matrix(random, 1 + random.nextInt(40), random.nextInt(40));
          int rows = w.pattern().rows();
          int batch = batch(random);
          UnitBlock x = SparseCases.units(random, w.pattern().columns(), batch, false);
          UnitBlock dy = SparseCases.units(random, rows, batch, true);
          UnitBlock whole = new UnitBlock(rows, batch);
          UnitBlock parts = new UnitBlock(rows, batch);
          int cut = random.nextInt(rows);
          VECTOR.multiplySparse(w, x, whole, 0, rows, SCRATCH);
          VECTOR.multiplySparse(w, x, parts, cut, rows, SCRATCH);
          VECTOR.multiplySparse(w, x, parts, 0, cut, SCRATCH);
          assertThat(parts.data()).isEqualTo(whole.data());
          float[] all = new float[(int) w.count()];
          VECTOR.sparseGradients(w.pattern(), dy, x, 0, w.count(), all, SCRATCH);
          for (int p = 0; p < all.length; p++) {
            float[] one = new float[1];
            VECTOR.sparseGradients(w.pattern(), dy, x, p, p + 1, one, SCRATCH);
            assertThat(one[0]).isEqualTo(all[p]);
          }
        });
  }

  @Test
  void bitsDoNotDependOnCells() {
    Seeds.repeat(
        CASES,
        random -> {
          SparseMatrix w = SparseCases.matrix(random, 1 + random.nextInt(60), random.nextInt(60));
          int rows = w.pattern().rows();
          int columns = w.pattern().columns();
          int batch = batch(random);
          // cells of a few units, however few connections they have
          int floats = UnitBlock.stride(batch) * (1 + random.nextInt(12));
          SparseCells small = new SparseCells(floats, floats, 0, 0, 0, 0);
          VectorSparse inCells = new VectorSparse(small);
          VectorSparse atOnce = new VectorSparse(SparseCells.MEASURED);
          UnitBlock x = SparseCases.units(random, columns, batch, true);
          UnitBlock dy = SparseCases.units(random, rows, batch, true);
          UnitBlock y = SparseCases.units(random, rows, batch, true);
          UnitBlock expected = SparseCases.copy(y);
          int top = random.nextInt(rows + 1);
          int bottom = random.nextInt(top, rows + 1);
          inCells.multiply(w, x, y, top, bottom, SCRATCH);
          atOnce.multiply(w, x, expected, top, bottom, SCRATCH);
          assertThat(y.data()).isEqualTo(expected.data());
          UnitBlock dx = new UnitBlock(columns, batch);
          UnitBlock expectedDx = new UnitBlock(columns, batch);
          int left = random.nextInt(columns + 1);
          int right = random.nextInt(left, columns + 1);
          inCells.multiplyTransposed(w, dy, dx, left, right, SCRATCH);
          atOnce.multiplyTransposed(w, dy, expectedDx, left, right, SCRATCH);
          assertThat(dx.data()).isEqualTo(expectedDx.data());
          long from = random.nextLong(w.count() + 1);
          long to = random.nextLong(from, w.count() + 1);
          float[] gradients = new float[(int) (to - from)];
          float[] expectedGradients = new float[gradients.length];
          inCells.gradients(w.pattern(), dy, x, from, to, gradients, SCRATCH);
          atOnce.gradients(w.pattern(), dy, x, from, to, expectedGradients, SCRATCH);
          assertThat(gradients).isEqualTo(expectedGradients);
        });
  }

  @Test
  void expandedPiecesGiveTheSameNumbers() {
    VectorSparse connections = new VectorSparse(SparseCells.MEASURED);
    Seeds.repeat(
        25,
        random -> {
          SparseMatrix w =
              SparseCases.matrix(random, 1 + random.nextInt(320), 1 + random.nextInt(320));
          int rows = w.pattern().rows();
          int columns = w.pattern().columns();
          int batch = UnitBlock.NARROW + 1 + random.nextInt(200);
          UnitBlock x = SparseCases.units(random, columns, batch, false);
          UnitBlock y = SparseCases.units(random, rows, batch, false);
          UnitBlock expected = SparseCases.copy(y);
          int top = random.nextInt(rows + 1);
          int bottom = random.nextInt(top, rows + 1);
          VectorExpanded.multiply(w, x, y, top, bottom, SCRATCH);
          connections.multiply(w, x, expected, top, bottom, SCRATCH);
          assertThat(numbers(y)).isEqualTo(numbers(expected));
          UnitBlock dy = SparseCases.units(random, rows, batch, true);
          UnitBlock dx = SparseCases.units(random, columns, batch, false);
          UnitBlock expectedDx = SparseCases.copy(dx);
          int left = random.nextInt(columns + 1);
          int right = random.nextInt(left, columns + 1);
          VectorExpanded.multiplyTransposed(w, dy, dx, left, right, SCRATCH);
          connections.multiplyTransposed(w, dy, expectedDx, left, right, SCRATCH);
          assertThat(numbers(dx)).isEqualTo(numbers(expectedDx));
        });
  }

  @Test
  void layersWithManyConnectionsAreExpanded() {
    SplittableRandom random = new SplittableRandom(1);
    SparsePattern full = SparseCases.pattern(random, 40, 50, 2000);
    SparsePattern third = SparseCases.pattern(random, 40, 50, 600);
    SparsePattern few = SparseCases.pattern(random, 40, 50, 20);
    SparsePattern small = SparseCases.pattern(random, 10, 50, 500);
    assertThat(VectorExpanded.isForwardFaster(full, 128)).isTrue();
    assertThat(VectorExpanded.isForwardFaster(full, 16)).isFalse();
    assertThat(VectorExpanded.isForwardFaster(third, 128)).isFalse();
    assertThat(VectorExpanded.isBackwardFaster(full, 32)).isTrue();
    assertThat(VectorExpanded.isBackwardFaster(few, 128)).isFalse();
    assertThat(VectorExpanded.isBackwardFaster(small, 128)).isFalse();
  }

  @Test
  void sparseInputsGiveWhatDenseOnesGive() {
    Seeds.repeat(
        CASES,
        random -> {
          SparseMatrix w = SparseCases.matrix(random, 1 + random.nextInt(40), random.nextInt(40));
          int rows = w.pattern().rows();
          int batch = batch(random);
          UnitBlock x = SparseCases.units(random, w.pattern().columns(), batch, true);
          for (int unit = 0; unit < x.units(); unit++) {
            for (int e = 0; e < batch; e++) {
              if (random.nextInt(3) > 0) {
                x.data()[x.offset(unit) + e] = 0f;
              }
            }
          }
          SparseUnits entries = SparseCases.sparse(x);
          UnitBlock dense = new UnitBlock(rows, batch);
          UnitBlock sparse = new UnitBlock(rows, batch);
          SCALAR.multiplySparse(w, x, dense, 0, rows, SCRATCH);
          VECTOR.multiplySparse(w, entries, sparse, 0, rows);
          assertThat(sparse.data()).containsExactly(dense.data(), within(0f));
          UnitBlock dy = SparseCases.units(random, rows, batch, true);
          float[] expected = new float[(int) w.count()];
          float[] actual = new float[(int) w.count()];
          SCALAR.sparseGradients(w.pattern(), dy, x, 0, w.count(), expected, SCRATCH);
          VECTOR.sparseGradients(w.pattern(), dy, entries, 0, w.count(), actual);
          assertThat(actual).containsExactly(expected, within(0f));
        });
  }

  @Test
  void anExamplesLanesAreNotMixed() {
    // NaN of one example stays with it
    for (int batch : SparseCases.BATCHES) {
      SparseMatrix w = SparseCases.matrix(new SplittableRandom(batch), 5, 7);
      UnitBlock x = new UnitBlock(7, batch);
      for (int unit = 0; unit < 7; unit++) {
        x.data()[x.offset(unit)] = Float.NaN;
      }
      UnitBlock y = new UnitBlock(5, batch);
      VECTOR.multiplySparse(w, x, y, 0, 5, SCRATCH);
      for (int row = 0; row < 5; row++) {
        for (int e = 1; e < batch; e++) {
          assertThat(y.at(row, e)).isZero();
        }
      }
    }
  }

  /// What a batch holds, with one zero only.
  private static float[] numbers(UnitBlock batch) {
    float[] numbers = batch.data().clone();
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] += 0f;
    }
    return numbers;
  }

  private static int batch(SplittableRandom random) {
    return SparseCases.BATCHES[random.nextInt(SparseCases.BATCHES.length)];
  }

  private static void same(
      UnitBlock actual, UnitBlock expected, int from, int to, UnitBlock sizes, int terms) {
    int start = actual.offset(from);
    int end = actual.offset(to);
    float[] magnitudes = Arrays.copyOf(sizes.data(), expected.data().length);
    Cases.assertSame(actual.data(), expected.data(), start, end, magnitudes, terms + 2, 0);
  }
}
