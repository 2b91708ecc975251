package org.fovea.training;

import org.fovea.data.Batch;
import org.fovea.data.ExampleReader;
import org.fovea.data.Examples;
import org.fovea.network.InputWeights;

/// What a pass over the training data tells of its features.
///
/// @param frequencies number of examples that have each feature; owned
/// @param examples number of examples that have a feature at all
record FeatureStatistics(int[] frequencies, long examples) {

  private static final int BATCH = 512;

  /// Counts the features.
  static FeatureStatistics count(Examples data, int features) {
    int[] frequencies = new int[features];
    long examples = 0;
    Batch batch = new Batch();
    try (ExampleReader reader = data.inOrder()) {
      while (reader.read(batch, BATCH) > 0) {
        for (int i = 0; i < batch.featureOffsets()[batch.exampleCount()]; i++) {
          frequencies[batch.features()[i]]++;
        }
        examples += batch.exampleCount();
        batch.clear();
      }
    }
    return new FeatureStatistics(frequencies, examples);
  }

  /// Means and standard deviations of the features, in two passes; an example that lacks a feature
  /// has 0. Whether a feature changes is found by comparing its values: no sum can tell, because
  /// sums round.
  static InputWeights standard(Examples data, int features) {
    double[] means = new double[features];
    double[] deviations = new double[features];
    long[] counts = new long[features];
    float[] firsts = new float[features];
    boolean[] changes = new boolean[features];
    long examples = 0;
    Batch batch = new Batch();
    try (ExampleReader reader = data.inOrder()) {
      while (reader.read(batch, BATCH) > 0) {
        for (int i = 0; i < batch.featureCount(); i++) {
          int feature = batch.features()[i];
          float value = batch.values()[i];
          firsts[feature] = counts[feature] == 0 ? value : firsts[feature];
          changes[feature] |= value != firsts[feature];
          means[feature] += value;
          counts[feature]++;
        }
        examples += batch.exampleCount();
        batch.clear();
      }
    }
    for (int feature = 0; feature < features; feature++) {
      changes[feature] |= counts[feature] < examples && firsts[feature] != 0;
      means[feature] = changes[feature] ? means[feature] / examples : firsts[feature];
      deviations[feature] = (examples - counts[feature]) * means[feature] * means[feature];
    }
    try (ExampleReader reader = data.inOrder()) {
      while (reader.read(batch, BATCH) > 0) {
        for (int i = 0; i < batch.featureCount(); i++) {
          double away = batch.values()[i] - means[batch.features()[i]];
          deviations[batch.features()[i]] += away * away;
        }
        batch.clear();
      }
    }
    for (int feature = 0; feature < features; feature++) {
      deviations[feature] = changes[feature] ? Math.sqrt(deviations[feature] / examples) : 0;
    }
    return InputWeights.standard(means, deviations);
  }

  /// Mean squared length of the examples after weighting, on the first few thousand.
  static double squaredLength(Examples data, InputWeights weights) {
    Batch batch = new Batch();
    double squares = 0;
    long count = 0;
    try (ExampleReader reader = data.inOrder()) {
      while (count < 4096 && reader.read(batch, weights.batch(BATCH)) > 0) {
        weights.apply(batch);
        for (int i = 0; i < batch.featureOffsets()[batch.exampleCount()]; i++) {
          squares += (double) batch.values()[i] * batch.values()[i];
        }
        count += batch.exampleCount();
        batch.clear();
      }
    }
    return count == 0 ? 1 : squares / count;
  }
}
