package org.fovea.network;

import org.fovea.kernel.Block;
import org.fovea.kernel.Kernels;

/// One worker's work on the direct connections of a batch.
///
/// The features of the batch are laid out feature-major, batch innermost, so that a connection that
/// exists becomes one vector multiply-add over the batch.
///
/// **Shapes** inputs `[distinct features of the batch, examples]`.
final class DirectPass {

  private static final Kernels KERNELS = Kernels.best();

  private final DirectConnections connections;
  private final FeatureIndex index;
  private final float decay;
  private final Block inputs = new Block();
  private BatchIndex features = new BatchIndex(0);

  /// @param index of the batch's features
  /// @param decay weight decay of the connections
  DirectPass(DirectConnections connections, FeatureIndex index, float decay) {
    this.connections = connections;
    this.index = index;
    this.decay = decay;
  }

  boolean isEmpty() {
    return connections.isEmpty();
  }

  /// Lays out the features of the batch.
  void prepare(int examples) {
    if (isEmpty()) {
      return;
    }
    features = index.built();
    inputs.resize(features.size(), examples);
    inputs.clear();
    float[] data = inputs.data();
    int[] offsets = features.offsets();
    for (int place = 0; place < features.size(); place++) {
      int start = inputs.offset(place);
      for (int i = offsets[place]; i < offsets[place + 1]; i++) {
        data[start + features.rows()[i]] = features.values()[i];
      }
    }
  }

  /// Adds a label's direct net inputs for all examples: `net[from + e] += sum_f w[f] x[e, f]`.
  void addNetInputs(int label, float[] net, int from) {
    int[] ids = connections.features();
    float[] weights = connections.weights();
    int end = connections.offsets()[label + 1];
    for (int i = connections.offsets()[label]; i < end; i++) {
      int place = features.place(ids[i]);
      if (place >= 0) {
        KERNELS.addScaled(
            weights[i], inputs.data(), inputs.offset(place), net, from, inputs.stride());
      }
    }
  }

  /// Direct net input of a label for one example.
  float netInput(int label, int example) {
    int[] ids = connections.features();
    float[] weights = connections.weights();
    float[] data = inputs.data();
    int end = connections.offsets()[label + 1];
    float sum = 0;
    for (int i = connections.offsets()[label]; i < end; i++) {
      int place = features.place(ids[i]);
      if (place >= 0) {
        sum += weights[i] * data[inputs.offset(place) + example];
      }
    }
    return sum;
  }

  /// Steps a label's connections to the features of the batch.
  ///
  /// @param deltas gradient to the label's net input of each example, from `from` on
  void update(int label, float[] deltas, int from, float rate) {
    int[] ids = connections.features();
    DirectRates rates = connections.rates();
    float labelRate = rate * rates.ofLabel(label);
    int end = connections.offsets()[label + 1];
    for (int i = connections.offsets()[label]; i < end; i++) {
      int place = features.place(ids[i]);
      if (place >= 0) {
        float gradient =
            KERNELS.dot(deltas, from, inputs.data(), inputs.offset(place), inputs.columns());
        connections.step(i, gradient, labelRate * rates.ofFeature(ids[i]), decay);
      }
    }
  }

  /// Steps a label's connections when only some examples have a gradient.
  ///
  /// @param examples examples that have one, at `[begin, end)`
  /// @param deltas their gradients, at the same places
  void update(int label, int[] examples, float[] deltas, int begin, int end, float rate) {
    int[] ids = connections.features();
    DirectRates rates = connections.rates();
    float labelRate = rate * rates.ofLabel(label);
    float[] data = inputs.data();
    int last = connections.offsets()[label + 1];
    for (int i = connections.offsets()[label]; i < last; i++) {
      int place = features.place(ids[i]);
      if (place >= 0) {
        int start = inputs.offset(place);
        float gradient = 0;
        for (int j = begin; j < end; j++) {
          gradient += deltas[j] * data[start + examples[j]];
        }
        if (gradient != 0) {
          connections.step(i, gradient, labelRate * rates.ofFeature(ids[i]), decay);
        }
      }
    }
  }
}
