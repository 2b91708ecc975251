package org.fovea.event;

import java.time.Duration;

/// How long an interpretation is searched for.
///
/// @param time the most time for a document, positive
/// @param propagations how many choices are tried out at most, at least 1
public record SearchLimits(Duration time, int propagations) {

  public SearchLimits {
    if (time.isNegative() || time.isZero() || propagations < 1) {
      throw new IllegalArgumentException(
          "time and propagations of a search must be positive, not %s and %s"
              .formatted(time, propagations));
    }
  }

  /// 100 milliseconds and 1,000 choices.
  public static SearchLimits defaults() {
    return new SearchLimits(Duration.ofMillis(100), 1_000);
  }
}
