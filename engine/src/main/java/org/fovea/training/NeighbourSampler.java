package org.fovea.training;

import java.util.Arrays;
import org.fovea.data.Batch;
import org.fovea.data.ExampleReader;
import org.fovea.data.Examples;
import org.fovea.network.NeighbourLabels;
import org.fovea.network.StreamRandom;

/// Samples, for every feature, labels that occur with it.
///
/// **Cost** two passes over the data; at most [#PER_FEATURE] labels per feature.
final class NeighbourSampler {

  /// Labels kept per feature; a reservoir beyond that (Vitter 1985, algorithm R).
  private static final int PER_FEATURE = 1024;

  private static final int BATCH = 512;

  private final Examples examples;
  private final int features;

  NeighbourSampler(Examples examples, int features) {
    this.examples = examples;
    this.features = features;
  }

  /// Draws the samples; an example gives one of its labels to each of its features.
  NeighbourLabels sample(long seed) {
    int[] counts = new int[features];
    Batch batch = new Batch();
    try (ExampleReader reader = examples.inOrder()) {
      while (reader.read(batch, BATCH) > 0) {
        for (int e = 0; e < batch.exampleCount(); e++) {
          if (batch.labelOffsets()[e + 1] > batch.labelOffsets()[e]) {
            for (int i = batch.featureOffsets()[e]; i < batch.featureOffsets()[e + 1]; i++) {
              counts[batch.features()[i]]++;
            }
          }
        }
        batch.clear();
      }
    }
    int[] offsets = new int[features + 1];
    for (int feature = 0; feature < features; feature++) {
      offsets[feature + 1] =
          Math.addExact(offsets[feature], Math.min(PER_FEATURE, counts[feature]));
    }
    Arrays.fill(counts, 0);
    int[] labels = new int[offsets[features]];
    StreamRandom random = new StreamRandom();
    random.place(seed, -2, 0, 0);
    try (ExampleReader reader = examples.inOrder()) {
      while (reader.read(batch, BATCH) > 0) {
        for (int e = 0; e < batch.exampleCount(); e++) {
          take(batch, e, counts, offsets, labels, random);
        }
        batch.clear();
      }
    }
    return new NeighbourLabels(offsets, labels);
  }

  private static void take(
      Batch batch, int e, int[] counts, int[] offsets, int[] labels, StreamRandom random) {
    int first = batch.labelOffsets()[e];
    int count = batch.labelOffsets()[e + 1] - first;
    if (count == 0) {
      return;
    }
    for (int i = batch.featureOffsets()[e]; i < batch.featureOffsets()[e + 1]; i++) {
      int feature = batch.features()[i];
      int label = batch.labels()[first + random.nextInt(count)];
      int room = offsets[feature + 1] - offsets[feature];
      int seen = counts[feature]++;
      int place = seen < room ? seen : random.nextInt(seen + 1);
      if (place < room) {
        labels[offsets[feature] + place] = label;
      }
    }
  }
}
