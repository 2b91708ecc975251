package org.fovea.training;

import org.fovea.kernel.RowMatrix;
import org.fovea.network.Network;
import org.fovea.network.OutputLayer;

/// Puts a [Balance] into a network's parameters, so that prediction costs nothing more, and takes
/// it out again.
///
/// **Threads** confined; nobody else may use the network meanwhile. **Cost** a copy of the biases
/// and of the weights of direct connections.
final class BalancedParameters {

  private final OutputLayer layer;
  private final long[] occurrences;
  private final float[] weights;
  private final RowMatrix biases;

  /// Of a network as it is.
  ///
  /// @param occurrences training examples of each label
  BalancedParameters(Network network, long[] occurrences) {
    this.layer = network.output();
    this.occurrences = occurrences;
    this.weights = layer.direct().weights().clone();
    this.biases = new RowMatrix(layer.neurons().neurons(), 1);
    biases.copyFrom(layer.neurons().bias().values());
  }

  /// Balances the network as it was at the beginning.
  void apply(Balance balance) {
    float[] balanced = layer.direct().weights();
    for (int i = 0; i < balanced.length; i++) {
      balanced[i] = (float) (balance.direct() * weights[i]);
    }
    RowMatrix bias = layer.neurons().bias().values();
    for (int label = 0; label < occurrences.length; label++) {
      bias.set(label, 0, (float) (biases.at(label, 0) + balance.gain(occurrences[label])));
    }
  }

  /// Makes the network what it was at the beginning, to the bit.
  void restore() {
    System.arraycopy(weights, 0, layer.direct().weights(), 0, weights.length);
    layer.neurons().bias().values().copyFrom(biases);
  }
}
