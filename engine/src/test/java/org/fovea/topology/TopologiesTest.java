package org.fovea.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.fovea.MalformedDataException;
import org.fovea.kernel.SparsePattern;
import org.fovea.network.StreamRandom;
import org.fovea.spec.Activation;
import org.fovea.spec.Direct;
import org.fovea.spec.Evolution;
import org.fovea.spec.InputSpec;
import org.fovea.spec.LayerSpec;
import org.fovea.spec.Loss;
import org.fovea.spec.NetworkSpec;
import org.fovea.spec.OutputSpec;
import org.fovea.spec.Selection;
import org.fovea.spec.Topology;
import org.fovea.testkit.Seeds;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TopologiesTest {

  @TempDir private Path folder;

  static NetworkSpec network(int inputs, List<Integer> widths, Topology topology, int labels) {
    List<LayerSpec> hidden =
        widths.stream()
            .<LayerSpec>map(neurons ->
                new LayerSpec.Sparse(
                    neurons, new Activation.Relu(), 1, 0, topology, Evolution.Preset.STATIC))
            .toList();
    return new NetworkSpec(
        new InputSpec(inputs, InputSpec.Weighting.NONE, 0),
        hidden,
        new OutputSpec(
            labels,
            new Loss.Softmax(),
            new Selection.All(),
            0,
            new Direct.None(),
            OutputSpec.Initialization.ZERO,
            Optional.of(new OutputSpec.Sparse(topology, Evolution.Preset.STATIC))));
  }

  @Test
  void drawsAsManyConnectionsAsAskedForAndNoneTwice() {
    Seeds.repeat(
        200,
        random -> {
          Topology topology =
              switch (random.nextInt(5)) {
                case 0 -> new Topology.Full();
                case 1 -> new Topology.Uniform(0.01 + 0.99 * random.nextDouble());
                case 2 -> new Topology.ErdosRenyi(0.5 + 20 * random.nextDouble());
                case 3 -> new Topology.Overall(0.05 + 0.9 * random.nextDouble());
                default -> new Topology.FanIn(1 + random.nextInt(30));
              };
          List<Integer> widths = List.of(1 + random.nextInt(80), 1 + random.nextInt(80));
          NetworkSpec spec =
              network(1 + random.nextInt(80), widths, topology, 1 + random.nextInt(20));
          List<SparsePattern> patterns = Topologies.draw(spec, random.nextLong());
          long[] counts = Topologies.counts(spec);
          assertThat(patterns).hasSize(3);
          for (int i = 0; i < counts.length; i++) {
            // the builder of a pattern refuses places that do not ascend
            assertThat(patterns.get(i).count()).as("%s", topology).isEqualTo(counts[i]);
          }
        });
  }

  @Test
  void solvesAllLayersOfAnOverallDensityTogether() {
    long[] counts =
        Topologies.counts(network(3072, List.of(1024, 1024), new Topology.Overall(0.05), 10));
    assertThat(counts).containsExactly(133_325, 66_662, 10_240);
  }

  @Test
  void connectsEveryPlaceAsOftenAsAnother() {
    int[] hits = new int[12];
    int rounds = 6_000;
    for (int round = 0; round < rounds; round++) {
      SparsePattern pattern =
          Topologies.draw(network(3, List.of(4), new Topology.Uniform(0.42), 1), round).getFirst();
      for (int row = 0; row < 4; row++) {
        for (long p = pattern.offset(row); p < pattern.offset(row + 1); p++) {
          hits[row * 3 + pattern.column(p)]++;
        }
      }
    }
    // 5 of 12 places each time; six standard deviations are 230
    for (int place = 0; place < hits.length; place++) {
      assertThat(hits[place]).as("place %d", place).isBetween(2_500 - 230, 2_500 + 230);
    }
  }

  @Test
  void neverFormsThePlacesThatItDoesNotConnect() {
    // 10^13 places
    SparsePattern pattern =
        Topologies.draw(network(10_000_000, List.of(1_000_000), new Topology.ErdosRenyi(0.1), 1), 7)
            .getFirst();
    assertThat(pattern.count()).isEqualTo(1_100_000);
  }

  @Test
  void givesEveryNeuronTheSameNumberOfConnections() {
    SparsePattern pattern =
        Topologies.draw(network(50, List.of(20), new Topology.FanIn(7), 3), 1).getFirst();
    for (int row = 0; row < 20; row++) {
      assertThat(pattern.offset(row + 1) - pattern.offset(row)).isEqualTo(7);
    }
  }

  @Test
  void readsConnectionsFromAFile() throws IOException {
    Path file = folder.resolve("edges.txt");
    Files.writeString(file, "# input neuron\n2 0\n\n0 1\n  1\t1\n");
    SparsePattern pattern = EdgeList.read(file, 3, 2);
    assertThat(pattern.count()).isEqualTo(3);
    assertThat(pattern.contains(0, 2)).isTrue();
    assertThat(pattern.contains(1, 0)).isTrue();
    assertThat(pattern.contains(1, 1)).isTrue();
  }

  @Test
  void refusesConnectionsThatAreNone() throws IOException {
    refuses("0 0\n3 1\n", "2:1: input 3 is not one of the layer's 3");
    refuses("0 2\n", "1:1: neuron 2 is not one of the layer's 2");
    refuses("0 -1\n", "neuron -1");
    refuses("0 x\n", "expected a number for the neuron, got 'x'");
    refuses("0 1 2\n", "expected an input and a neuron, got '0 1 2'");
    refuses("0 1\n0 1\n", "the connection from input 0 to neuron 1 comes twice");
  }

  private void refuses(String text, String message) throws IOException {
    Path file = folder.resolve("wrong.txt");
    Files.writeString(file, text);
    assertThatThrownBy(() -> EdgeList.read(file, 3, 2))
        .isInstanceOf(MalformedDataException.class)
        .hasMessageContaining(message);
  }

  @Test
  void drawsSubsetsOfAnySize() {
    Seeds.repeat(
        300,
        random -> {
          long n = 1 + random.nextLong(random.nextBoolean() ? 50 : 1L << 40);
          int count = (int) Math.min(n, random.nextInt(200));
          StreamRandom stream = new StreamRandom();
          stream.place(random.nextLong(), 0, 0, 0);
          long[] chosen = RandomSubset.sorted(n, count, stream);
          assertThat(chosen).hasSize(count).doesNotHaveDuplicates().isSorted();
          for (long number : chosen) {
            assertThat(number).isBetween(0L, n - 1);
          }
        });
  }
}
