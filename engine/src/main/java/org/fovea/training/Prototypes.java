package org.fovea.training;

import java.util.Arrays;
import org.fovea.data.Batch;
import org.fovea.data.ExampleReader;
import org.fovea.data.Examples;
import org.fovea.kernel.Kernels;
import org.fovea.kernel.RowMatrix;
import org.fovea.network.LayerInputs;
import org.fovea.network.Network;
import org.fovea.network.NeuronLayer;

/// Starts the neurons of a hashed hidden layer at examples: a neuron's row is the direction from
/// the mean of the layer's inputs to what the layer sees of one example, and its bias makes the
/// mean its zero.
///
/// Tables find the neurons of an input only if those with large net inputs are alike in more than
/// that. Rows drawn at random are not: of the 50 largest net inputs of 1,000 neurons, the same
/// tables found a quarter to a half, and four fifths and more with rows that began at examples
/// (decision 0004).
///
/// When there are more neurons than examples, further neurons start between two examples.
///
/// **Source** prototypes as first weights: Coates and Ng, *Learning feature representations with
/// k-means*, 2012. **Cost** one pass of the layers below over an example for each neuron.
final class Prototypes {

  private static final Kernels KERNELS = Kernels.best();
  private static final int BATCH = 128;

  /// Examples whose mean is taken.
  private static final int SAMPLE = 4_096;

  private final Network network;
  private final Examples examples;
  private final LayerInputs inputs;
  private final long seed;

  /// @param position of the layer, 0 above the input; the layers below are ready to predict
  private Prototypes(Network network, int position, Examples examples, long seed) {
    this.network = network;
    this.examples = examples;
    this.inputs = new LayerInputs(network, position);
    this.seed = seed;
  }

  /// Sets the rows and biases of a layer.
  ///
  /// @param spread how large net inputs are at first; 1 gives examples of mean length a net input
  ///   of 1 where a neuron started at them
  static void initialize(
      Network network,
      int position,
      NeuronLayer layer,
      double spread,
      Examples examples,
      long seed) {
    Prototypes prototypes = new Prototypes(network, position, examples, seed);
    float[] mean = new float[layer.weights().values().stride()];
    double length = prototypes.center(mean);
    if (length > 0) {
      prototypes.place(layer, mean, spread / length);
    }
  }

  /// Fills in the mean of the inputs.
  ///
  /// @return the root of their mean squared distance from it
  private double center(float[] mean) {
    long count = 0;
    double squares = 0;
    Batch batch = new Batch();
    float[] sum = new float[mean.length];
    try (ExampleReader reader = examples.shuffled(seed, 0)) {
      while (count < SAMPLE && next(reader, batch)) {
        for (int e = 0; e < batch.exampleCount(); e++) {
          Arrays.fill(sum, 0f);
          inputs.addTo(1f, e, sum, 0);
          squares += KERNELS.squaredNorm(sum, 0, sum.length);
          KERNELS.addScaled(1f, sum, 0, mean, 0, sum.length);
        }
        count += batch.exampleCount();
      }
    }
    if (count == 0) {
      return 0;
    }
    for (int i = 0; i < mean.length; i++) {
      mean[i] /= count;
    }
    return Math.sqrt(Math.max(0, squares / count - KERNELS.squaredNorm(mean, 0, mean.length)));
  }

  private boolean next(ExampleReader reader, Batch batch) {
    batch.clear();
    if (reader.read(batch, BATCH) == 0) {
      return false;
    }
    network.inputWeights().apply(batch);
    inputs.compute(batch);
    return true;
  }

  private void place(NeuronLayer layer, float[] mean, double length) {
    int row = 0;
    for (int round = 0; row < layer.neurons(); round++) {
      int before = row;
      Batch batch = new Batch();
      try (ExampleReader reader = examples.shuffled(seed, round)) {
        while (row < layer.neurons() && next(reader, batch)) {
          for (int e = 0; e < batch.exampleCount() && row < layer.neurons(); e++) {
            start(layer, row, e, round == 0 ? e : Math.max(0, e - 1), mean, length);
            row++;
          }
        }
      }
      if (row == before) {
        return;
      }
    }
  }

  /// Starts a row halfway between two examples of the batch, which may be the same.
  private void start(
      NeuronLayer layer, int row, int example, int other, float[] mean, double length) {
    RowMatrix weights = layer.weights().values();
    float[] chunk = weights.chunk(row);
    int at = weights.offset(row);
    int width = inputs.width();
    Arrays.fill(chunk, at, at + width, 0f);
    inputs.addTo(0.5f, example, chunk, at);
    inputs.addTo(0.5f, other, chunk, at);
    KERNELS.addScaled(-1f, mean, 0, chunk, at, width);
    double norm = Math.sqrt(KERNELS.squaredNorm(chunk, at, width));
    float scale = norm > 0 ? (float) (length / norm) : 0f;
    for (int i = at; i < at + width; i++) {
      chunk[i] *= scale;
    }
    layer.bias().values().set(row, 0, -KERNELS.dot(chunk, at, mean, 0, width));
  }
}
