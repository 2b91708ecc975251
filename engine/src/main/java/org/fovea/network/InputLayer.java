package org.fovea.network;

import java.util.List;
import org.fovea.kernel.RowMatrix;
import org.fovea.spec.Activation;
import org.fovea.spec.LayerSpec;

/// The first hidden layer of a network when all its neurons take part: one row of weights per input
/// *feature*, so that an example costs the sum of the rows of its features.
///
/// **Shapes** weights `[features, neurons]`, bias `[1, neurons]`.
///
/// **Threads** parameters are racy on purpose.
public final class InputLayer {

  private final LayerSpec.Dense spec;
  private final Parameters weights;
  private final Parameters bias;

  InputLayer(String name, int features, LayerSpec.Dense spec, UpdaterFactory updaters) {
    this.spec = spec;
    RowMatrix matrix = new RowMatrix(features, spec.neurons());
    this.weights = Parameters.create(name + ".weight", Parameters.Role.WEIGHT, matrix, updaters);
    RowMatrix biases = new RowMatrix(1, spec.neurons());
    this.bias = Parameters.create(name + ".bias", Parameters.Role.BIAS, biases, updaters);
  }

  /// Draws the weights such that net inputs have the standard deviation that the spec asks for.
  ///
  /// @param squaredLength mean squared length of the examples
  void initialize(StreamRandom random, double squaredLength) {
    double bound = spec.spread() * Math.sqrt(3 / Math.max(squaredLength, 1e-6));
    Initializers.uniform(weights.values(), (float) bound, random);
  }

  Activation activation() {
    return spec.activation();
  }

  double dropout() {
    return spec.dropout();
  }

  int neurons() {
    return spec.neurons();
  }

  /// The weights.
  public Parameters weights() {
    return weights;
  }

  /// The biases.
  public Parameters bias() {
    return bias;
  }

  List<Parameters> parameters() {
    return List.of(weights, bias);
  }
}
