package org.fovea.network;

import org.fovea.data.Batch;
import org.fovea.kernel.Block;

/// Sums over the examples of a batch in which each counts as its weight says; without weights
/// faster kernels do the same.
final class ExampleWeights {

  private ExampleWeights() {}

  /// Sum over the examples of weight times `log(1 + exp(net input))`, exact for large net inputs.
  ///
  /// @param net net inputs `[rows, examples]`
  static double softplus(Block net, int row, Batch batch) {
    float[] data = net.data();
    float[] weights = batch.weights();
    int start = net.offset(row);
    double sum = 0;
    for (int e = 0; e < net.columns(); e++) {
      double value = data[start + e];
      sum += weights[e] * (Math.max(0, value) + Math.log1p(Math.exp(-Math.abs(value))));
    }
    return sum;
  }
}
