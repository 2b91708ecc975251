package org.fovea.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.fovea.spec.LayerSpec;
import org.fovea.spec.NetworkSpec;
import org.fovea.spec.OutputSpec;
import org.fovea.spec.Selection;

/// A network: its layers and all its parameters, shared by every worker.
///
/// Work is done by passes: [BatchPass] trains, [Predictor] predicts.
///
/// **Threads** parameters are racy on purpose; the rest is immutable once selectors are set.
public final class Network implements AutoCloseable {

  private final NetworkSpec spec;
  private final InputWeights inputWeights;
  private final Optional<InputLayer> inputLayer;
  private final List<NeuronLayer> hidden;
  private final OutputLayer output;

  /// A network with zero parameters; see [#initialize].
  ///
  /// @param spec what it looks like
  /// @param inputWeights what is done to the values of an example first
  /// @param direct connections from input features to labels
  /// @param neighbours where hard negatives come from; only training needs them
  /// @param updaters makes the updater of each parameter matrix
  public Network(
      NetworkSpec spec,
      InputWeights inputWeights,
      DirectConnections direct,
      Optional<NeighbourLabels> neighbours,
      UpdaterFactory updaters) {
    this.spec = spec;
    this.inputWeights = inputWeights;
    List<NeuronLayer> layers = new ArrayList<>();
    Optional<InputLayer> first = Optional.empty();
    int inputs = spec.input().features();
    for (int i = 0; i < spec.hidden().size(); i++) {
      LayerSpec.Dense layer = (LayerSpec.Dense) spec.hidden().get(i);
      String name = "hidden." + i;
      if (i == 0 && layer.selection() instanceof Selection.All) {
        first = Optional.of(new InputLayer(name, inputs, layer, updaters));
      } else {
        layers.add(new NeuronLayer(name, inputs, layer.neurons(), updaters));
      }
      inputs = layer.neurons();
    }
    this.inputLayer = first;
    this.hidden = List.copyOf(layers);
    OutputSpec labels = spec.output();
    NeuronLayer rows = new NeuronLayer("output", spec.outputInputs(), labels.labels(), updaters);
    this.output = new OutputLayer(rows, direct, labels.loss(), neighbours, labels.neighbours());
  }

  /// Draws the weights of all layers.
  ///
  /// @param squaredLength mean squared length of the examples after weighting
  public void initialize(long seed, double squaredLength) {
    StreamRandom random = new StreamRandom();
    if (inputLayer.isPresent()) {
      random.place(seed, -1, 0, 0);
      inputLayer.get().initialize(random, squaredLength);
    }
    for (int i = 0; i < hidden.size(); i++) {
      random.place(seed, -1, i + 1, 0);
      int position = i + (inputLayer.isPresent() ? 1 : 0);
      LayerSpec.Dense layer = (LayerSpec.Dense) spec.hidden().get(position);
      hidden
          .get(i)
          .initialize(
              random, layer.spread(), position == 0 ? squaredLength : hidden.get(i).inputs() / 2.0);
    }
    if (spec.output().initialization() == OutputSpec.Initialization.RANDOM) {
      random.place(seed, -1, Integer.MAX_VALUE, 0);
      Initializers.uniform(
          output.neurons().weights().values(),
          (float) Math.sqrt(3.0 / Math.max(1, output.neurons().inputs())),
          random);
    }
  }

  /// What the network looks like.
  public NetworkSpec spec() {
    return spec;
  }

  /// What is done to the values of an example before the network sees them.
  public InputWeights inputWeights() {
    return inputWeights;
  }

  /// The first hidden layer, if all its neurons take part.
  public Optional<InputLayer> inputLayer() {
    return inputLayer;
  }

  /// The other hidden layers, from the input upward.
  public List<NeuronLayer> hidden() {
    return hidden;
  }

  /// The labels.
  public OutputLayer output() {
    return output;
  }

  /// Every parameter matrix, in a fixed order.
  public List<Parameters> parameters() {
    List<Parameters> all = new ArrayList<>();
    inputLayer.ifPresent(layer -> all.addAll(layer.parameters()));
    hidden.forEach(layer -> all.addAll(layer.parameters()));
    all.addAll(output.neurons().parameters());
    return List.copyOf(all);
  }

  /// All layers whose neurons are selected by an agent, with what selects them.
  public List<Selector> selectors() {
    List<Selector> all = new ArrayList<>();
    hidden.forEach(layer -> layer.selector().ifPresent(all::add));
    output.neurons().selector().ifPresent(all::add);
    return List.copyOf(all);
  }

  /// Number of parameters.
  public long parameterCount() {
    long count = output.direct().count();
    for (Parameters matrix : parameters()) {
      count += (long) matrix.values().rows() * matrix.values().columns();
    }
    return count;
  }

  /// Closes the selectors.
  @Override
  public void close() {
    selectors().forEach(Selector::close);
  }
}
