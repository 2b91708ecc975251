package org.fovea.selection.lsh;

/// How much a prediction may look up: recall against time.
///
/// @param probes buckets that are looked into in each table; families without probing look into one
/// @param limit largest number of neurons retrieved
public record QueryBudget(int probes, int limit) {

  /// Checks the ranges.
  public QueryBudget {
    if (probes < 1 || limit < 1) {
      throw new IllegalArgumentException(
          "probes and limit must be positive, not %s and %s".formatted(probes, limit));
    }
  }
}
