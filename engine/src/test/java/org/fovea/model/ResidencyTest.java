package org.fovea.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.SplittableRandom;
import org.fovea.data.Batch;
import org.fovea.network.ActiveSet;
import org.fovea.network.FeatureConnections;
import org.fovea.network.Network;
import org.fovea.network.Predictor;
import org.fovea.network.Team;
import org.fovea.network.TopK;
import org.fovea.network.page.DamagedPageException;
import org.fovea.residency.CacheStatistics;
import org.fovea.residency.PagedRows;
import org.fovea.selection.Selectors;
import org.fovea.selection.lsh.LshOptions;
import org.fovea.selection.lsh.PredictionIndex;
import org.fovea.spec.Residency;
import org.fovea.spec.Selection;
import org.fovea.testkit.Seeds;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Models whose output layer is not in the heap predict what they predict when it is.
class ResidencyTest {

  private static final int LABELS = 3_001;
  private static final int HIDDEN = 24;
  private static final int K = 7;
  private static final long BUDGET = 40_000;

  private static final List<Residency> ELSEWHERE =
      List.of(
          new Residency.Mapped(),
          new Residency.Suspended(BUDGET, 0),
          new Residency.Suspended(1, 2),
          new Residency.Suspended(1 << 24, 5));

  @TempDir private Path directory;

  private static TopK[] rankings(int count) {
    TopK[] best = new TopK[count];
    for (int e = 0; e < count; e++) {
      best[e] = new TopK(K);
    }
    return best;
  }

  private static TopK[] predicted(Network network, Batch batch) {
    TopK[] best = rankings(batch.exampleCount());
    new Predictor(network).predict(batch, best);
    for (TopK ranking : best) {
      ranking.rank();
    }
    return best;
  }

  private static void assertSame(TopK[] found, TopK[] expected, double tolerance) {
    for (int e = 0; e < expected.length; e++) {
      assertThat(found[e].toIds()).isEqualTo(expected[e].toIds());
      for (int i = 0; i < expected[e].size(); i++) {
        assertThat(found[e].score(i)).isCloseTo(expected[e].score(i), within((float) tolerance));
      }
    }
  }

  private void comparePredictions(Selection selection, int directEach) {
    WideModels.write(directory, LABELS, HIDDEN, selection, directEach);
    for (Residency residency : ELSEWHERE) {
      try (Model heap = Model.open(directory);
          Model elsewhere = Model.open(directory, residency)) {
        assertThat(elsewhere.network().parameterCount()).isEqualTo(heap.network().parameterCount());
        Seeds.repeat(
            3,
            random -> {
              Batch many = WideModels.examples(40, random);
              // the same products in the same order
              boolean same = selection instanceof Selection.All;
              assertSame(
                  predicted(elsewhere.network(), many),
                  predicted(heap.network(), many),
                  same ? 0 : 1e-5);
              Batch few = WideModels.examples(3, random);
              assertSame(predicted(elsewhere.network(), few), predicted(heap.network(), few), 1e-5);
            });
      }
    }
  }

  @Test
  void predictsTheSameFromADenseHiddenLayer() {
    comparePredictions(new Selection.All(), 0);
  }

  @Test
  void predictsTheSameFromSelectedNeurons() {
    comparePredictions(new Selection.TopK(6), 0);
  }

  @Test
  void predictsTheSameWithDirectConnections() {
    comparePredictions(new Selection.All(), 4);
  }

  @Test
  void findsTheSameLabelsThroughAnIndex() {
    WideModels.write(directory, LABELS, HIDDEN, new Selection.All(), 0);
    int[][] expected = throughIndex(new Residency.Heap());
    for (Residency residency : ELSEWHERE) {
      assertThat(throughIndex(residency)).isDeepEqualTo(expected);
    }
  }

  private int[][] throughIndex(Residency residency) {
    SplittableRandom random = Seeds.fixed(4);
    try (Model model = Model.open(directory, residency)) {
      FeatureConnections direct = FeatureConnections.of(model.network());
      Batch sample = WideModels.examples(100, random);
      Batch fresh = WideModels.examples(50, random);
      LshOptions options = new LshOptions(1, true, Team.single());
      try (PredictionIndex index =
          Selectors.forPrediction(model.network(), direct, sample, 0.9, options).index()) {
        TopK[] best = rankings(50);
        new Predictor(model.network(), direct)
            .predictSelected(fresh, best, new ActiveSet(LABELS), index, index.newScratch());
        int[][] ids = new int[50][];
        for (int e = 0; e < 50; e++) {
          best[e].rank();
          ids[e] = best[e].toIds();
        }
        return ids;
      }
    }
  }

  @Test
  void keepsWithinItsBudgetAndUsesIt() {
    WideModels.write(directory, LABELS, HIDDEN, new Selection.All(), 0);
    try (Model model = Model.open(directory, new Residency.Suspended(BUDGET, 0))) {
      Batch batch = WideModels.examples(20, Seeds.fixed(1));
      predicted(model.network(), batch);
      CacheStatistics once = statistics(model);
      predicted(model.network(), batch);
      CacheStatistics twice = statistics(model);
      assertThat(once.bytes()).isBetween(BUDGET / 2, BUDGET);
      assertThat(twice.peakBytes()).isLessThanOrEqualTo(BUDGET + 2_000);
      // scoring all labels displaces nothing: what fits is there the second time
      assertThat(twice.evictions()).isZero();
      assertThat(twice.hits() - once.hits()).isEqualTo(once.pages());
    }
  }

  private static CacheStatistics statistics(Model model) {
    PagedRows rows = (PagedRows) model.network().output().neurons().stored().orElseThrow();
    return rows.statistics().orElseThrow();
  }

  @Test
  void noticesAFileThatChangesAfterItWasOpened() throws IOException {
    WideModels.write(directory, LABELS, HIDDEN, new Selection.All(), 0);
    try (Model model = Model.open(directory, new Residency.Mapped())) {
      Path file = directory.resolve("weights.safetensors");
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
        ByteBuffer other = ByteBuffer.allocate(4).putInt(0x3f123456).flip();
        channel.write(other, channel.size() / 2);
      }
      Batch batch = WideModels.examples(9, Seeds.fixed(1));
      assertThatThrownBy(() -> predicted(model.network(), batch))
          .isInstanceOf(DamagedPageException.class)
          .hasMessageContaining("the file has changed since the model was opened");
    }
  }

  @Test
  void saysWhatCannotBeElsewhere() {
    WideModels.write(directory, LABELS, HIDDEN, new Selection.All(), 0);
    assertThatThrownBy(() -> new Residency.Suspended(0, 0))
        .hasMessage("budget must be positive, not 0");
    assertThatThrownBy(() -> new Residency.Suspended(1, -1))
        .hasMessage("retention must not be negative, but is -1");
    try (Model model = Model.open(directory, new Residency.Mapped())) {
      assertThat(model.network().output().neurons().neurons()).isEqualTo(LABELS);
    }
  }
}
