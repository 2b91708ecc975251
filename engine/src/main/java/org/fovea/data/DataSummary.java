package org.fovea.data;

import java.util.List;

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
/// @param weightlessCount examples that were left out because their weight is 0
/// @param weightSum sum of the weights of the examples: their number, unless they have weights
/// @param skipped the first [#MOST_SKIPPED] malformed ones; positions are those in the source,
///   where these count too
/// @param labelFrequencies examples that have each label
/// @param contentDigest SHA-256, in hexadecimal digits, of the counts and the examples in their
///   order, the same whether the file is packed or not, and whether the examples are in memory or
///   not
/// @param notes what was done with examples that could not be read like the training data, one
///   sentence each
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
    long weightlessCount,
    double weightSum,
    List<SkippedExample> skipped,
    LabelFrequencies labelFrequencies,
    String contentDigest,
    List<String> notes) {

  /// Of so many malformed examples it is kept what is wrong with them.
  public static final int MOST_SKIPPED = 1000;

  /// Copies the lists.
  public DataSummary {
    notes = List.copyOf(notes);
    skipped = List.copyOf(skipped);
  }

  /// Mean weight of the examples; 1 if there are none.
  public double meanWeight() {
    return exampleCount == 0 ? 1 : weightSum / exampleCount;
  }

  /// Divides the weights of a batch of these examples by their mean, so that only what examples
  /// count for beside each other tells, and not what all of them do.
  public void evenOut(Batch batch) {
    if (batch.isWeighted()) {
      batch.scaleWeights((float) (1 / meanWeight()));
    }
  }

  /// Features of an average example.
  public double featuresPerExample() {
    return exampleCount == 0 ? 0 : (double) featureEntryCount / exampleCount;
  }

  /// Labels of an average example.
  public double labelsPerExample() {
    return exampleCount == 0 ? 0 : (double) labelEntryCount / exampleCount;
  }
}
