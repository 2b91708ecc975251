package org.fovea.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.fovea.MalformedDataException;
import org.fovea.kernel.SparsePattern;
import org.fovea.model.tensor.ElementType;
import org.fovea.model.tensor.Safetensors;
import org.fovea.model.tensor.SafetensorsFile;
import org.fovea.model.tensor.TensorData;
import org.fovea.model.tensor.Tensors;
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

class ConnectionFilesTest {

  private static final int NEURONS = 7;

  @TempDir private Path folder;

  @Test
  void inputsAreReadAsTheyWereWritten() {
    Seeds.repeat(
        40,
        random -> {
          // on both sides of one, two and three bytes
          int[] widths = {1, 2, 255, 256, 257, 65_535, 65_536, 65_537, 1 << 24, (1 << 24) + 1};
          int inputs = widths[random.nextInt(widths.length)];
          SparsePattern pattern = pattern(random, inputs);
          assertSame(read(write(packed(pattern)), inputs), pattern);
        });
  }

  @Test
  void aConnectionTakesAsManyBytesAsItsInputNeeds() {
    assertThat(InputNumbers.width(1)).isEqualTo(1);
    assertThat(InputNumbers.width(256)).isEqualTo(1);
    assertThat(InputNumbers.width(257)).isEqualTo(2);
    assertThat(InputNumbers.width(1 << 16)).isEqualTo(2);
    assertThat(InputNumbers.width(1 << 24)).isEqualTo(3);
    assertThat(InputNumbers.width((1 << 24) + 1)).isEqualTo(4);
    assertThat(InputNumbers.width(Integer.MAX_VALUE)).isEqualTo(4);
  }

  @Test
  void readsModelsWithOffsetsAndLongInputs() {
    SparsePattern pattern = pattern(new SplittableRandom(5), 300);
    List<TensorData> tensors =
        List.of(
            Tensors.longs("hidden.0.offsets", pattern.offsets()),
            Tensors.ints("hidden.0.inputs", pattern.indexChunks()[0]));
    assertSame(read(write(tensors), 300), pattern);
  }

  @Test
  void refusesWhatIsNoPattern() {
    byte[] none = {};
    byte[] two = {4, 9};
    refuses(tensors(new int[] {2, 0, 0, 0, 0, 0, 1}, two, 1), "shape");
    refuses(tensors(new int[] {2, 0, 0, 0, 0, 0, -1}, two, 1), "shape");
    refuses(tensors(new int[] {0, 0, 0, 0, 0, 0, -1}, none, 1), "from 0 to -1");
    refuses(tensors(new int[] {3, -1, 0, 0, 0, 0, 0}, two, 1), "negative");
    refuses(tensors(new int[] {2, 0, 0, 0, 0, 0, 0}, new byte[] {9, 4}, 1), "ascend");
    refuses(tensors(new int[] {2, 0, 0, 0, 0, 0, 0}, new byte[] {4, -1}, 1), "ascend");
    refuses(tensors(new int[] {1, 0, 0, 0, 0, 0, 0}, two, 2), "shape");
    refuses(tensors(new int[] {2}, two, 1), "shape");
  }

  private void refuses(List<TensorData> tensors, String why) {
    assertThatThrownBy(() -> read(write(tensors), 100))
        .isInstanceOf(MalformedDataException.class)
        .hasMessageContaining(why);
  }

  private static List<TensorData> tensors(int[] counts, byte[] inputs, int width) {
    return List.of(
        Tensors.ints("hidden.0.counts", counts),
        Tensors.bytes("hidden.0.inputs", inputs, inputs.length / width, width));
  }

  private static List<TensorData> packed(SparsePattern pattern) {
    return List.of(
        Tensors.of(
            "hidden.0.counts",
            ElementType.INT32,
            new long[] {pattern.rows()},
            sink -> InputNumbers.writeCounts(pattern, sink)),
        Tensors.of(
            "hidden.0.inputs",
            ElementType.UINT8,
            new long[] {pattern.count(), InputNumbers.width(pattern.columns())},
            sink -> InputNumbers.write(pattern, sink)));
  }

  private static SparsePattern pattern(SplittableRandom random, int inputs) {
    List<TreeSet<Integer>> rows = new ArrayList<>();
    int count = 0;
    for (int row = 0; row < NEURONS; row++) {
      TreeSet<Integer> columns = new TreeSet<>();
      int wanted = random.nextInt(Math.min(inputs, 30) + 1);
      while (columns.size() < wanted) {
        columns.add(random.nextInt(4) == 0 ? inputs - 1 : random.nextInt(inputs));
      }
      rows.add(columns);
      count += wanted;
    }
    SparsePattern.Builder builder = new SparsePattern.Builder(NEURONS, inputs, count);
    for (int row = 0; row < NEURONS; row++) {
      for (int column : rows.get(row)) {
        builder.add(row, column);
      }
    }
    return builder.build();
  }

  private Path write(List<TensorData> tensors) {
    try {
      Path path = Files.createTempFile(folder, "connections", ".safetensors");
      try (OutputStream out = Files.newOutputStream(path)) {
        Safetensors.write(tensors, Map.of(), out);
      }
      return path;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static SparsePattern read(Path path, int inputs) {
    try (SafetensorsFile file = SafetensorsFile.open(path)) {
      return ConnectionFiles.patterns("connections", file, spec(inputs)).getFirst();
    }
  }

  private static NetworkSpec spec(int inputs) {
    return new NetworkSpec(
        new InputSpec(inputs, InputSpec.Weighting.NONE, 0),
        List.of(
            new LayerSpec.Sparse(
                NEURONS,
                new Activation.Relu(),
                1,
                0,
                new Topology.ErdosRenyi(1),
                Evolution.Preset.SET)),
        new OutputSpec(
            3,
            new Loss.Softmax(),
            new Selection.All(),
            0,
            new Direct.None(),
            OutputSpec.Initialization.ZERO,
            Optional.empty()));
  }

  private static void assertSame(SparsePattern actual, SparsePattern expected) {
    assertThat(actual.offsets()).isEqualTo(expected.offsets());
    for (long p = 0; p < expected.count(); p++) {
      assertThat(actual.column(p)).isEqualTo(expected.column(p));
    }
  }
}
