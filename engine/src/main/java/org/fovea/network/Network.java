package org.fovea.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.fovea.kernel.RowMatrix;
import org.fovea.kernel.SparsePattern;
import org.fovea.spec.LayerSpec;
import org.fovea.spec.NetworkSpec;
import org.fovea.spec.OutputSpec;

/// A network: its layers and all its parameters, shared by every worker.
///
/// Work is done by passes: [BatchPass] trains, [Predictor] predicts.
///
/// **Threads** parameters are racy on purpose; the rest is immutable once selectors are set, but
/// for [#apply], which is called while nobody else uses the network.
public final class Network implements AutoCloseable {

  private final InputWeights inputWeights;
  private final Layers layers;
  private final OutputLayer output;
  private final Optional<InputHistory> inputHistory;
  private NetworkSpec spec;
  private Optional<Evolver> evolver = Optional.empty();

  /// A network without sparse layers and with zero parameters; see [#initialize].
  ///
  /// @throws IllegalArgumentException if the spec has sparse layers
  public Network(
      NetworkSpec spec,
      InputWeights inputWeights,
      DirectConnections direct,
      Optional<NeighbourLabels> neighbours,
      UpdaterFactory updaters) {
    this(spec, inputWeights, direct, List.of(), neighbours, updaters);
  }

  /// A network with zero parameters; see [#initialize].
  ///
  /// @param spec what it looks like
  /// @param inputWeights what is done to the values of an example first
  /// @param direct connections from input features to labels
  /// @param patterns connections of the sparse layers from the input upward, the output layer last
  /// @param neighbours where hard negatives come from; only training needs them
  /// @param updaters makes the updater of each parameter matrix
  public Network(
      NetworkSpec spec,
      InputWeights inputWeights,
      DirectConnections direct,
      List<SparsePattern> patterns,
      Optional<NeighbourLabels> neighbours,
      UpdaterFactory updaters) {
    this(
        spec,
        inputWeights,
        direct,
        neighbours,
        Layers.of(spec, patterns, updaters, () -> Layers.outputRows(spec, updaters)));
  }

  /// A network in training whose output layer has a part of its rows in memory; see [#initialize].
  ///
  /// @param rows opens where the others are; closed with the network
  /// @throws IllegalArgumentException if the output layer is sparse
  public Network(
      NetworkSpec spec,
      InputWeights inputWeights,
      DirectConnections direct,
      List<SparsePattern> patterns,
      Optional<NeighbourLabels> neighbours,
      UpdaterFactory updaters,
      SuspendedRows.Opener rows) {
    this(
        spec,
        inputWeights,
        direct,
        neighbours,
        Layers.of(spec, patterns, updaters, () -> Layers.outputRows(rows, spec, updaters)));
  }

  /// A network that only predicts, and whose output layer has its rows elsewhere.
  ///
  /// @param patterns connections of the sparse layers from the input upward
  /// @param rows of the labels; closed with the network
  /// @throws IllegalArgumentException if the output layer is sparse or has another shape
  public Network(
      NetworkSpec spec,
      InputWeights inputWeights,
      DirectConnections direct,
      List<SparsePattern> patterns,
      StoredRows rows) {
    this(
        spec,
        inputWeights,
        direct,
        Optional.empty(),
        Layers.of(
            spec,
            patterns,
            UpdaterFactory.frozen(),
            () -> Layers.outputRows(rows, spec, UpdaterFactory.frozen())));
  }

  private Network(
      NetworkSpec spec,
      InputWeights inputWeights,
      DirectConnections direct,
      Optional<NeighbourLabels> neighbours,
      Layers layers) {
    this.spec = spec;
    this.inputWeights = inputWeights;
    this.layers = layers;
    this.inputHistory =
        spec.input().features() <= InputHistory.WIDEST
                && !spec.hidden().isEmpty()
                && spec.hidden().getFirst() instanceof LayerSpec.Sparse
            ? Optional.of(new InputHistory(layers.sparse().getFirst().connections()))
            : Optional.empty();
    OutputSpec labels = spec.output();
    this.output =
        new OutputLayer(layers.output(), direct, labels.loss(), neighbours, labels.neighbours());
  }

  /// Draws the weights of all layers.
  ///
  /// @param squaredLength mean squared length of the examples after weighting
  public void initialize(long seed, double squaredLength) {
    initialize(seed, squaredLength, (_, _) -> {});
  }

  /// Draws the weights of all layers, of which something else takes the place of some.
  ///
  /// @param squaredLength mean squared length of the examples after weighting
  /// @param over writes over records of rows of labels that are not in memory; those that are in
  ///   memory can be written over afterwards
  public void initialize(long seed, double squaredLength, SuspendedRows.Filler over) {
    layers.initialize(spec, seed, squaredLength, over);
  }

  /// What the network looks like; it changes when neurons come or go.
  public NetworkSpec spec() {
    return spec;
  }

