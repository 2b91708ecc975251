package org.fovea.network;

/// How fast direct connections learn beside each other: each at the product of its feature's rate
/// and its label's.
///
/// **Shapes** `[features]` and `[labels]`, or empty for 1 everywhere. **Threads** immutable.
public final class DirectRates {

  private static final DirectRates EQUAL = new DirectRates(new float[0], new float[0]);

  private final float[] features;
  private final float[] labels;

  private DirectRates(float[] features, float[] labels) {
    this.features = features;
    this.labels = labels;
  }

  /// The same for all.
  public static DirectRates equal() {
    return EQUAL;
  }

  /// Faster for rare features and labels: in proportion to `log(examples / (occurrences + 1))` to
  /// the power of `rarity`, the rates of features with a mean square of 1 over the features of the
  /// examples, those of labels with a mean of 1 over the labels of the examples.
  ///
  /// A rare feature says much about a rare label even when they were seen together once. About a
  /// frequent label it says little, and what the hidden layers say should count more.
  ///
  /// @param featureCounts number of examples of each feature
  /// @param labelCounts number of examples of each label
  /// @param examples number of examples
  /// @param rarity 0 makes all equal
  public static DirectRates byRarity(
      int[] featureCounts, int[] labelCounts, long examples, double rarity) {
    if (rarity == 0) {
      return EQUAL;
    }
    float[] features = rates(featureCounts, examples, rarity);
    float[] labels = rates(labelCounts, examples, rarity);
    scale(features, Math.sqrt(mean(features, featureCounts, 2)));
    scale(labels, mean(labels, labelCounts, 1));
    return new DirectRates(features, labels);
  }

  private static float[] rates(int[] counts, long examples, double rarity) {
    float[] rates = new float[counts.length];
    for (int i = 0; i < counts.length; i++) {
      rates[i] = (float) Math.pow(Math.max(0, Math.log(examples / (counts[i] + 1.0))), rarity);
    }
    return rates;
  }

  private static double mean(float[] rates, int[] counts, int power) {
    double sum = 0;
    double count = 0;
    for (int i = 0; i < counts.length; i++) {
      sum += counts[i] * Math.pow(rates[i], power);
      count += counts[i];
    }
    return count == 0 ? 0 : sum / count;
  }

  private static void scale(float[] rates, double mean) {
    for (int i = 0; i < rates.length; i++) {
      rates[i] = mean > 0 ? (float) (rates[i] / mean) : 1f;
    }
  }

  /// Rate of a feature's connections.
  public float ofFeature(int feature) {
    return features.length == 0 ? 1f : features[feature];
  }

  /// Rate of a label's connections.
  public float ofLabel(int label) {
    return labels.length == 0 ? 1f : labels[label];
  }
}
