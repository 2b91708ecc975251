package org.fovea.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.fovea.kernel.RowMatrix;
import org.fovea.kernel.SparsePattern;
import org.fovea.spec.Activation;
import org.fovea.spec.LayerSpec;
import org.fovea.spec.Normalization;

/// A hidden layer whose neurons have only some connections, run by batch.
///
/// **Shapes** weights of the connections by pages ([SparseConnections]), bias `[1, neurons]`; with
/// [Activation.Srelu] a matrix `[4, neurons]` of lower threshold, lower slope, upper threshold and
/// upper slope; with batch normalization those of [BatchNormalization].
///
/// **Threads** written by phases over disjoint rows or pages.
public final class SparseLayer {

  private static final float[] SHAPE = {0f, 0.2f, 1f, 1f};

  private final SparseConnections connections;
  private final UpdaterFactory updaters;
  private LayerSpec.Sparse spec;
  private Parameters bias;
  private Optional<Parameters> shape;
  private final Optional<BatchNormalization> normalization;

  SparseLayer(String name, LayerSpec.Sparse spec, SparsePattern pattern, UpdaterFactory updaters) {
    this.spec = spec;
    this.updaters = updaters;
    this.connections = new SparseConnections(name, pattern, updaters);
    RowMatrix biases = new RowMatrix(1, spec.neurons());
    this.bias = Parameters.create(name + ".bias", Parameters.Role.BIAS, biases, updaters);
    this.shape =
        spec.activation() instanceof Activation.Srelu
            ? Optional.of(shape(name, spec.neurons(), updaters))
            : Optional.empty();
    this.normalization =
        switch (spec.normalization()) {
          case Normalization.None _ -> Optional.empty();
          case Normalization.Batch(double memory) ->
              Optional.of(new BatchNormalization(name, spec.neurons(), memory, updaters));
        };
  }

  private static Parameters shape(String name, int neurons, UpdaterFactory updaters) {
    RowMatrix shapes = new RowMatrix(SHAPE.length, neurons);
    for (int neuron = 0; neuron < neurons; neuron++) {
      start(shapes, neuron);
    }
    return Parameters.create(name + ".shape", Parameters.Role.SHAPE, shapes, updaters);
  }

  private static void start(RowMatrix shapes, int neuron) {
    for (int row = 0; row < SHAPE.length; row++) {
      shapes.set(row, neuron, SHAPE[row]);
    }
  }

  /// What the layer looks like.
  public LayerSpec.Sparse spec() {
    return spec;
  }

  /// The connections.
  public SparseConnections connections() {
    return connections;
  }

  /// The biases.
  public Parameters bias() {
    return bias;
  }

  /// Thresholds and slopes, if they are learned.
  public Optional<Parameters> shape() {
    return shape;
  }

  /// What is done to net inputs, if anything is.
  Optional<BatchNormalization> normalization() {
    return normalization;
  }

  /// What the sum of a neuron's inputs is multiplied by at prediction: 1 without normalization.
  public float factorOf(int neuron) {
    return normalization.isPresent() ? normalization.get().factor(neuron) : 1f;
  }

  /// What a neuron without inputs makes of itself before its activation, at prediction.
  public float constantOf(int neuron) {
    float own = bias.values().at(0, neuron);
    return normalization.isPresent() ? normalization.get().shift(neuron, own) : own;
  }

  /// Gives the neurons other numbers: some may go, and others come that are not connected.
  ///
  /// @param origins for each new neuron the one that it was, or -1
  void renumber(int[] origins) {
    connections.renumber(origins, Restructuring.same(connections.matrix().pattern().columns()));
    bias = bias.renumbered(origins, updaters);
    shape = shape.map(learned -> learned.renumbered(origins, updaters));
    shape.ifPresent(learned -> {
      for (int neuron = 0; neuron < origins.length; neuron++) {
        if (origins[neuron] < 0) {
          start(learned.values(), neuron);
        }
      }
    });
    normalization.ifPresent(normalized -> normalized.renumber(origins));
    spec = spec.withNeurons(origins.length);
  }

  List<Parameters> parameters() {
    List<Parameters> all = new ArrayList<>(List.of(connections.weights(), bias));
    shape.ifPresent(all::add);
    normalization.ifPresent(normalized -> all.addAll(normalized.parameters()));
    return all;
  }
}
