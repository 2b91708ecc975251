package org.fovea.data;

/// What the numbers of a column are like.
///
/// Sums are over differences from the first number, so that numbers far from 0 keep their digits.
///
/// **Threads** Confined. **Cost** A few additions a number.
final class NumberSurvey {

  private long count;
  private double first;
  private double sum;
  private double squares;
  private double least = Double.POSITIVE_INFINITY;
  private double most = Double.NEGATIVE_INFINITY;
  private boolean whole = true;

  /// Adds a finite number.
  void add(double number) {
    if (count++ == 0) {
      first = number;
    }
    final double away = number - first;
    sum += away;
    squares += away * away;
    least = Math.min(least, number);
    most = Math.max(most, number);
    whole &= number == Math.rint(number);
  }

  long count() {
    return count;
  }

  /// The first number.
  double first() {
    return first;
  }

  /// Whether all numbers are the same.
  boolean isConstant() {
    return least >= most;
  }

  /// Whether all numbers are whole.
  boolean isWhole() {
    return whole;
  }

  double least() {
    return least;
  }

  double most() {
    return most;
  }

  double mean() {
    if (count == 0 || isConstant()) {
      return count == 0 ? 0 : first;
    }
    double mean = first + sum / count;
    return Double.isFinite(mean) ? Math.clamp(mean, least, most) : least / 2 + most / 2;
  }

  /// The standard deviation; 0 only if all numbers are the same.
  double deviation() {
    if (isConstant()) {
      return 0;
    }
    double away = sum / count;
    double deviation = Math.sqrt(Math.max(0, squares / count - away * away));
    double range = most / 2 - least / 2;
    // squares of very small or large differences are no numbers any more
    return deviation > 0 && Double.isFinite(deviation)
        ? deviation
        : Math.max(range, Double.MIN_VALUE);
  }

  /// How the numbers become values of a feature.
  NumberFit fit() {
    return NumberFit.of(
        mean(), deviation(), count == 0 ? 0 : Math.max(Math.abs(least), Math.abs(most)));
  }
}
