package org.fovea.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class RowMatrixTest {

  @Test
  void keepsEveryFloatApartAcrossChunks() {
    RowMatrix matrix = new RowMatrix(40, 1 << 20);
    assertThat(matrix.chunks().length).isEqualTo(3);
    for (int row = 0; row < 40; row++) {
      matrix.set(row, 0, row);
      matrix.set(row, (1 << 20) - 1, -row);
    }
    for (int row = 0; row < 40; row++) {
      assertThat(matrix.at(row, 0)).isEqualTo(row);
      assertThat(matrix.at(row, (1 << 20) - 1)).isEqualTo(-row);
      assertThat(matrix.chunk(row)[matrix.offset(row)]).isEqualTo(row);
    }
  }

  @Test
  void padsLongRowsAndLeavesShortOnesAsTheyAre() {
    assertThat(new RowMatrix(2, 15).stride()).isEqualTo(15);
    assertThat(new RowMatrix(2, 16).stride()).isEqualTo(16);
    assertThat(new RowMatrix(2, 17).stride()).isEqualTo(32);
    assertThat(RowMatrix.bytes(5_000_000_000L, 17)).isEqualTo(640_000_000_000L);
  }

  @Test
  void startsPaddedRowsWhereLinesOfTheCacheStart() {
    int floatsBeforeTheFirstInABigArray = 16 / Float.BYTES;
    RowMatrix matrix = new RowMatrix(3, 17);
    for (int row = 0; row < 3; row++) {
      assertThat((floatsBeforeTheFirstInABigArray + matrix.offset(row)) % 16).isZero();
    }
    assertThat(new RowMatrix(3, 15).offset(2)).isEqualTo(30);
  }

  @Test
  void touchesEveryLineOfTheRowsItIsGiven() {
    RowMatrix matrix = new RowMatrix(5, 40);
    for (int row = 0; row < 5; row++) {
      for (int column = 0; column < 40; column++) {
        matrix.set(row, column, column % 16 == 0 ? 100 * row + column : Float.NaN);
      }
    }
    // the rows 3 and 1, at columns 0, 16 and 32
    assertThat(matrix.touch(new int[] {4, 3, 1, 0}, 1, 3)).isEqualTo(3 * 400 + 2 * 48);
    assertThat(matrix.touch(new int[] {4}, 0, 0)).isZero();
  }

  @Test
  void holdsNothing() {
    assertThat(new RowMatrix(0, 5).chunks().length).isZero();
    assertThat(new RowMatrix(5, 0).columns()).isZero();
  }

  @Test
  void refusesNegativeCounts() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new RowMatrix(-1, 5))
        .withMessageContaining("-1 x 5");
  }
}
