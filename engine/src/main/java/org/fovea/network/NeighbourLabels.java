package org.fovea.network;

/// Labels of training examples that share features with an example: the negatives that are hardest
/// to tell from its true labels.
///
/// For each feature a uniform sample of the labels that occur with it is kept. A neighbour of an
/// example is drawn by drawing one of its features, in proportion to the square of its value, and
/// one of the feature's labels.
///
/// **Shapes** feature `f` has the labels `[offsets[f], offsets[f + 1])`.
///
/// **Threads** immutable.
public final class NeighbourLabels {

  private final int[] offsets;
  private final int[] labels;

  /// Labels by feature.
  ///
  /// @param offsets `[features + 1]`; owned
  /// @param labels labels, a label as often as it was sampled; owned
  public NeighbourLabels(int[] offsets, int[] labels) {
    this.offsets = offsets;
    this.labels = labels;
  }

  /// Adds neighbours of one example to a set.
  ///
  /// @param count how many are drawn; fewer are added when some are drawn twice
  void draw(Signals input, int example, int count, ActiveSet set, StreamRandom random) {
    int begin = input.begins()[example];
    int end = input.ends()[example];
    float[] values = input.entries();
    double squares = 0;
    for (int i = begin; i < end; i++) {
      squares += (double) values[i] * values[i];
    }
    if (squares == 0) {
      return;
    }
    for (int drawn = 0; drawn < count; drawn++) {
      double left = random.nextDouble() * squares;
      int at = begin;
      while (at < end - 1 && (left -= (double) values[at] * values[at]) > 0) {
        at++;
      }
      int feature = input.indices()[at];
      int from = offsets[feature];
      int to = offsets[feature + 1];
      if (to > from) {
        set.add(labels[from + random.nextInt(to - from)]);
      }
    }
  }
}
