package org.fovea.selection.lsh;

import java.util.Locale;

/// How well hash tables do their work, measured on a sample.
///
/// @param meanLoad mean number of entries of the buckets that are not empty
/// @param largestLoad largest number of entries of a bucket
/// @param emptyShare share of buckets without entries
/// @param staleShare share of the sampled rows' entries that are not where the present weights
///   belong
/// @param recall share of the truly best `depth` neurons that queries retrieve; NaN without queries
/// @param depth number of best neurons that `recall` is about
/// @param meanRetrieved mean number of neurons that a query retrieves; NaN without queries
public record SelectionHealth(
    double meanLoad,
    int largestLoad,
    double emptyShare,
    double staleShare,
    double recall,
    int depth,
    double meanRetrieved) {

  /// What is not healthy: the tables are to be built again.
  ///
  /// @param leastRecall recall below it is an alarm; 0 for none
  /// @param mostStale a stale share above it is an alarm; 1 for none
  public record Thresholds(double leastRecall, double mostStale) {

    /// The thresholds that selectors begin with: a twentieth of the entries stale, any recall.
    public static final Thresholds USUAL = new Thresholds(0, 0.05);

    /// Checks the ranges.
    public Thresholds {
      if (!(leastRecall >= 0 && leastRecall <= 1 && mostStale >= 0 && mostStale <= 1)) {
        throw new IllegalArgumentException(
            "thresholds must be between 0 and 1, not %s and %s".formatted(leastRecall, mostStale));
      }
    }
  }

  /// Whether a threshold is passed.
  public boolean alarming(Thresholds thresholds) {
    return staleShare > thresholds.mostStale || recall < thresholds.leastRecall;
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "bucket load %.1f, at most %d, %.1f %% empty; %.2f %% stale; recall@%d %.3f of %.0f retrieved",
        meanLoad,
        largestLoad,
        100 * emptyShare,
        100 * staleShare,
        depth,
        recall,
        meanRetrieved);
  }
}
