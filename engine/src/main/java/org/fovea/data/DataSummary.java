package org.fovea.data;

/// What a data set holds, counted while it was read.
///
/// @param name what the data set is called
/// @param exampleCount examples that there are, without those left out
/// @param featureCount features that examples may have
/// @param labelCount labels that examples may have
/// @param featureEntryCount features of all examples together
/// @param labelEntryCount labels of all examples together
/// @param featurelessCount examples without any feature
/// @param unlabelledCount examples without any label
/// @param skippedCount malformed examples that were left out
/// @param labelFrequencies examples that have each label
/// @param contentDigest SHA-256, in hexadecimal digits, of the counts and the examples in their
///   order, the same whether the file is packed or not, and whether the examples are in memory or
///   not
public record DataSummary(
    String name,
    long exampleCount,
    int featureCount,
    int labelCount,
    long featureEntryCount,
    long labelEntryCount,
    long featurelessCount,
    long unlabelledCount,
    long skippedCount,
    LabelFrequencies labelFrequencies,
    String contentDigest) {

  /// Features of an average example.
  public double featuresPerExample() {
    return exampleCount == 0 ? 0 : (double) featureEntryCount / exampleCount;
  }

  /// Labels of an average example.
  public double labelsPerExample() {
    return exampleCount == 0 ? 0 : (double) labelEntryCount / exampleCount;
  }
}