  /// What is done to the values of an example before the network sees them.
  public InputWeights inputWeights() {
    return inputWeights;
  }

  /// The first hidden layer, if all its neurons take part.
  public Optional<InputLayer> inputLayer() {
    return layers.input();
  }

  /// The other hidden layers, from the input upward.
  public List<NeuronLayer> hidden() {
    return layers.hidden();
  }

  /// The sparse hidden layers, from the input upward.
  public List<SparseLayer> sparse() {
    return layers.sparse();
  }

  /// The connections of the output layer, if they are sparse.
  public Optional<SparseConnections> sparseOutput() {
    return layers.sparseOutput();
  }

  /// How many connections the inputs have had, if the first layer is sparse and not too wide.
  public Optional<InputHistory> inputHistory() {
    return inputHistory;
  }

  /// All connections that may move: those of the sparse hidden layers, then the output's.
  public List<SparseConnections> connections() {
    List<SparseConnections> all = new ArrayList<>();
    layers.sparse().forEach(layer -> all.add(layer.connections()));
    layers.sparseOutput().ifPresent(all::add);
    return List.copyOf(all);
  }

  /// Another network with the same parameters and connections. What moves connections is not
  /// copied.
  ///
  /// @param updaters of the copy; those that keep what this network's updaters keep take it over
  /// @throws IllegalArgumentException if neurons are selected or there are direct connections:
  ///   tables and accumulators belong to one network
  public Network copy(UpdaterFactory updaters) {
    if (!selectors().isEmpty() || !output.direct().isEmpty()) {
      throw new IllegalArgumentException(
          "a network with selectors or direct connections cannot be copied");
    }
    Network copy =
        new Network(
            spec,
            inputWeights,
            DirectConnections.none(spec.output().labels()),
            connections().stream().map(layer -> layer.matrix().pattern().copy()).toList(),
            Optional.empty(),
            updaters);
    copy.copyFrom(this);
    return copy;
  }

  /// Takes over parameters, connections and, where updaters keep the same, optimizer state of a
  /// network that this one is a copy of, or that is a copy of this one.
  public void copyFrom(Network other) {
    for (int i = 0; i < connections().size(); i++) {
      connections().get(i).copyFrom(other.connections().get(i));
    }
    List<Parameters> mine = parameters();
    List<Parameters> theirs = other.parameters();
    for (int i = 0; i < mine.size(); i++) {
      mine.get(i).values().copyFrom(theirs.get(i).values());
      mine.get(i).copyState(theirs.get(i));
    }
  }

  /// Changes the structure of sparse layers and of what is above them: parameters and optimizer
  /// state of all that stays are carried over.
  ///
  /// Passes go on after a change of connections. After a change of neurons they are to be made
  /// anew.
  ///
  /// @throws IllegalArgumentException if there is no such layer or neuron, or none would be left
  public void apply(StructureChange change) {
    spec = Restructuring.apply(this, change);
  }

  /// Sets what moves connections; without it they stay.
  public void evolveBy(Evolver newEvolver) {
    evolver = Optional.of(newEvolver);
  }

  /// What moves connections, if they move.
  public Optional<Evolver> evolver() {
    return evolver;
  }

  /// The labels.
  public OutputLayer output() {
    return output;
  }

  /// Every parameter matrix, in a fixed order.
  public List<Parameters> parameters() {
    List<Parameters> all = new ArrayList<>();
    layers.input().ifPresent(layer -> all.addAll(layer.parameters()));
    layers.hidden().forEach(layer -> all.addAll(layer.parameters()));
    layers.sparse().forEach(layer -> all.addAll(layer.parameters()));
    layers.sparseOutput().ifPresent(connections -> all.add(connections.weights()));
    all.addAll(output.neurons().parameters());
    return List.copyOf(all);
  }

  /// All layers whose neurons are selected by an agent, with what selects them.
  public List<Selector> selectors() {
    List<Selector> all = new ArrayList<>();
    layers.hidden().forEach(layer -> layer.selector().ifPresent(all::add));
    output.neurons().selector().ifPresent(all::add);
    return List.copyOf(all);
  }

  /// Number of parameters.
  public long parameterCount() {
    long count = output.direct().count();
    for (Parameters matrix : parameters()) {
      count += (long) matrix.values().rows() * matrix.values().columns();
    }
    Optional<StoredRows> stored = output.neurons().stored();
    if (stored.isPresent()) {
      count += (long) stored.get().rows() * stored.get().columns();
    }
    for (SparseConnections layer : connections()) {
      // the last page is not full
      RowMatrix pages = layer.matrix().weights();
      count -= (long) pages.rows() * pages.columns() - layer.matrix().count();
    }
    return count;
  }

  /// Closes the selectors, and rows that are elsewhere.
  @Override
  public void close() {
    selectors().forEach(Selector::close);
    output.neurons().stored().ifPresent(StoredRows::close);
  }
}
