package org.fovea.data;

import java.util.Arrays;
import java.util.Objects;

/// A group of examples in compressed sparse rows.
///
/// Example `i` has the features `features()[featureOffsets()[i] .. featureOffsets()[i + 1])` with
/// the values at the same places of [#values()], and the labels `labels()[labelOffsets()[i] ..
/// labelOffsets()[i + 1])`. Readers of this package deliver the features and the labels of an
/// example ascending and each at most once. An example has a weight, 1 unless something else is
/// said: what its loss counts for.
///
/// **Shapes** `featureOffsets [examples + 1]`, `features, values [featureCount]`, `labelOffsets
/// [examples + 1]`, `labels [labelCount]`, `exampleIds, weights [examples]`. The arrays are longer
/// than that, are replaced when they grow, and belong to the batch: fetch them again after every
/// change.
///
/// **Threads** Confined to one thread at a time.
///
/// **Cost** Nothing is allocated once the arrays have grown to the largest batch.
public final class Batch {

  private static final int LARGEST_ARRAY = Integer.MAX_VALUE - 8;

  private int exampleCount;
  private int featureCount;
  private int labelCount;
  private int[] featureOffsets;
  private int[] features;
  private float[] values;
  private int[] labelOffsets;
  private int[] labels;
  private long[] exampleIds;
  private float[] weights;
  private int vouchedFeatures;
  private int vouchedLabels;
  private boolean weighted;

  /// An empty batch that grows as it is filled.
  public Batch() {
    this(64, 1024);
  }

  /// An empty batch with room for what is expected.
  ///
  /// @param examples examples that fit without growing
  /// @param entries features, of all examples together, that fit without growing
  public Batch(int examples, int entries) {
    if (examples < 0 || entries < 0) {
      throw new IllegalArgumentException(
          "room for 0 or more examples and entries was expected, "
              + examples
              + " and "
              + entries
              + " came");
    }
    featureOffsets = new int[examples + 1];
    labelOffsets = new int[examples + 1];
    exampleIds = new long[examples];
    weights = new float[examples];
    features = new int[entries];
    values = new float[entries];
    labels = new int[Math.max(16, examples)];
  }

  /// Finished examples.
  public int exampleCount() {
    return exampleCount;
  }

  /// Features of all finished examples together.
  public int featureCount() {
    return featureOffsets[exampleCount];
  }

  /// Labels of all finished examples together.
  public int labelCount() {
    return labelOffsets[exampleCount];
  }

  /// Where each example's features begin, and after the last where they end.
  public int[] featureOffsets() {
    return featureOffsets;
  }

  /// Feature ids.
  public int[] features() {
    return features;
  }

  /// The value of each entry of [#features()].
  public float[] values() {
    return values;
  }

  /// Where each example's labels begin, and after the last where they end.
  public int[] labelOffsets() {
    return labelOffsets;
  }

  /// Label ids.
  public int[] labels() {
    return labels;
  }

  /// The position of each example in its data set.
  public long[] exampleIds() {
    return exampleIds;
  }

  /// What the loss of each example counts for: 0 or more, as if it were there so many times.
  public float[] weights() {
    return weights;
  }

  /// Whether an example was given a weight other than 1.
  public boolean isWeighted() {
    return weighted;
  }

  /// Multiplies the weights of all examples.
  ///
  /// @param factor positive and finite
  public void scaleWeights(float factor) {
    checkWeight(factor);
    for (int i = 0; i < exampleCount; i++) {
      weights[i] *= factor;
      weighted |= weights[i] != 1f;
    }
  }

  /// Forgets all examples and keeps the arrays.
  public void clear() {
    exampleCount = 0;
    vouchedFeatures = 0;
    vouchedLabels = 0;
    weighted = false;
    featureCount = 0;
    labelCount = 0;
  }

  /// Adds a feature to the example that is being built.
  public void addFeature(int feature, float value) {
    int at = featureCount;
    if (at == features.length) {
      growFeatures(at + 1L);
    }
    features[at] = feature;
    values[at] = value;
    featureCount = at + 1;
  }

  /// Adds a label to the example that is being built.
  public void addLabel(int label) {
    if (labelCount == labels.length) {
      growLabels(labelCount + 1L);
    }
    labels[labelCount++] = label;
  }

  /// Finishes the example that is being built; it may have no features and no labels.
  ///
  /// @param id its position in the data set
  public void endExample(long id) {
    endExample(id, 1f);
  }

