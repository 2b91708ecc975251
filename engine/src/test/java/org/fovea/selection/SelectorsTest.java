package org.fovea.selection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.fovea.kernel.Block;
import org.fovea.kernel.RowMatrix;
import org.fovea.network.ActiveSet;
import org.fovea.network.Selector;
import org.fovea.selection.lsh.HashedRows;
import org.fovea.spec.BucketPolicy;
import org.fovea.spec.HashFamily;
import org.fovea.spec.Rehash;
import org.fovea.spec.Retrieval;
import org.fovea.spec.Selection;
import org.fovea.spec.Sharing;
import org.fovea.testkit.Seeds;
import org.junit.jupiter.api.Test;

final class SelectorsTest {

  private static final int ROWS = 900;
  private static final int INPUTS = 12;

  @Test
  void padsBySetsOfTheSameKindAndCorrectsWhatWasDrawn() {
    Seeds.repeat(
        10,
        random -> {
          Selection.Sampled padding = new Selection.Sampled(40, 0.5, Sharing.EXAMPLE, true);
          int[] frequencies = new int[ROWS];
          for (int row = 0; row < ROWS; row++) {
            frequencies[row] = random.nextInt(50);
          }
          Block queries = normal(6, random);
          try (Selector selector =
              Selectors.create(
                  lsh(Optional.of(padding)), weights(random), bias(), frequencies, 5, true)) {
            assertThat(selector.shared()).isTrue();
            assertThat(selector.limit()).isEqualTo(100 + 40);
            ActiveSet set = new ActiveSet(ROWS);
            set.add(3);
            set.endRequired();
            selector.select(queries, 0, 6, set, selector.newScratch(), random, true);
            assertThat(set.size()).isBetween(101, 141);
            for (int place = 1; place < 101; place++) {
              assertThat(set.corrections()[place]).isZero();
            }
            for (int place = 101; place < set.size(); place++) {
              assertThat(set.corrections()[place]).isBetween(-8f, -0.5f);
            }
            assertThat(selector.work(selector.newScratch())).isZero();
          }
        });
  }

  @Test
  void refusesSelectionsThatNeedAllNetInputs() {
    SplittableRandom random = Seeds.fixed(1);
    for (Selection selection :
        List.of(new Selection.All(), new Selection.TopK(3), new Selection.AdaptiveDropout(3))) {
      assertThatIllegalArgumentException()
          .isThrownBy(
              () -> Selectors.create(selection, weights(random), bias(), new int[0], 1, true))
          .withMessageContaining("has no selector");
    }
  }

  @Test
  void refusesShapesAndHashesThatDoNotFit() {
    SplittableRandom random = Seeds.fixed(1);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new HashedRows(weights(random), new RowMatrix(3, 1)))
        .withMessage("expected 900 x 1 biases, not 3 x 1");
    Selection.Lsh clusters =
        new Selection.Lsh(
            new HashFamily.Clusters(10, 2),
            1,
            4,
            new BucketPolicy.Unbounded(),
            new Retrieval.Union(5),
            Optional.empty(),
            new Rehash.Every(1),
            Sharing.EXAMPLE);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Selectors.create(clusters, weights(random), bias(), new int[0], 1, true))
        .withMessage("clusters are one hash function a table: hashes must be 1, not 4");
  }

  private static Selection.Lsh lsh(Optional<Selection.Sampled> padding) {
    return new Selection.Lsh(
        new HashFamily.SimHash(true),
        10,
        4,
        new BucketPolicy.Reservoir(64),
        new Retrieval.MostFrequent(100),
        padding,
        new Rehash.Incremental(10),
        Sharing.BATCH);
  }

  private static RowMatrix weights(SplittableRandom random) {
    RowMatrix weights = new RowMatrix(ROWS, INPUTS);
    for (int row = 0; row < ROWS; row++) {
      for (int column = 0; column < INPUTS; column++) {
        weights.set(row, column, (float) random.nextGaussian());
      }
    }
    return weights;
  }

  private static RowMatrix bias() {
    return new RowMatrix(ROWS, 1);
  }

  private static Block normal(int count, SplittableRandom random) {
    Block block = new Block(count, INPUTS);
    for (int row = 0; row < count; row++) {
      for (int column = 0; column < INPUTS; column++) {
        block.data()[block.offset(row) + column] = (float) random.nextGaussian();
      }
    }
    return block;
  }
}
