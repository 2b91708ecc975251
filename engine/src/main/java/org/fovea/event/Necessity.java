package org.fovea.event;

import java.util.Arrays;

/// What one neuron needs before it can become active, proved from its weights.
///
/// Every proof is the same: add up the bias and the most that each input outside of a set can give,
/// in the order of the synapses; if that is not positive, the neuron cannot be active unless an
/// input of the set is. Rounded sums of the same order grow with each term, so the proof holds for
/// the computed net input and not only for the exact one.
///
/// **Threads** confined.
final class Necessity {

  private double[] most = new double[16];
  private boolean[] off = new boolean[16];
  private double bias;
  private int count;

  /// Looks at a neuron; nothing is off.
  void load(NeuronTable table, int row) {
    int start = table.synapseStart[row];
    count = table.synapseStart[row + 1] - start;
    if (count > most.length) {
      most = new double[2 * count];
      off = new boolean[2 * count];
    }
    bias = table.biases[row];
    for (int i = 0; i < count; i++) {
      most[i] = table.most(start + i);
    }
    Arrays.fill(off, 0, count, false);
  }

  int count() {
    return count;
  }

  boolean isPositive(int synapse) {
    return most[synapse] > 0;
  }

  boolean isOff(int synapse) {
    return off[synapse];
  }

  void switchOff(int synapse, boolean now) {
    off[synapse] = now;
  }

  void switchAllOff(boolean now) {
    Arrays.fill(off, 0, count, now);
  }

  /// Whether the neuron could be active with all that is not off.
  boolean canFire() {
    double sum = bias;
    for (int i = 0; i < count; i++) {
      if (!off[i]) {
        sum += most[i];
      }
    }
    return sum > 0;
  }

  /// Whether the neuron could be active with all that is not off, except one.
  boolean canFireWithout(int synapse) {
    boolean before = off[synapse];
    off[synapse] = true;
    boolean can = canFire();
    off[synapse] = before;
    return can;
  }

  /// Whether it is worth proving that a synapse is mandatory: without it, little or nothing is
  /// left.
  ///
  /// @param total bias and the most of all, in any order
  boolean maybeMandatory(int synapse, double total, double size) {
    return total - most[synapse] <= 1e-9 * size;
  }

  double total() {
    double sum = bias;
    for (int i = 0; i < count; i++) {
      sum += most[i];
    }
    return sum;
  }

  /// Sum of the absolute values.
  double size() {
    double sum = Math.abs(bias);
    for (int i = 0; i < count; i++) {
      sum += most[i];
    }
    return sum;
  }

  double most(int synapse) {
    return most[synapse];
  }
}
