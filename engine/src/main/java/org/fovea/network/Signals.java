package org.fovea.network;

import org.fovea.data.Batch;
import org.fovea.kernel.Block;

/// The activations of a layer for a batch, and the gradients that come back.
///
/// Either dense, a block of all neurons, or sparse, the active neurons of each example with their
/// values.
///
/// **Shapes** dense: values and gradients `[examples, width]`. Sparse: example `e` has the entries
/// `[begins[e], ends[e])` of `indices`, `entries` and `entryGradients`; every example owns a
/// segment of fixed length, so that a team fills them in parallel.
///
/// **Threads** confined to a worker and its team, disjoint examples in parallel.
final class Signals {

  /// Stream of random numbers for the dropout of inputs.
  private static final int INPUT_STREAM = -1;

  private final int width;
  private final boolean sparse;
  private final Block values = new Block();
  private final Block gradients = new Block();
  private int examples;
  private int[] begins = new int[0];
  private int[] ends = new int[0];
  private int[] indices = new int[0];
  private float[] entries = new float[0];
  private float[] entryGradients = new float[0];

  private Signals(int width, boolean sparse) {
    this.width = width;
    this.sparse = sparse;
  }

  /// Dense signals of `width` neurons.
  static Signals dense(int width) {
    return new Signals(width, false);
  }

  /// Sparse signals over `width` neurons.
  static Signals sparse(int width) {
    return new Signals(width, true);
  }

  /// Makes room for a batch.
  ///
  /// @param examples number of examples
  /// @param capacity largest number of active neurons of an example, if sparse
  void resize(int examples, int capacity) {
    this.examples = examples;
    if (!sparse) {
      values.resize(examples, width);
      gradients.resize(examples, width);
      return;
    }
    int total = Math.multiplyExact(examples, capacity);
    if (begins.length < examples) {
      begins = new int[examples];
      ends = new int[examples];
    }
    if (indices.length < total) {
      indices = new int[total];
      entries = new float[total];
      entryGradients = new float[total];
    }
    for (int e = 0; e < examples; e++) {
      begins[e] = e * capacity;
      ends[e] = begins[e];
    }
  }

  /// Takes over the features of a batch as sparse signals, leaving each out with probability
  /// `dropout` and scaling the others up.
  void load(Batch batch, double dropout, Step step, StreamRandom random) {
    examples = batch.exampleCount();
    if (begins.length < examples) {
      begins = new int[examples];
      ends = new int[examples];
    }
    if (indices.length < batch.featureCount()) {
      indices = new int[batch.features().length];
      entries = new float[batch.features().length];
    }
    if (dropout > 0) {
      leaveOut(batch, (float) (1 - dropout), step, random);
      return;
    }
    System.arraycopy(batch.features(), 0, indices, 0, batch.featureCount());
    System.arraycopy(batch.values(), 0, entries, 0, batch.featureCount());
    System.arraycopy(batch.featureOffsets(), 0, begins, 0, examples);
    System.arraycopy(batch.featureOffsets(), 1, ends, 0, examples);
  }

  private void leaveOut(Batch batch, float keep, Step step, StreamRandom random) {
    int[] offsets = batch.featureOffsets();
    int[] features = batch.features();
    float[] featureValues = batch.values();
    int at = 0;
    for (int e = 0; e < examples; e++) {
      begins[e] = at;
      random.place(step.seed(), step.batch(), INPUT_STREAM, e);
      for (int i = offsets[e]; i < offsets[e + 1]; i++) {
        if (random.nextFloat() < keep) {
          indices[at] = features[i];
          entries[at++] = featureValues[i] / keep;
        }
      }
      ends[e] = at;
    }
  }

  boolean isSparse() {
    return sparse;
  }

  int width() {
    return width;
  }

  int examples() {
    return examples;
  }

  Block values() {
    return values;
  }

  Block gradients() {
    return gradients;
  }

  int[] begins() {
    return begins;
  }

  int[] ends() {
    return ends;
  }

  int[] indices() {
    return indices;
  }

  float[] entries() {
    return entries;
  }

  float[] entryGradients() {
    return entryGradients;
  }

  /// Number of values over all examples that the next layer has to look at.
  long activeCount() {
    if (!sparse) {
      return (long) examples * width;
    }
    long count = 0;
    for (int e = 0; e < examples; e++) {
      count += ends[e] - begins[e];
    }
    return count;
  }
}
