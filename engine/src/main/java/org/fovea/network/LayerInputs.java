package org.fovea.network;

import org.fovea.data.Batch;
import org.fovea.data.BatchCheck;
import org.fovea.kernel.Block;
import org.fovea.kernel.Kernels;

/// What a hidden layer of a network sees of some examples.
///
/// **Threads** confined.
public final class LayerInputs {

  private static final Kernels KERNELS = Kernels.best();

  private final int layer;
  private final int width;
  private final Step step = new Step();
  private final StreamRandom random = new StreamRandom();
  private final Signals input;
  private final FeatureIndex features;
  private final HiddenPasses passes;
  private Signals signals;

  /// The inputs of a hidden layer.
  ///
  /// @param layer its position, 0 above the network's input; the layers below must be ready to
  ///   predict
  public LayerInputs(Network network, int layer) {
    this.layer = layer;
    this.input = Signals.sparse(network.spec().input().features());
    this.features = new FeatureIndex(input);
    this.passes =
        new HiddenPasses(
            network, input, features, new PassContext(Team.single(), step, new WorkCount()));
    this.signals = input;
    this.width =
        layer == 0
            ? network.spec().input().features()
            : network.spec().hidden().get(layer - 1).neurons();
  }

  /// Number of inputs of the layer.
  public int width() {
    return width;
  }

  /// Computes the inputs for a batch.
  ///
  /// @param batch examples whose values have been weighted (see [InputWeights#apply])
  /// @throws IllegalArgumentException if an example has features that do not ascend or that the
  ///   network does not have, or a value that is not finite
  public void compute(Batch batch) {
    BatchCheck.features("", batch, input.width());
    input.load(batch, 0, step, random);
    features.inputChanged();
    signals = passes.forwardBelow(layer);
  }

  /// Adds an example's inputs, scaled, to `sums[from, from + width)`.
  public void addTo(float scale, int example, float[] sums, int from) {
    if (signals.isSparse()) {
      for (int i = signals.begins()[example]; i < signals.ends()[example]; i++) {
        sums[from + signals.indices()[i]] += scale * signals.entries()[i];
      }
    } else {
      Block values = signals.values();
      KERNELS.addScaled(scale, values.data(), values.offset(example), sums, from, width);
    }
  }
}