  /// Finishes the example that is being built and says what it counts for.
  ///
  /// @param id its position in the data set
  /// @param weight 0 or more, finite
  /// @throws IllegalArgumentException if the weight is negative or not finite
  public void endExample(long id, float weight) {
    checkWeight(weight);
    if (exampleCount == exampleIds.length) {
      growExamples(exampleCount + 1L);
    }
    vouchedFeatures = 0;
    vouchedLabels = 0;
    weighted |= weight != 1f;
    weights[exampleCount] = weight;
    exampleIds[exampleCount++] = id;
    featureOffsets[exampleCount] = featureCount;
    labelOffsets[exampleCount] = labelCount;
  }

  /// Forgets what was added since the last finished example.
  public void dropExample() {
    featureCount = featureOffsets[exampleCount];
    labelCount = labelOffsets[exampleCount];
  }

  private static void checkWeight(float weight) {
    if (!(weight >= 0 && weight <= Float.MAX_VALUE)) {
      throw new IllegalArgumentException("a weight of 0 or more was expected, " + weight + " came");
    }
  }

  /// Forgets the last finished example.
  ///
  /// @throws IllegalStateException if there is none, or another is being built
  void removeLast() {
    if (exampleCount == 0 || openFeatureCount() != 0 || openLabelCount() != 0) {
      throw new IllegalStateException("a finished example was expected");
    }
    exampleCount--;
    dropExample();
  }

  /// Makes one feature of neighbours that are equal in the example that is being built; its value
  /// is the sum of theirs.
  ///
  /// @return how many went into others
  int sumRepeated() {
    int from = featureOffsets[exampleCount];
    int last = from;
    for (int at = from + 1; at < featureCount; at++) {
      if (features[at] == features[last]) {
        values[last] += values[at];
      } else {
        last++;
        features[last] = features[at];
        values[last] = values[at];
      }
    }
    int before = featureCount;
    featureCount = Math.min(featureCount, last + 1);
    return before - featureCount;
  }

  /// The value of a feature of the example that is being built.
  float openValue(int feature) {
    return values[featureOffsets[exampleCount] + feature];
  }

  /// Features added to the example that is being built.
  public int openFeatureCount() {
    return featureCount - featureOffsets[exampleCount];
  }

  /// Labels added to the example that is being built.
  public int openLabelCount() {
    return labelCount - labelOffsets[exampleCount];
  }

  /// Copies one example of another batch to the end of this one.
  public void append(Batch other, int example) {
    append(other, example, 1);
  }

  /// Copies consecutive examples of another batch to the end of this one.
  public void append(Batch other, int from, int count) {
    Objects.checkFromIndexSize(from, count, other.exampleCount);
    if (openFeatureCount() != 0 || openLabelCount() != 0) {
      throw new IllegalStateException(
          "a finished example was expected before others are appended, an unfinished one came");
    }
    int firstFeature = other.featureOffsets[from];
    int firstLabel = other.labelOffsets[from];
    int featureShift = featureCount - firstFeature;
    int labelShift = labelCount - firstLabel;
    appendFeatures(
        other.features,
        other.values,
        firstFeature,
        other.featureOffsets[from + count] - firstFeature);
    appendLabels(other.labels, firstLabel, other.labelOffsets[from + count] - firstLabel);
    if (count > exampleIds.length - exampleCount) {
      growExamples((long) exampleCount + count);
    }
    System.arraycopy(other.exampleIds, from, exampleIds, exampleCount, count);
    System.arraycopy(other.weights, from, weights, exampleCount, count);
    vouchedFeatures = 0;
    vouchedLabels = 0;
    weighted |= other.weighted;
    for (int i = 1; i <= count; i++) {
      featureOffsets[exampleCount + i] = other.featureOffsets[from + i] + featureShift;
      labelOffsets[exampleCount + i] = other.labelOffsets[from + i] + labelShift;
    }
    exampleCount += count;
  }

  /// Adds `count` features, starting at `from`, to the example that is being built.
  public void appendFeatures(int[] features, float[] values, int from, int count) {
    reserveFeatures(count);
    System.arraycopy(features, from, this.features, featureCount, count);
    System.arraycopy(values, from, this.values, featureCount, count);
    featureCount += count;
  }

  /// Adds `count` features of value 1, starting at `from`, to the example that is being built.
  public void appendFeatures(int[] features, int from, int count) {
    reserveFeatures(count);
    System.arraycopy(features, from, this.features, featureCount, count);
    Arrays.fill(values, featureCount, featureCount + count, 1f);
    featureCount += count;
  }

