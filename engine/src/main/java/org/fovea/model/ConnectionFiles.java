package org.fovea.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.fovea.MalformedDataException;
import org.fovea.kernel.SparsePattern;
import org.fovea.model.tensor.ElementType;
import org.fovea.model.tensor.SafetensorsFile;
import org.fovea.model.tensor.TensorData;
import org.fovea.model.tensor.TensorSource;
import org.fovea.model.tensor.Tensors;
import org.fovea.network.InputHistory;
import org.fovea.network.PlaceSketch;
import org.fovea.network.SparseConnections;
import org.fovea.spec.LayerSpec;
import org.fovea.spec.NetworkSpec;

/// Which connections the sparse layers of a network have, as tensors: up to 4 bytes a connection
/// beside the 4 of its weight.
///
/// `NAME.counts [neurons]` says how many connections each neuron has, `NAME.inputs [connections,
/// bytes]` which inputs they come from, ascending for each neuron, in as many bytes as the last
/// input needs ([InputNumbers]), and `NAME.law [1]` the bound of the first weights. Models of
/// earlier versions have `NAME.offsets [neurons + 1]` instead of counts and 32-bit inputs. The
/// weights themselves are the tensor `NAME.weight`, in pages of
/// [org.fovea.kernel.SparseMatrix#PAGE] filled up with zeros. Checkpoints also hold `NAME/tried`,
/// the filter of places that were ever connected, where evolution keeps one.
final class ConnectionFiles {

  private static final String COUNTS = ".counts";
  private static final String OFFSETS = ".offsets";
  private static final String INPUTS = ".inputs";
  private static final String LAW = ".law";
  private static final String EVER = ".ever";
  private static final String EPOCHS = "history.epochs";
  private static final String CONNECTIONS = "history.connections";
  private static final String TRIED = "/tried";

  private ConnectionFiles() {}

  static List<TensorData> tensors(SparseConnections layer) {
    SparsePattern pattern = layer.matrix().pattern();
    return List.of(
        Tensors.of(
            layer.name() + COUNTS,
            ElementType.INT32,
            new long[] {pattern.rows()},
            sink -> InputNumbers.writeCounts(pattern, sink)),
        Tensors.of(
            layer.name() + INPUTS,
            ElementType.UINT8,
            new long[] {pattern.count(), InputNumbers.width(pattern.columns())},
            sink -> InputNumbers.write(pattern, sink)),
        Tensors.floats(layer.name() + LAW, new float[] {layer.bound()}),
        Tensors.bytes(layer.name() + EVER, layer.everConnected().registers()));
  }

  /// What is known of the inputs' earlier connections.
  static List<TensorData> tensors(InputHistory history) {
    List<int[]> counts = history.counts();
    if (counts.isEmpty()) {
      return List.of();
    }
    int[] epochs = history.epochs().stream().mapToInt(Integer::intValue).toArray();
    return List.of(
        Tensors.ints(EPOCHS, epochs),
        Tensors.of(
            CONNECTIONS,
            ElementType.INT32,
            new long[] {epochs.length, counts.getFirst().length},
            sink -> counts.forEach(count -> sink.ints(count, 0, count.length))));
  }

  static List<TensorData> state(SparseConnections layer) {
    return layer.tried().length == 0
        ? List.of()
        : List.of(Tensors.ints(layer.name() + TRIED, layer.tried()));
  }

  /// The patterns of the sparse layers of a network, in its order.
  ///
  /// @param name of the file, for messages
  /// @throws MalformedDataException if they are not patterns of the spec's layers
  static List<SparsePattern> patterns(String name, SafetensorsFile file, NetworkSpec spec) {
    List<SparsePattern> patterns = new ArrayList<>();
    int inputs = spec.input().features();
    for (int i = 0; i < spec.hidden().size(); i++) {
      LayerSpec layer = spec.hidden().get(i);
      if (layer instanceof LayerSpec.Sparse) {
        patterns.add(pattern(name, file, "hidden." + i, layer.neurons(), inputs));
      }
      inputs = layer.neurons();
    }
    if (spec.output().sparse().isPresent()) {
      patterns.add(pattern(name, file, "output.sparse", spec.output().labels(), inputs));
    }
    return patterns;
  }

