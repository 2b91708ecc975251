package org.fovea.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.BiConsumer;
import org.fovea.data.Batch;
import org.fovea.kernel.ConnectionMove;
import org.fovea.kernel.SparseMatrix;
import org.fovea.kernel.SparsePattern;
import org.fovea.spec.LayerSpec;
import org.fovea.spec.NetworkSpec;
import org.fovea.testkit.Seeds;
import org.junit.jupiter.api.Test;

/// What changes of structure keep, over random networks with every activation.
class StructureChangeTest {

  private static final UpdaterFactory DESCENT =
      (values, role) ->
          (row, gradient, from, rate) -> {
            for (int i = 0; i < values.columns(); i++) {
              values.set(row, i, values.at(row, i) - rate * gradient[from + i]);
            }
          };

  @Test
  void removingNeuronsWithoutInputsKeepsTheFunction() {
    Set<String> seen = new HashSet<>();
    Seeds.repeat(
        600,
        random ->
            keepsTheFunction(
                random,
                (network, layer) -> {
                  int[] rows = some(network, layer, random);
                  seen.add(network.sparse().get(layer).spec().activation().getClass().getName());
                  cut(network, layer, rows, false);
                },
                (network, layer) -> remove(network, layer)));
    assertThat(seen).hasSize(7);
  }

  @Test
  void removingNeuronsThatNobodyReadsKeepsTheFunction() {
    Seeds.repeat(
        300,
        random ->
            keepsTheFunction(
                random,
                (network, layer) -> {
                  int[] rows = some(network, layer, random);
                  if (layer + 1 < network.connections().size() && reads(network, layer)) {
                    cut(network, layer + 1, rows, true);
                  } else {
                    cut(network, layer, rows, false);
                  }
                },
                (network, layer) -> remove(network, layer)));
  }

  @Test
  void addingAndRenumberingKeepTheFunction() {
    Seeds.repeat(
        300,
        random ->
            keepsTheFunction(
                random,
                (_, _) -> {},
                (network, layer) -> {
                  network.apply(new StructureChange.RowsAdded(layer, random.nextInt(5)));
                  int neurons = network.sparse().get(layer).spec().neurons();
                  int[] origins = new int[neurons];
                  for (int i = 0; i < neurons; i++) {
                    int other = random.nextInt(i + 1);
                    origins[i] = origins[other];
                    origins[other] = i;
                  }
                  network.apply(new StructureChange.RowsRenumbered(layer, origins));
                }));
  }

  /// Rows that [#some] chose last, so that preparation and change agree.
  private int[] chosen = new int[0];

  private int[] some(Network network, int layer, SplittableRandom random) {
    int neurons = network.sparse().get(layer).spec().neurons();
    int kept = random.nextInt(neurons);
    double share = random.nextDouble();
    int[] rows = new int[neurons];
    int size = 0;
    for (int row = 0; row < neurons; row++) {
      if (row != kept && random.nextDouble() < share) {
        rows[size++] = row;
      }
    }
    chosen = Arrays.copyOf(rows, size);
    return chosen;
  }

  private void remove(Network network, int layer) {
    int before = network.sparse().get(layer).spec().neurons();
    network.apply(new StructureChange.RowsRemoved(layer, chosen));
    assertThat(network.sparse().get(layer).spec().neurons()).isEqualTo(before - chosen.length);
    assertThat(network.connections().get(layer).matrix().pattern().rows())
        .isEqualTo(before - chosen.length);
  }

  /// Whether the next sparse layer stands directly above.
  private static boolean reads(Network network, int layer) {
    return network.connections().get(layer + 1).matrix().pattern().columns()
            == network.sparse().get(layer).spec().neurons()
        && network.spec().hidden().stream().allMatch(hidden -> hidden instanceof LayerSpec.Sparse);
  }

  /// Drops all connections of some rows or columns.
  private static void cut(Network network, int layer, int[] which, boolean columns) {
    SparseMatrix matrix = network.connections().get(layer).matrix();
    SparsePattern pattern = matrix.pattern();
    Set<Integer> gone = new HashSet<>();
    for (int number : which) {
      gone.add(number);
    }
    long[] dropped = ConnectionMove.noneOf(matrix.count());
    for (long p = 0; p < matrix.count(); p++) {
      if (gone.contains(columns ? pattern.column(p) : pattern.rowOf(p))) {
        dropped[(int) (p >>> 6)] |= 1L << p;
      }
    }
    ConnectionMove move = new ConnectionMove(dropped, new long[0], new float[0]);
    long left = matrix.count() - move.droppedCount();
    network.apply(new StructureChange.ConnectionsMoved(layer, move));
    assertThat(network.connections().get(layer).matrix().count()).isEqualTo(left);
  }

  private static void keepsTheFunction(
      SplittableRandom random,
      BiConsumer<Network, Integer> preparation,
      BiConsumer<Network, Integer> change) {
    NetworkSpec spec;
    Network network;
    Batch batch;
    int layer;
    NaiveNetwork before;
    do {
      // until none of its neurons is at a kink
      RandomNetworks networks = new RandomNetworks(random);
      spec = networks.sparseSpec();
      network = networks.network(spec, DESCENT);
      batch = networks.batch(spec, 1 + random.nextInt(10));
      layer = random.nextInt(network.sparse().size());
      preparation.accept(network, layer);
      before = new NaiveNetwork(network);
      before.loss(batch);
    } while (before.margin() < 1e-5);
    change.accept(network, layer);
    NaiveNetwork after = new NaiveNetwork(network);
    TopK[] best = new TopK[batch.exampleCount()];
    for (int e = 0; e < best.length; e++) {
      best[e] = new TopK(spec.output().labels());
    }
    new Predictor(network).predict(batch, best);
    for (int e = 0; e < best.length; e++) {
      double[] scores = before.scores(batch, e);
      double[] now = after.scores(batch, e);
      for (int label = 0; label < scores.length; label++) {
        assertThat(now[label])
            .isCloseTo(scores[label], within(2e-6 * (1 + Math.abs(scores[label]))));
      }
      best[e].rank();
      for (int place = 0; place < best[e].size(); place++) {
        assertThat((double) best[e].score(place))
            .isCloseTo(scores[best[e].id(place)], within(1e-3));
      }
    }
    double loss = new BatchPass(network, Team.single(), 0).train(batch, 1, 0, 0.1f, 0.1f);
    double expected = after.loss(batch);
    assertThat(loss / batch.exampleCount()).isCloseTo(expected, within(1e-4 * (1 + expected)));
  }

  @Test
  void refusesNumbersThatAreNoNeurons() {
    RandomNetworks networks = new RandomNetworks(new SplittableRandom(4));
    Network network = networks.network(networks.sparseSpec(), DESCENT);
    int neurons = network.sparse().getFirst().spec().neurons();
    assertThatThrownBy(
            () -> network.apply(new StructureChange.RowsRemoved(0, Restructuring.same(neurons))))
        .hasMessageContaining("all %d neurons".formatted(neurons));
    assertThatThrownBy(() -> network.apply(new StructureChange.RowsRemoved(0, new int[] {neurons})))
        .hasMessageContaining("must ascend below %d, unlike %d".formatted(neurons, neurons));
    assertThatThrownBy(() -> network.apply(new StructureChange.RowsAdded(9, 1)))
        .hasMessageContaining("none of number 9");
    assertThatThrownBy(() -> network.apply(new StructureChange.RowsRenumbered(0, new int[neurons])))
        .hasMessageContaining("each once, unlike 0");
  }
}