  /// Adds `count` labels, starting at `from`, to the example that is being built.
  public void appendLabels(int[] labels, int from, int count) {
    if (count > this.labels.length - labelCount) {
      growLabels((long) labelCount + count);
    }
    System.arraycopy(labels, from, this.labels, labelCount, count);
    labelCount += count;
  }

  /// Gives every example all features, in their order: those that it lacked get the value 0.
  ///
  /// **Cost** O(examples * features), in place.
  ///
  /// @param count features that examples may have
  /// @throws IllegalArgumentException if the features of an example are not ascending and below the
  ///   count
  public void fillIn(int count) {
    checkAscending(count);
    long all = (long) exampleCount * count;
    if (all == featureCount) {
      return;
    }
    if (all > features.length) {
      growFeatures(all);
    }
    // backwards: what is written lies behind what is still to be read
    for (int e = exampleCount - 1; e >= 0; e--) {
      int first = featureOffsets[e];
      int from = featureOffsets[e + 1] - 1;
      int start = e * count;
      for (int feature = count - 1; feature >= 0; feature--) {
        boolean has = from >= first && features[from] == feature;
        values[start + feature] = has ? values[from--] : 0f;
      }
      featureOffsets[e + 1] = start + count;
    }
    for (int feature = 0; feature < count; feature++) {
      features[feature] = feature;
    }
    for (int e = 1; e < exampleCount; e++) {
      System.arraycopy(features, 0, features, e * count, count);
    }
    featureCount = (int) all;
  }

  private void checkAscending(int count) {
    if (openFeatureCount() != 0) {
      throw new IllegalStateException("finished examples were expected, an unfinished one came");
    }
    for (int e = 0; e < exampleCount; e++) {
      int previous = -1;
      for (int i = featureOffsets[e]; i < featureOffsets[e + 1]; i++) {
        if (features[i] <= previous || features[i] >= count) {
          throw new IllegalArgumentException(
              "ascending features below "
                  + count
                  + " were expected, "
                  + features[i]
                  + " after "
                  + previous
                  + " came");
        }
        previous = features[i];
      }
    }
  }

  /// Says that all examples are sound; the next that is added makes that unknown again.
  void vouch(int featureCount, int labelCount) {
    vouchedFeatures = featureCount;
    vouchedLabels = labelCount;
  }

  /// Whether somebody has said that all examples are sound, for no more features and labels than
  /// these.
  boolean isVouched(int featureCount, int labelCount) {
    return hasVouchedFeatures(featureCount) && hasVouchedLabels(labelCount);
  }

  boolean hasVouchedFeatures(int featureCount) {
    return vouchedFeatures > 0 && vouchedFeatures <= featureCount;
  }

  boolean hasVouchedLabels(int labelCount) {
    return vouchedLabels > 0 && vouchedLabels <= labelCount;
  }

  /// Makes room in an empty batch, for exactly this much if it has less.
  void reserve(int examples, int features, int labels) {
    if (exampleIds.length < examples) {
      exampleIds = new long[examples];
      weights = new float[examples];
      featureOffsets = new int[examples + 1];
      labelOffsets = new int[examples + 1];
    }
    if (this.features.length < features) {
      this.features = new int[features];
      values = new float[features];
    }
    if (this.labels.length < labels) {
      this.labels = new int[labels];
    }
  }

  private void reserveFeatures(int count) {
    if (count > features.length - featureCount) {
      growFeatures((long) featureCount + count);
    }
  }

  private void growFeatures(long needed) {
    int length = grown(features.length, needed, "features");
    features = Arrays.copyOf(features, length);
    values = Arrays.copyOf(values, length);
  }

  private void growLabels(long needed) {
    labels = Arrays.copyOf(labels, grown(labels.length, needed, "labels"));
  }

  private void growExamples(long needed) {
    int length = grown(exampleIds.length, needed, "examples");
    exampleIds = Arrays.copyOf(exampleIds, length);
    weights = Arrays.copyOf(weights, length);
    featureOffsets = Arrays.copyOf(featureOffsets, length + 1);
    labelOffsets = Arrays.copyOf(labelOffsets, length + 1);
  }

  private static int grown(int length, long needed, String what) {
    if (needed > LARGEST_ARRAY - 1) {
      throw new IllegalStateException(
          "a batch of at most "
              + (LARGEST_ARRAY - 1)
              + " "
              + what
              + " was expected, "
              + needed
              + " came");
    }
    return (int) Math.min(LARGEST_ARRAY - 1, Math.max(needed, length + (long) (length >> 1) + 16));
  }
}
