package org.fovea.data;

import java.util.Arrays;

/// Consecutive examples of a data set in arrays of just the right length.
///
/// Many chunks together may hold more than 2^31 entries, while each stays small enough for the
/// garbage collector to place freely. Where every value, or every weight, is 1 they are not stored.
///
/// **Threads** Safe: nobody writes to the arrays once it is made.
final class Chunk {

  /// Features after which a chunk is full.
  static final int FULL_FEATURE_COUNT = 1 << 16;

  /// Examples after which a chunk is full.
  static final int FULL_EXAMPLE_COUNT = 1 << 14;

  private static final float[] ALL_ONE = {};
  private static final int OBJECT_BYTES = 160;

  private final long firstExample;
  private final int[] featureOffsets;
  private final int[] features;
  private final float[] values;
  private final int[] labelOffsets;
  private final int[] labels;
  private final float[] weights;

  /// Copies a batch whose examples are consecutive.
  Chunk(Batch batch) {
    int examples = batch.exampleCount();
    int entries = batch.featureCount();
    firstExample = examples == 0 ? 0 : batch.exampleIds()[0];
    featureOffsets = Arrays.copyOf(batch.featureOffsets(), examples + 1);
    features = Arrays.copyOf(batch.features(), entries);
    values = isAllOne(batch) ? ALL_ONE : Arrays.copyOf(batch.values(), entries);
    labelOffsets = Arrays.copyOf(batch.labelOffsets(), examples + 1);
    labels = Arrays.copyOf(batch.labels(), batch.labelCount());
    weights = batch.isWeighted() ? Arrays.copyOf(batch.weights(), examples) : ALL_ONE;
  }

  /// Whether a batch has reached the size of a chunk.
  static boolean isFull(Batch batch) {
    return batch.featureCount() >= FULL_FEATURE_COUNT
        || batch.labelCount() >= FULL_FEATURE_COUNT
        || batch.exampleCount() >= FULL_EXAMPLE_COUNT;
  }

  /// Whether every feature of a batch has the value 1.
  static boolean isAllOne(Batch batch) {
    float[] values = batch.values();
    int count = batch.featureCount();
    for (int i = 0; i < count; i++) {
      if (values[i] != 1f) {
        return false;
      }
    }
    return true;
  }

  /// The id of the first example.
  long firstExample() {
    return firstExample;
  }

  /// Examples in this chunk.
  int exampleCount() {
    return featureOffsets.length - 1;
  }

  /// Memory that this chunk takes.
  long bytes() {
    return OBJECT_BYTES
        + 4L
            * (2L * featureOffsets.length
                + (long) features.length
                + (long) values.length
                + weights.length
                + labels.length);
  }

  /// Appends an example to a batch.
  ///
  /// @param example its place in this chunk, from 0
  void copy(int example, Batch batch) {
    int from = featureOffsets[example];
    int count = featureOffsets[example + 1] - from;
    if (values.length == 0) {
      batch.appendFeatures(features, from, count);
    } else {
      batch.appendFeatures(features, values, from, count);
    }
    batch.appendLabels(
        labels, labelOffsets[example], labelOffsets[example + 1] - labelOffsets[example]);
    batch.endExample(firstExample + example, weights.length == 0 ? 1f : weights[example]);
  }
}
