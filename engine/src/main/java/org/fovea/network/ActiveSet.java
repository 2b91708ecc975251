package org.fovea.network;

import java.util.Arrays;
import java.util.Optional;

/// The neurons that take part: a set of row ids in order of entry, with the place of each and the
/// log of the number of times that it was expected to be drawn.
///
/// Membership is a stamp per neuron, so emptying the set costs nothing.
///
/// **Threads** confined.
public final class ActiveSet {

  private final int[] place;
  private final int[] stamp;
  private int currentStamp = 1;
  private int[] rows = new int[64];
  private float[] correction = new float[64];
  private int size;
  private int requiredCount;
  private Optional<DirectScores> headStarts = Optional.empty();

  /// An empty set over the neurons `[0, neurons)`.
  public ActiveSet(int neurons) {
    place = new int[neurons];
    stamp = new int[neurons];
  }

  /// Empties the set.
  public void clear() {
    size = 0;
    requiredCount = 0;
    headStarts = Optional.empty();
    if (++currentStamp == 0) {
      Arrays.fill(stamp, 0);
      currentStamp = 1;
    }
  }

  /// Adds a neuron unless it is there.
  ///
  /// @return whether it was added
  public boolean add(int row) {
    if (stamp[row] == currentStamp) {
      return false;
    }
    stamp[row] = currentStamp;
    if (size == rows.length) {
      rows = Arrays.copyOf(rows, size * 2);
      correction = Arrays.copyOf(correction, size * 2);
    }
    place[row] = size;
    correction[size] = 0f;
    rows[size++] = row;
    return true;
  }

  /// Whether a neuron is in the set.
  public boolean contains(int row) {
    return stamp[row] == currentStamp;
  }

  /// Place of a neuron in [#rows], or -1.
  public int place(int row) {
    return stamp[row] == currentStamp ? place[row] : -1;
  }

  /// Marks what is in the set so far as required (the true labels): selectors add behind them.
  public void endRequired() {
    requiredCount = size;
  }

  /// Number of required neurons; they come first.
  public int requiredCount() {
    return requiredCount;
  }

  /// Tells selectors what else is added to the neurons' net inputs.
  void headStarts(DirectScores scores) {
    headStarts = Optional.of(scores);
  }

  /// What is added to net inputs before a selector compares them, if anything is.
  public Optional<DirectScores> headStarts() {
    return headStarts;
  }

  /// Number of neurons in the set.
  public int size() {
    return size;
  }

  /// The neurons; only the first [#size] count. Owned by the set.
  public int[] rows() {
    return rows;
  }

  /// What is subtracted from each neuron's logit in training, by place: the log of its expected
  /// number of draws, or 0. Owned by the set.
  public float[] corrections() {
    return correction;
  }
}
