package org.fovea.network;

import java.util.List;
import java.util.Optional;
import org.fovea.kernel.RowMatrix;

/// Neurons with one contiguous row of weights each: hidden layers above the first, hashed first
/// layers, and the output layer.
///
/// **Shapes** weights `[neurons, inputs]`, bias `[neurons, 1]`.
///
/// **Threads** parameters are racy on purpose.
public final class NeuronLayer {

  private final UpdaterFactory updaters;
  private Parameters weights;
  private final Parameters bias;
  private final Optional<StoredRows> stored;
  private final Optional<SuspendedRows> suspended;
  private Optional<Selector> selector = Optional.empty();

  /// A layer of a network that only predicts, whose rows are elsewhere: the matrix of weights has
  /// no rows.
  NeuronLayer(String name, StoredRows rows, UpdaterFactory updaters) {
    this.updaters = updaters;
    RowMatrix matrix = new RowMatrix(0, rows.columns());
    this.weights = Parameters.create(name + ".weight", Parameters.Role.WEIGHT, matrix, updaters);
    RowMatrix biases = new RowMatrix(rows.rows(), 1);
    this.bias = Parameters.create(name + ".bias", Parameters.Role.BIAS, biases, updaters);
    this.stored = Optional.of(rows);
    this.suspended = Optional.empty();
  }

  /// A layer of which some rows are awake, in the matrix of weights, and the others elsewhere.
  NeuronLayer(
      String name, int inputs, int neurons, SuspendedRows.Opener opener, UpdaterFactory updaters) {
    this.updaters = updaters;
    RowMatrix matrix = new RowMatrix(Math.min(neurons, opener.slots()), inputs);
    this.weights = Parameters.create(name + ".weight", Parameters.Role.WEIGHT, matrix, updaters);
    RowMatrix biases = new RowMatrix(neurons, 1);
    this.bias = Parameters.create(name + ".bias", Parameters.Role.BIAS, biases, updaters);
    SuspendedRows rows = opener.open(neurons, weights);
    this.stored = Optional.of(rows);
    this.suspended = Optional.of(rows);
  }

  NeuronLayer(String name, int inputs, int neurons, UpdaterFactory updaters) {
    this.updaters = updaters;
    RowMatrix matrix = new RowMatrix(neurons, inputs);
    this.weights = Parameters.create(name + ".weight", Parameters.Role.WEIGHT, matrix, updaters);
    RowMatrix biases = new RowMatrix(neurons, 1);
    this.bias = Parameters.create(name + ".bias", Parameters.Role.BIAS, biases, updaters);
    this.stored = Optional.empty();
    this.suspended = Optional.empty();
  }

  /// Where the rows are, if they are not in [#weights].
  public Optional<StoredRows> stored() {
    return stored;
  }

  /// The rows of a layer in training, if only a part of them is in [#weights].
  public Optional<SuspendedRows> suspended() {
    return suspended;
  }

  /// Draws the weights such that net inputs have a given standard deviation.
  ///
  /// @param squaredLength mean squared length of the inputs; half their number where they are
  ///   rectified values of unit variance (He and others, ICCV 2015)
  /// @param over writes over records of rows that are not in memory
  void initialize(
      StreamRandom random, double spread, double squaredLength, SuspendedRows.Filler over) {
    double bound = spread * Math.sqrt(3 / Math.max(squaredLength, 1e-6));
    if (suspended.isPresent()) {
      int inputs = inputs();
      suspended
          .get()
          .fill((label, record) -> {
            Initializers.uniform(record, 0, inputs, (float) bound, random);
            over.fill(label, record);
          });
    } else {
      Initializers.uniform(weights.values(), (float) bound, random);
    }
  }

  /// Sets what selects this layer's neurons; without it all take part.
  public void selectBy(Selector selector) {
    this.selector = Optional.of(selector);
  }

  /// Gives the inputs other numbers.
  ///
  /// @param origins for each new input the one that it was, or -1
  /// @throws IllegalStateException if neurons are selected: tables would hold other rows; or if
  ///   rows are elsewhere
  void renumberInputs(int[] origins) {
    if (selector.isPresent() || stored.isPresent()) {
      throw new IllegalStateException(
          "the inputs of a layer whose neurons are selected or elsewhere stay");
    }
    weights = weights.renumbered(origins, updaters);
  }

  /// What selects this layer's neurons, if not all take part.
  public Optional<Selector> selector() {
    return selector;
  }

  /// Number of neurons.
  public int neurons() {
    return bias.values().rows();
  }

  /// Number of inputs of each neuron.
  public int inputs() {
    return weights.values().columns();
  }

  /// The weights; where rows are suspended, of those that are awake.
  public Parameters weights() {
    return weights;
  }

  /// The biases.
  public Parameters bias() {
    return bias;
  }

  List<Parameters> parameters() {
    return stored.isPresent() ? List.of(bias) : List.of(weights, bias);
  }

  float biasOf(int neuron) {
    RowMatrix values = bias.values();
    return values.chunk(neuron)[values.offset(neuron)];
  }

  void update(int neuron, float[] gradient, int from, float rate) {
    weights.updater().update(neuron, gradient, from, rate);
  }
}
