package org.fovea.training;

/// What direct connections and the frequencies of labels count for in a ranking: the net input of a
/// label is `hidden + bias + direct · (direct connections) + frequency · log(occurrences)`.
///
/// @param direct factor of the direct connections; 1 leaves them alone
/// @param frequency what a label's bias gains for each unit of the natural logarithm of its number
///   of training examples; 0 leaves it alone, less than 0 favours rare labels
record Balance(double direct, double frequency) {

  /// What leaves a network alone.
  static final Balance EVEN = new Balance(1, 0);

  /// What a label's bias gains.
  ///
  /// @param occurrences training examples of the label; one without any is treated as with one
  double gain(long occurrences) {
    return frequency * Math.log((double) Math.max(1, occurrences));
  }
}
