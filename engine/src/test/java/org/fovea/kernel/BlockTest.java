package org.fovea.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.fovea.testkit.Seeds;
import org.junit.jupiter.api.Test;

class BlockTest {

  @Test
  void padsRowsToMultiplesOfSixteen() {
    assertThat(new Block(3, 0).stride()).isZero();
    assertThat(new Block(3, 1).stride()).isEqualTo(16);
    assertThat(new Block(3, 16).stride()).isEqualTo(16);
    assertThat(new Block(3, 17).stride()).isEqualTo(32);
    assertThat(new Block(3, 17).offset(2)).isEqualTo(64);
  }

  @Test
  void keepsItsArrayWhenItShrinksAndGrowsBack() {
    Block block = new Block(10, 100);
    float[] data = block.data();
    block.resize(2, 3);
    assertThat(block.data()).isSameAs(data);
    assertThat(block.rows()).isEqualTo(2);
    assertThat(block.columns()).isEqualTo(3);
    block.resize(10, 100);
    assertThat(block.data()).isSameAs(data);
    block.resize(11, 100);
    assertThat(block.data().length).isGreaterThanOrEqualTo(11 * 112);
  }

  @Test
  void clearsRowsWithTheirPaddingAndNoOthers() {
    Block block = Cases.block(Seeds.fixed(1), 4, 20);
    float kept = block.at(3, 19);
    block.clearRows(1, 3);
    assertThat(block.at(3, 19)).isEqualTo(kept);
    for (int p = block.offset(1); p < block.offset(3); p++) {
      assertThat(block.data()[p]).isZero();
    }
    block.clear();
    assertThat(block.at(3, 19)).isZero();
    assertThat(block.at(0, 0)).isZero();
  }

  @Test
  void transposesEveryShapeAndZeroesThePadding() {
    Seeds.once(random -> {
      for (int rows : new int[] {0, 1, 5, 16, 17, 40}) {
        for (int columns : new int[] {0, 1, 5, 16, 17, 40}) {
          Block block = Cases.block(random, rows, columns);
          Block transpose = Cases.block(random, 50, 50);
          block.transposeInto(transpose);
          assertThat(transpose.rows()).isEqualTo(columns);
          assertThat(transpose.columns()).isEqualTo(rows);
          for (int column = 0; column < columns; column++) {
            for (int row = 0; row < transpose.stride(); row++) {
              assertThat(transpose.at(column, row))
                  .isEqualTo(row < rows ? block.at(row, column) : 0f);
            }
          }
        }
      }
    });
  }

  @Test
  void refusesBlocksLargerThanAnArray() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Block(1 << 20, 1 << 12))
        .withMessageContaining("1048576 x 4096");
  }
}
