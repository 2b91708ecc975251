package org.fovea.network;

import org.fovea.kernel.Block;

/// Dropout on dense activations (Srivastava and others, JMLR 2014), inverted: what is kept is
/// scaled up in training, nothing happens in prediction.
final class DropoutMask {

  private final float keep;
  private final int stream;
  private final Block mask = new Block();

  /// @param rate share of the neurons that is silenced
  /// @param stream stream of random numbers, one per layer
  DropoutMask(double rate, int stream) {
    this.keep = (float) (1 - rate);
    this.stream = stream;
  }

  boolean isActive() {
    return keep < 1;
  }

  void resize(int examples, int neurons) {
    if (isActive()) {
      mask.resize(examples, neurons);
    }
  }

  /// Silences activations of one example.
  void forward(Block values, int example, Step step, StreamRandom random) {
    random.place(step.seed(), step.batch(), stream, example);
    float[] data = values.data();
    float[] factors = mask.data();
    int from = values.offset(example);
    int to = from + values.columns();
    float scale = 1 / keep;
    for (int i = from; i < to; i++) {
      float factor = random.nextFloat() < keep ? scale : 0f;
      factors[i] = factor;
      data[i] *= factor;
    }
  }

  /// Masks the gradients of one example and restores the activations that were kept.
  void backward(Block values, Block gradients, int example) {
    float[] data = values.data();
    float[] gradient = gradients.data();
    float[] factors = mask.data();
    int from = values.offset(example);
    int to = from + values.columns();
    for (int i = from; i < to; i++) {
      gradient[i] *= factors[i];
      data[i] *= keep;
    }
  }
}
