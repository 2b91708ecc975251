package org.fovea.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.fovea.model.tensor.ElementType;
import org.fovea.model.tensor.SafetensorsFile;
import org.fovea.model.tensor.TensorData;
import org.fovea.model.tensor.TensorSource;
import org.fovea.model.tensor.Tensors;
import org.fovea.network.NeuronLayer;
import org.fovea.network.SuspendedRows;
import org.fovea.network.Updater;

/// Rows of a layer in training of which a part is in memory, as the tensors that they are when all
/// are: streamed, row after row.
///
/// **Cost** a pass over all records for each tensor that is written, one for all that are read; no
/// memory that grows with the rows.
final class SuspendedTensors {

  private SuspendedTensors() {}

  /// The weights, if they are suspended.
  static Optional<TensorData> weights(NeuronLayer layer) {
    return layer.suspended().map(rows -> tensor(rows, layer.weights().name(), 0, layer.inputs()));
  }

  /// The optimizer's state of the weights, if they are suspended.
  static List<TensorData> state(NeuronLayer layer) {
    List<TensorData> tensors = new ArrayList<>();
    if (layer.suspended().isPresent()) {
      for (Updater.State state : layer.weights().updater().state()) {
        tensors.add(
            tensor(
                layer.suspended().get(),
                name(layer, state),
                tensors.size() + 1,
                state.values().columns()));
      }
    }
    return tensors;
  }

  private static TensorData tensor(SuspendedRows rows, String name, int part, int columns) {
    return Tensors.of(
        name,
        ElementType.FLOAT32,
        new long[] {rows.rows(), columns},
        sink -> rows.forEach(part, sink::floats));
  }

  private static String name(NeuronLayer layer, Updater.State state) {
    return layer.weights().name() + "/" + state.name();
  }

  /// Fills a layer's rows, if they are suspended.
  ///
  /// @param weights file of the weights
  /// @param state file of the optimizer's state, or empty if the rows begin anew
  static void fill(NeuronLayer layer, SafetensorsFile weights, Optional<SafetensorsFile> state) {
    if (layer.suspended().isEmpty()) {
      return;
    }
    SuspendedRows rows = layer.suspended().get();
    List<TensorSource> sources = new ArrayList<>();
    List<Integer> lengths = new ArrayList<>();
    sources.add(weights.source(layer.weights().name()).requireShape(rows.rows(), layer.inputs()));
    lengths.add(layer.inputs());
    if (state.isPresent()) {
      for (Updater.State part : layer.weights().updater().state()) {
        int columns = part.values().columns();
        sources.add(state.get().source(name(layer, part)).requireShape(rows.rows(), columns));
        lengths.add(columns);
      }
    }
    int[] counts = lengths.stream().mapToInt(Integer::intValue).toArray();
    rows.fill((_, record) -> {
      for (int part = 0; part < counts.length; part++) {
        sources.get(part).floats(record, rows.begin(part), counts[part]);
      }
    });
  }
}
