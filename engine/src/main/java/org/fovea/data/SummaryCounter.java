package org.fovea.data;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/// Counts what a [DataSummary] says while examples pass by.
///
/// The digest is over 32-bit little-endian numbers: the counts of features and labels, then for
/// each example, if its weight is not 1, -1 and the bits of it, the number of its labels, the
/// labels, the number of its features, the features, and the bits of their values.
///
/// **Threads** Confined. **Cost** Some 5 ns a feature, most of it the digest; no garbage.
final class SummaryCounter {

  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final int BUFFER_BYTES = 32 * 1024;

  private final String name;
  private final int featureCount;
  private final int labelCount;
  private final LabelFrequencies frequencies;
  private final MessageDigest digest;
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private int buffered;
  private long exampleCount;
  private long featureEntryCount;
  private long labelEntryCount;
  private long featurelessCount;
  private long unlabelledCount;
  private double weightSum;
  private long weightlessCount;
  private final List<SkippedExample> skipped = new ArrayList<>();

  SummaryCounter(String name, int featureCount, int labelCount) {
    this.name = name;
    this.featureCount = featureCount;
    this.labelCount = labelCount;
    this.frequencies = new LabelFrequencies(labelCount);
    try {
      this.digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("a Java platform with SHA-256 was expected", e);
    }
    put(featureCount);
    put(labelCount);
  }

  /// Keeps the first examples that were left out.
  void skipped(SkippedExample example) {
    if (skipped.size() < DataSummary.MOST_SKIPPED) {
      skipped.add(example);
    }
  }

  /// Counts the examples of a batch.
  void add(Batch batch) {
    int[] featureOffsets = batch.featureOffsets();
    int[] labelOffsets = batch.labelOffsets();
    for (int i = 0; i < batch.exampleCount(); i++) {
      int labels = labelOffsets[i + 1] - labelOffsets[i];
      int features = featureOffsets[i + 1] - featureOffsets[i];
      exampleCount++;
      addWeight(batch.weights()[i]);
      labelEntryCount += labels;
      featureEntryCount += features;
      unlabelledCount += labels == 0 ? 1 : 0;
      featurelessCount += features == 0 ? 1 : 0;
      put(labels);
      for (int at = labelOffsets[i]; at < labelOffsets[i + 1]; at++) {
        frequencies.add(batch.labels()[at]);
        put(batch.labels()[at]);
      }
      put(features);
      putFeatures(batch, featureOffsets[i], featureOffsets[i + 1]);
    }
  }

  private void addWeight(float weight) {
    weightSum += weight;
    if (weight != 1f) {
      put(-1);
      put(Float.floatToRawIntBits(weight));
    }
  }

  /// Counts an example that is left out because it counts for nothing.
  void addWeightless() {
    weightlessCount++;
  }

  private void putFeatures(Batch batch, int from, int to) {
    int[] features = batch.features();
    float[] values = batch.values();
    for (int at = from; at < to; at++) {
      put(features[at]);
    }
    for (int at = from; at < to; at++) {
      put(Float.floatToRawIntBits(values[at]));
    }
  }

  private void put(int value) {
    if (buffered == BUFFER_BYTES) {
      digest.update(buffer);
      buffered = 0;
    }
    INTS.set(buffer, buffered, value);
    buffered += Integer.BYTES;
  }

  /// The summary of all examples that passed by. Ends the counting.
  ///
  /// @param skippedCount malformed examples that were left out
  DataSummary summary(long skippedCount) {
    return summary(skippedCount, List.of());
  }

  /// The summary of all examples that passed by. Ends the counting.
  ///
  /// @param skippedCount malformed examples that were left out
  /// @param notes what their reader has to say
  DataSummary summary(long skippedCount, List<String> notes) {
    digest.update(buffer, 0, buffered);
    return new DataSummary(
        name,
        exampleCount,
        featureCount,
        labelCount,
        featureEntryCount,
        labelEntryCount,
        featurelessCount,
        unlabelledCount,
        skippedCount,
        weightlessCount,
        weightSum,
        skipped,
        frequencies,
        HexFormat.of().formatHex(digest.digest()),
        notes);
  }
}
