package org.fovea.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.fovea.kernel.RowMatrix;
import org.fovea.kernel.SparsePattern;
import org.fovea.spec.Activation;
import org.fovea.spec.LayerSpec;

/// A hidden layer whose neurons have only some connections, run by batch.
///
/// **Shapes** weights of the connections by pages ([SparseConnections]), bias `[1, neurons]`; with
/// [Activation.Srelu] a matrix `[4, neurons]` of lower threshold, lower slope, upper threshold and
/// upper slope.
///
/// **Threads** written by phases over disjoint rows or pages.
public final class SparseLayer {

  private static final float[] SHAPE = {0f, 0.2f, 1f, 1f};

  private final LayerSpec.Sparse spec;
  private final SparseConnections connections;
  private final Parameters bias;
  private final Optional<Parameters> shape;

  SparseLayer(
      String name,
      LayerSpec.Sparse spec,
      SparsePattern pattern,
      boolean transposed,
      UpdaterFactory updaters) {
    this.spec = spec;
    this.connections = new SparseConnections(name, pattern, transposed, updaters);
    RowMatrix biases = new RowMatrix(1, spec.neurons());
    this.bias = new Parameters(name + ".bias", biases, updaters.createUndecayed(biases));
    this.shape =
        spec.activation() instanceof Activation.Srelu
            ? Optional.of(shape(name, spec.neurons(), updaters))
            : Optional.empty();
  }

  private static Parameters shape(String name, int neurons, UpdaterFactory updaters) {
    RowMatrix shapes = new RowMatrix(SHAPE.length, neurons);
    for (int row = 0; row < SHAPE.length; row++) {
      for (int neuron = 0; neuron < neurons; neuron++) {
        shapes.set(row, neuron, SHAPE[row]);
      }
    }
    return new Parameters(name + ".shape", shapes, updaters.createUndecayed(shapes));
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

  List<Parameters> parameters() {
    List<Parameters> all = new ArrayList<>(List.of(connections.weights(), bias));
    shape.ifPresent(all::add);
    return all;
  }
}