  private static SparsePattern pattern(
      String name, SafetensorsFile file, String layer, int neurons, int inputs) {
    long[] offsets = offsets(file, layer, neurons);
    TensorSource source = file.source(layer + INPUTS);
    long count = offsets[neurons];
    if (offsets[0] != 0 || count < 0) {
      throw malformed(
          name,
          "%s: connections must run from 0 on, not from %s to %s"
              .formatted(layer, offsets[0], count));
    }
    try {
      SparsePattern.Builder builder = new SparsePattern.Builder(neurons, inputs, count);
      InputNumbers numbers = new InputNumbers(source, count, inputs);
      int neuron = 0;
      for (long done = 0; done < count; done++) {
        while (neuron < neurons && offsets[neuron + 1] <= done) {
          neuron++;
        }
        builder.add(neuron, numbers.next());
      }
      SparsePattern pattern = builder.build();
      for (int row = 0; row < neurons; row++) {
        if (pattern.offset(row + 1) != offsets[row + 1]) {
          throw malformed(
              name, "%s: neuron %s has a negative number of connections".formatted(layer, row));
        }
      }
      return pattern;
    } catch (IllegalArgumentException e) {
      throw malformed(name, layer + INPUTS + ": " + e.getMessage()).because(e);
    }
  }

  /// Where the connections of each neuron begin.
  private static long[] offsets(SafetensorsFile file, String layer, int neurons) {
    if (file.tensors().containsKey(layer + OFFSETS)) {
      return file.source(layer + OFFSETS).requireShape(neurons + 1L).allLongs();
    }
    int[] counts = file.source(layer + COUNTS).requireShape(neurons).allInts();
    long[] offsets = new long[neurons + 1];
    for (int neuron = 0; neuron < neurons; neuron++) {
      offsets[neuron + 1] = offsets[neuron] + counts[neuron];
    }
    return offsets;
  }

  static void readLaw(SafetensorsFile file, SparseConnections layer) {
    layer.setBound(file.source(layer.name() + LAW).requireShape(1).allFloats()[0]);
  }

  /// Models of earlier versions have neither sketch nor history.
  static void readSketch(String name, SafetensorsFile file, SparseConnections layer) {
    String tensor = layer.name() + EVER;
    try {
      layer.readSketch(
          file.tensors().containsKey(tensor)
              ? Optional.of(
                  PlaceSketch.of(file.source(tensor).requireShape(PlaceSketch.BYTES).allBytes()))
              : Optional.empty());
    } catch (IllegalArgumentException e) {
      throw malformed(name, tensor + ": " + e.getMessage()).because(e);
    }
  }

  static void readHistory(String name, SafetensorsFile file, InputHistory history, int inputs) {
    if (!file.tensors().containsKey(EPOCHS)) {
      return;
    }
    int[] epochs = file.source(EPOCHS).allInts();
    TensorSource counts = file.source(CONNECTIONS).requireShape(epochs.length, inputs);
    try {
      for (int epoch : epochs) {
        int[] count = new int[inputs];
        counts.ints(count, 0, inputs);
        history.add(epoch, count);
      }
    } catch (IllegalArgumentException e) {
      throw malformed(name, EPOCHS + ": " + e.getMessage()).because(e);
    }
  }

  static void readState(SafetensorsFile file, SparseConnections layer) {
    if (file.tensors().containsKey(layer.name() + TRIED)) {
      layer.setTried(file.source(layer.name() + TRIED).allInts());
    }
  }

  private static MalformedDataException malformed(String name, String reason) {
    return new MalformedDataException(name, 0, reason);
  }
}
