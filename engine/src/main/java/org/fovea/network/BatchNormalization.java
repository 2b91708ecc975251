package org.fovea.network;

import java.util.List;
import org.fovea.kernel.RowMatrix;

/// The parameters of a layer's batch normalization: a learned scale for each neuron, whose shift is
/// the layer's bias, and running means of what batches had.
///
/// At prediction a neuron's net input `z` becomes `factor * z + shift`, with `factor = scale /
/// sqrt(variance + 1e-5)` and `shift = bias - factor * mean`: as if the factor were in its weights
/// and the shift were its bias.
///
/// **Shapes** scale `[1, neurons]`; statistics `[2, neurons]`: mean, variance.
///
/// **Source** Ioffe and Szegedy, ICML 2015, arXiv:1502.03167, algorithms 1 and 2.
///
/// **Threads** disjoint neurons in parallel.
final class BatchNormalization {

  private static final int MEAN = 0;
  private static final int VARIANCE = 1;
  private static final float EPSILON = 1e-5f;

  private final UpdaterFactory updaters;
  private final float memory;
  private Parameters scale;
  private Parameters statistics;

  BatchNormalization(String name, int neurons, double memory, UpdaterFactory updaters) {
    this.updaters = updaters;
    this.memory = (float) memory;
    RowMatrix scales = new RowMatrix(1, neurons);
    RowMatrix running = new RowMatrix(2, neurons);
    this.scale = Parameters.create(name + ".scale", Parameters.Role.SCALE, scales, updaters);
    this.statistics =
        Parameters.create(
            name + ".statistics", Parameters.Role.STATISTIC, running, UpdaterFactory.frozen());
    for (int neuron = 0; neuron < neurons; neuron++) {
      start(neuron);
    }
  }

  private void start(int neuron) {
    scale.values().set(0, neuron, 1f);
    statistics.values().set(VARIANCE, neuron, 1f);
  }

  List<Parameters> parameters() {
    return List.of(scale, statistics);
  }

  /// The learned scales.
  Parameters scale() {
    return scale;
  }

  float scaleOf(int neuron) {
    return scale.values().at(0, neuron);
  }

  float meanOf(int neuron) {
    return statistics.values().at(MEAN, neuron);
  }

  /// `1 / sqrt(variance + 1e-5)`, of the running variance.
  float inverseOf(int neuron) {
    return inverse(statistics.values().at(VARIANCE, neuron));
  }

  static float inverse(double variance) {
    return (float) (1 / Math.sqrt(variance + EPSILON));
  }

  /// What a net input is multiplied by at prediction.
  float factor(int neuron) {
    return scaleOf(neuron) * inverseOf(neuron);
  }

  /// What is added to it then.
  float shift(int neuron, float bias) {
    return bias - factor(neuron) * meanOf(neuron);
  }

  /// Lets a batch into the running means.
  ///
  /// @param variance without bias
  void remember(int neuron, float mean, float variance) {
    RowMatrix running = statistics.values();
    running.set(MEAN, neuron, memory * meanOf(neuron) + (1 - memory) * mean);
    running.set(VARIANCE, neuron, memory * running.at(VARIANCE, neuron) + (1 - memory) * variance);
  }

  /// Moves the running mean, because net inputs move.
  void moveMean(int neuron, float difference) {
    statistics.values().set(MEAN, neuron, meanOf(neuron) + difference);
  }

  /// Gives the neurons other numbers.
  void renumber(int[] origins) {
    scale = scale.renumbered(origins, updaters);
    statistics = statistics.renumbered(origins, UpdaterFactory.frozen());
    for (int neuron = 0; neuron < origins.length; neuron++) {
      if (origins[neuron] < 0) {
        start(neuron);
      }
    }
  }
}
