package org.fovea.network;

import java.util.Arrays;

/// The gradients of an example's true labels, given the softmax over its active labels.
///
/// **Threads** confined.
final class TrueLabels {

  /// Below this share of the softmax, what a true label meets is rounding error.
  private static final float LEAST_SHARE = 1e-6f;

  private float[] gradients = new float[16];
  private int size;

  /// Empties the list.
  void clear() {
    size = 0;
  }

  /// Appends the probability of a true label.
  void add(float probability) {
    if (size == gradients.length) {
      gradients = Arrays.copyOf(gradients, size * 2);
    }
    gradients[size++] = probability;
  }

  /// Turns the probabilities `[from, size)` of one example into gradients of the cross-entropy with
  /// a target of equal shares: `p - 1/n`.
  void crossEntropy(int from) {
    float share = 1f / (size - from);
    for (int i = from; i < size; i++) {
      gradients[i] -= share;
    }
  }

  /// Turns the probabilities `[from, size)` of one example into gradients of the decoupled loss,
  /// mean over the true labels of `-log(p / (p + negatives))`.
  ///
  /// @param negatives sum of the probabilities of the active labels that are not true
  /// @param share what gradients are multiplied with
  /// @return what the probability of a label that is not true is multiplied with
  float decoupled(int from, float negatives, float share) {
    float weight = share / (size - from);
    float factor = 0;
    for (int i = from; i < size; i++) {
      float met = Math.max(negatives + gradients[i], LEAST_SHARE);
      factor += weight / met;
      gradients[i] = weight * (gradients[i] / met - 1);
    }
    return factor;
  }

  /// The decoupled loss of the probabilities `[from, size)`, before [#decoupled] replaces them.
  double decoupledLoss(int from, float negatives) {
    double loss = 0;
    for (int i = from; i < size; i++) {
      loss += Math.log1p(negatives / Math.max(gradients[i], Float.MIN_NORMAL));
    }
    return loss / (size - from);
  }

  /// Sum of the probabilities `[from, size)`.
  float sum(int from) {
    float sum = 0;
    for (int i = from; i < size; i++) {
      sum += gradients[i];
    }
    return sum;
  }

  int size() {
    return size;
  }

  float[] gradients() {
    return gradients;
  }
}
