package org.fovea.data;

import java.util.Objects;

/// Holds a batch that somebody else has filled to what a network can read, and says which example
/// does not fit.
///
/// Examples that were checked when they were loaded ([Examples]) are not checked again.
///
/// **Threads** safe. **Cost** one or two nanoseconds a feature, and nothing for loaded examples;
/// nothing is allocated where all is well.
public final class BatchCheck {

  private BatchCheck() {}

  /// Requires finished examples whose features ascend, each once, have ids in `[0, featureCount)`
  /// and finite values.
  ///
  /// @param what the examples are from, with which messages begin; may be empty
  /// @throws IllegalArgumentException if an example does not fit
  /// @throws IllegalStateException if the last example is not finished
  public static void features(String what, Batch batch, int featureCount) {
    requireFinished(batch);
    if (batch.hasVouchedFeatures(featureCount)) {
      return;
    }
    int[] offsets = batch.featureOffsets();
    int[] features = batch.features();
    int wrong = 0;
    for (int e = 0; e < batch.exampleCount(); e++) {
      int from = offsets[e];
      int to = offsets[e + 1];
      if (from < to) {
        wrong |= features[from] | (featureCount - 1 - features[to - 1]) | order(features, from, to);
      }
    }
    if (wrong < 0 || !areFinite(batch.values(), batch.featureCount())) {
      throw wrongFeatures(what, batch, featureCount);
    }
  }

  /// Requires finished examples whose labels ascend, each once, and have ids in `[0, labelCount)`.
  ///
  /// @param what the examples are from, with which messages begin; may be empty
  /// @throws IllegalArgumentException if an example does not fit
  /// @throws IllegalStateException if the last example is not finished
  public static void labels(String what, Batch batch, int labelCount) {
    requireFinished(batch);
    if (batch.hasVouchedLabels(labelCount)) {
      return;
    }
    int[] offsets = batch.labelOffsets();
    int[] labels = batch.labels();
    for (int e = 0; e < batch.exampleCount(); e++) {
      int previous = -1;
      for (int i = offsets[e]; i < offsets[e + 1]; i++) {
        int label = labels[i];
        if (label < 0 || label >= labelCount) {
          throw wrong(what, batch, e, "a label " + range(labelCount) + " was expected, " + label);
        }
        if (label <= previous) {
          throw wrong(what, batch, e, order("labels", label, previous));
        }
        previous = label;
      }
    }
  }

  /// Requires finite values, whatever the features are.
  ///
  /// @throws IllegalArgumentException if a value is not finite
  /// @throws IllegalStateException if the last example is not finished
  public static void values(Batch batch) {
    requireFinished(batch);
    if (batch.hasVouchedFeatures(Integer.MAX_VALUE)
        || areFinite(batch.values(), batch.featureCount())) {
      return;
    }
    for (int e = 0; e < batch.exampleCount(); e++) {
      for (int i = batch.featureOffsets()[e]; i < batch.featureOffsets()[e + 1]; i++) {
        if (!Float.isFinite(batch.values()[i])) {
          throw wrong("", batch, e, infinite(batch.features()[i], batch.values()[i]));
        }
      }
    }
  }

  private static void requireFinished(Batch batch) {
    Objects.requireNonNull(batch, "batch");
    if (batch.openFeatureCount() != 0 || batch.openLabelCount() != 0) {
      throw new IllegalStateException("finished examples were expected, an unfinished one came");
    }
  }

  /// Negative where an id is negative or not larger than the one before.
  private static int order(int[] ids, int from, int to) {
    int wrong = 0;
    for (int i = from + 1; i < to; i++) {
      wrong |= ids[i] | (ids[i] - ids[i - 1] - 1);
    }
    return wrong;
  }

  private static boolean areFinite(float[] values, int count) {
    // zero times what is not finite is not a number; two sums, so that additions overlap
    float even = 0f;
    float odd = 0f;
    int i = 0;
    for (; i < count - 1; i += 2) {
      even += values[i] * 0f;
      odd += values[i + 1] * 0f;
    }
    if (i < count) {
      even += values[i] * 0f;
    }
    return even + odd == 0f;
  }

  private static IllegalArgumentException wrongFeatures(
      String what, Batch batch, int featureCount) {
    for (int e = 0; e < batch.exampleCount(); e++) {
      example(what, batch, e, featureCount);
    }
    return new IllegalArgumentException("the batch changed while it was checked");
  }

  /// The same of one example of a batch, whether the last one is finished or not.
  ///
  /// @throws IllegalArgumentException if the example does not fit
  public static void example(String what, Batch batch, int example, int featureCount) {
    int previous = -1;
    int end = batch.featureOffsets()[example + 1];
    for (int i = batch.featureOffsets()[example]; i < end; i++) {
      int feature = batch.features()[i];
      float value = batch.values()[i];
      if (feature < 0 || feature >= featureCount) {
        String problem = "a feature " + range(featureCount) + " was expected, " + feature;
        throw wrong(what, batch, example, problem);
      }
      if (feature <= previous) {
        throw wrong(what, batch, example, order("features", feature, previous));
      }
      if (!Float.isFinite(value)) {
        throw wrong(what, batch, example, infinite(feature, value));
      }
      previous = feature;
    }
  }

  private static String infinite(int feature, float value) {
    return "a finite value of feature " + feature + " was expected, " + value;
  }

  private static String range(int count) {
    return "of 0 to " + (count - 1);
  }

  private static String order(String ids, int id, int previous) {
    return "ascending " + ids + ", each once, were expected, " + id + " after " + previous;
  }

  private static IllegalArgumentException wrong(
      String what, Batch batch, int example, String problem) {
    long id = batch.exampleIds()[example];
    String place = id == example ? "" : " (place " + example + " of the batch)";
    String prefix = what.isEmpty() ? "" : what + ": ";
    return new IllegalArgumentException(
        prefix + "example " + id + place + ": " + problem + " came");
  }
}
