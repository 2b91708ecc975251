package org.fovea.event.trained;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.fovea.event.EventNetwork;
import org.fovea.event.EventNetworkBuilder;
import org.fovea.event.Neuron;
import org.fovea.event.Occurrence;
import org.fovea.event.Rectifier;
import org.fovea.event.Relation;
import org.fovea.event.Synapse;
import org.fovea.kernel.RowMatrix;
import org.fovea.kernel.SparsePattern;
import org.fovea.network.InputLayer;
import org.fovea.network.Network;
import org.fovea.network.NeuronLayer;
import org.fovea.network.SparseLayer;
import org.fovea.spec.Activation;
import org.fovea.spec.LayerSpec;
import org.fovea.spec.Selection;

/// Describes the hidden neurons of a trained network to an [EventNetworkBuilder], layer by layer.
///
/// **Threads** confined.
final class HiddenNeurons {

  private final EventNetworkBuilder builder = new EventNetworkBuilder();
  private final int features;
  private int[] outgoing;
  private int below;
  private int belowCount;
  private boolean fromFeatures = true;
  private long connections;

  private HiddenNeurons(Network network) {
    this.features = network.spec().input().features();
    for (int i = 0; i < 2 * features; i++) {
      builder.input();
    }
    this.outgoing = new int[2 * features];
    this.belowCount = features;
    int dense = 0;
    int sparse = 0;
    List<LayerSpec> layers = network.spec().hidden();
    for (int i = 0; i < layers.size(); i++) {
      check(layers.get(i), i);
      switch (layers.get(i)) {
        case LayerSpec.Sparse _ -> add(network.sparse().get(sparse++));
        case LayerSpec.Dense _ -> {
          if (i == 0) {
            add(network.inputLayer().orElseThrow());
          } else {
            add(network.hidden().get(dense++));
          }
        }
      }
    }
  }

  static HiddenNeurons of(Network network) {
    if (network.spec().hidden().isEmpty()) {
      throw new IllegalArgumentException("the network has no hidden layer to drive by events");
    }
    return new HiddenNeurons(network);
  }

  private static void check(LayerSpec layer, int index) {
    Activation activation =
        switch (layer) {
          case LayerSpec.Dense dense -> dense.activation();
          case LayerSpec.Sparse sparse -> sparse.activation();
        };
    if (!(activation instanceof Activation.Relu)) {
      throw new IllegalArgumentException(
          "events need neurons that can be silent: hidden layer %s has activation %s, not relu"
              .formatted(index + 1, activation));
    }
    if (layer instanceof LayerSpec.Dense dense && !(dense.selection() instanceof Selection.All)) {
      throw new IllegalArgumentException(
          "of hidden layer %s only selected neurons take part; events reach all"
              .formatted(index + 1));
    }
  }

  private void add(InputLayer layer) {
    RowMatrix weights = layer.weights().values();
    int neurons = weights.columns();
    int[] inputs = all(features);
    float[] row = new float[features];
    begin(neurons);
    for (int neuron = 0; neuron < neurons; neuron++) {
      for (int feature = 0; feature < features; feature++) {
        row[feature] = weights.at(feature, neuron);
      }
      add(layer.bias().values().at(0, neuron), inputs, row);
    }
    end(neurons);
  }

  private void add(NeuronLayer layer) {
    RowMatrix weights = layer.weights().values();
    int[] inputs = all(belowCount);
    float[] row = new float[belowCount];
    begin(layer.neurons());
    for (int neuron = 0; neuron < layer.neurons(); neuron++) {
      System.arraycopy(weights.chunk(neuron), weights.offset(neuron), row, 0, belowCount);
      add(layer.bias().values().at(neuron, 0), inputs, row);
    }
    end(layer.neurons());
  }

  private void add(SparseLayer layer) {
    SparsePattern pattern = layer.connections().matrix().pattern();
    begin(pattern.rows());
    for (int neuron = 0; neuron < pattern.rows(); neuron++) {
      long from = pattern.offset(neuron);
      int count = Math.toIntExact(pattern.offset(neuron + 1) - from);
      int[] inputs = new int[count];
      float[] row = new float[count];
      float factor = layer.factorOf(neuron);
      for (int i = 0; i < count; i++) {
        inputs[i] = pattern.column(from + i);
        row[i] = factor * layer.connections().matrix().weight(from + i);
      }
      add(layer.constantOf(neuron), inputs, row);
    }
    end(pattern.rows());
  }

  private static int[] all(int count) {
    int[] all = new int[count];
    Arrays.setAll(all, i -> i);
    return all;
  }

  private void begin(int neurons) {
    outgoing = Arrays.copyOf(outgoing, outgoing.length + neurons);
  }

  private void end(int neurons) {
    below = outgoing.length - neurons;
    belowCount = neurons;
    fromFeatures = false;
  }

  /// Adds a neuron; connections of weight zero say nothing.
  private void add(float bias, int[] inputs, float[] weights) {
    List<Synapse> synapses = new ArrayList<>(fromFeatures ? 2 * inputs.length : inputs.length);
    for (int i = 0; i < inputs.length; i++) {
      if (weights[i] != 0) {
        synapses.add(synapse(below + inputs[i], weights[i]));
        connections++;
      }
    }
    if (fromFeatures) {
      for (int i = 0; i < inputs.length; i++) {
        if (weights[i] != 0) {
          synapses.add(synapse(features + inputs[i], -weights[i]));
        }
      }
    }
    builder.add(new Neuron(bias, Rectifier.RELU, new Occurrence.Once(), synapses));
  }

  private Synapse synapse(int input, float weight) {
    outgoing[input]++;
    return new Synapse(input, weight, Float.POSITIVE_INFINITY, false, Relation.ANYWHERE);
  }

  EventNetwork build() {
    return builder.build();
  }

  /// Id of the first neuron of the last layer.
  int firstOfTop() {
    return below;
  }

  int topCount() {
    return belowCount;
  }

  /// Connections from each neuron, by id; those to labels are not counted.
  int[] outgoing() {
    return outgoing;
  }

  /// Connections into hidden neurons, those of weight zero left out.
  long connections() {
    return connections;
  }
}
