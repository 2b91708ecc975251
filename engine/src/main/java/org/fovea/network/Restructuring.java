package org.fovea.network;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.fovea.kernel.RowMatrix;
import org.fovea.kernel.SparseMatrix;
import org.fovea.kernel.SparsePattern;
import org.fovea.kernel.UnitBlock;
import org.fovea.spec.LayerSpec;
import org.fovea.spec.NetworkSpec;

/// Carries out changes of structure.
///
/// **Cost** time of the connections of the layer and of the one above; both are held twice for a
/// moment where neurons come or go.
final class Restructuring {

  private final Network network;

  /// Position of the layer among the hidden ones.
  private final int position;

  private final SparseLayer layer;

  private Restructuring(Network network, int index) {
    if (index < 0 || index >= network.sparse().size()) {
      throw new IllegalArgumentException(
          "there are %s sparse hidden layers, but none of number %s"
              .formatted(network.sparse().size(), index));
    }
    this.network = network;
    this.layer = network.sparse().get(index);
    this.position = positions(network).get(index);
  }

  private static List<Integer> positions(Network network) {
    List<Integer> positions = new ArrayList<>();
    for (int i = 0; i < network.spec().hidden().size(); i++) {
      if (network.spec().hidden().get(i) instanceof LayerSpec.Sparse) {
        positions.add(i);
      }
    }
    return positions;
  }

  /// Changes a network.
  ///
  /// @return what it looks like then
  static NetworkSpec apply(Network network, StructureChange change) {
    return switch (change) {
      case StructureChange.ConnectionsMoved moved -> {
        network.connections().get(moved.layer()).move(moved.move());
        yield network.spec();
      }
      case StructureChange.RowsRemoved(int index, int[] rows) ->
          new Restructuring(network, index).remove(rows);
      case StructureChange.RowsAdded(int index, int count) ->
          new Restructuring(network, index).add(count);
      case StructureChange.RowsRenumbered(int index, int[] origins) ->
          new Restructuring(network, index).permute(origins);
    };
  }

  private NetworkSpec remove(int[] rows) {
    int neurons = layer.spec().neurons();
    int[] origins = new int[neurons - rows.length];
    if (origins.length == 0) {
      throw new IllegalArgumentException(
          "all %s neurons of a layer cannot be removed".formatted(neurons));
    }
    int next = 0;
    int size = 0;
    for (int neuron = 0; neuron < neurons; neuron++) {
      if (next < rows.length && rows[next] == neuron) {
        next++;
      } else if (size < origins.length) {
        origins[size++] = neuron;
      }
    }
    if (next < rows.length) {
      throw new IllegalArgumentException(
          "neurons to remove must ascend below %s, unlike %s".formatted(neurons, rows[next]));
    }
    fold(rows);
    return renumber(origins);
  }

  private NetworkSpec add(int count) {
    if (count < 0) {
      throw new IllegalArgumentException("%s neurons cannot come".formatted(count));
    }
    int neurons = layer.spec().neurons();
    int[] origins = Arrays.copyOf(same(neurons), Math.addExact(neurons, count));
    Arrays.fill(origins, neurons, origins.length, -1);
    return renumber(origins);
  }

  private NetworkSpec permute(int[] origins) {
    int neurons = layer.spec().neurons();
    BitSet seen = new BitSet(neurons);
    for (int origin : origins) {
      if (origin < 0 || origin >= neurons || seen.get(origin)) {
        throw new IllegalArgumentException(
            "numbers must be those of %s neurons, each once, unlike %s".formatted(neurons, origin));
      }
      seen.set(origin);
    }
    if (origins.length != neurons) {
      throw new IllegalArgumentException(
          "%s neurons cannot have %s numbers".formatted(neurons, origins.length));
    }
    return renumber(origins);
  }

  private NetworkSpec renumber(int[] origins) {
    layer.renumber(origins);
    NetworkSpec spec = network.spec();
    List<LayerSpec> hidden = new ArrayList<>(spec.hidden());
    hidden.set(position, layer.spec());
    switch (above()) {
      case Above.Connected(SparseConnections connections, RowMatrix _, var _) ->
          connections.renumber(same(connections.matrix().pattern().rows()), origins);
      case Above.Rows(NeuronLayer rows) -> rows.renumberInputs(origins);
    }
    return new NetworkSpec(spec.input(), hidden, spec.output());
  }

  /// What reads the layer.
  private sealed interface Above {

    /// A layer with connections.
    ///
    /// @param normalization of the layer: what is constant in its net inputs is in their mean
    record Connected(
        SparseConnections connections, RowMatrix bias, Optional<BatchNormalization> normalization)
        implements Above {}

    /// A layer with rows.
    record Rows(NeuronLayer layer) implements Above {}
  }

  private Above above() {
    List<LayerSpec> hidden = network.spec().hidden();
    if (position + 1 == hidden.size()) {
      NeuronLayer labels = network.output().neurons();
      return network.sparseOutput().isPresent()
          ? new Above.Connected(
              network.sparseOutput().get(), labels.bias().values(), Optional.empty())
          : new Above.Rows(labels);
    }
    if (hidden.get(position + 1) instanceof LayerSpec.Sparse) {
      SparseLayer next = network.sparse().get(positions(network).indexOf(position + 1));
      return new Above.Connected(next.connections(), next.bias().values(), next.normalization());
    }
    long dense =
        hidden.subList(0, position + 1).stream()
            .filter(below -> below instanceof LayerSpec.Dense)
            .count();
    return new Above.Rows(
        network.hidden().get((int) dense - (network.inputLayer().isPresent() ? 1 : 0)));
  }

  /// Adds what neurons say without inputs to the biases above, or takes it from the running means
  /// that the net inputs above are compared with.
  private void fold(int[] rows) {
    float[] constants = constants(rows);
    switch (above()) {
      case Above.Connected above -> {
        SparseMatrix matrix = above.connections().matrix();
        SparsePattern pattern = matrix.pattern();
        for (int row = 0; row < pattern.rows(); row++) {
          double sum = 0;
          for (long p = pattern.offset(row); p < pattern.offset(row + 1); p++) {
            sum += (double) matrix.weight(p) * constants[pattern.column(p)];
          }
          if (above.normalization().isPresent()) {
            above.normalization().get().moveMean(row, (float) -sum);
          } else {
            addTo(above.bias(), row, sum);
          }
        }
      }
      case Above.Rows(NeuronLayer above) -> {
        RowMatrix weights = above.weights().values();
        for (int row = 0; row < weights.rows(); row++) {
          double sum = 0;
          for (int neuron : rows) {
            sum += (double) weights.at(row, neuron) * constants[neuron];
          }
          addTo(above.bias().values(), row, sum);
        }
      }
    }
  }

  /// Biases are one row of all neurons, or a row for each.
  private static void addTo(RowMatrix biases, int neuron, double sum) {
    int row = biases.columns() == 1 ? neuron : 0;
    int column = biases.columns() == 1 ? 0 : neuron;
    biases.set(row, column, (float) (biases.at(row, column) + sum));
  }

  /// Activations of some neurons without inputs; zero of the others.
  private float[] constants(int[] rows) {
    float[] constants = new float[layer.spec().neurons()];
    UnitBlock values = new UnitBlock();
    values.resize(constants.length, 1);
    UnitActivation activation = new UnitActivation(layer, position);
    activation.resize(constants.length, 1);
    for (int neuron : rows) {
      Arrays.fill(
          values.data(),
          values.offset(neuron),
          values.offset(neuron) + values.stride(),
          layer.constantOf(neuron));
      activation.forward(values, neuron);
      constants[neuron] = values.at(neuron, 0);
    }
    return constants;
  }

  /// The numbers `0` to `count - 1`.
  static int[] same(int count) {
    int[] numbers = new int[count];
    Arrays.setAll(numbers, i -> i);
    return numbers;
  }
}
