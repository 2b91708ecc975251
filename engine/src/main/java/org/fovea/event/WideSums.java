package org.fovea.event;

import java.util.Arrays;

/// Inputs of wide neurons, added up from the side of the inputs.
///
/// **Threads** confined.
final class WideSums {

  private static final int NONE = -1;

  private final TupleSlots sums = new TupleSlots();
  private int[] heads = new int[64];
  private boolean[] placed = new boolean[64];
  private int[] synapses = new int[64];
  private double[] terms = new double[64];
  private int[] next = new int[64];
  private long[] ordered = new long[64];
  private int count;

  void clear() {
    sums.clear();
    count = 0;
  }

  /// Adds what one input gives.
  ///
  /// @param synapse its place among the synapses of the neuron
  /// @return the sum that it belongs to, negated if it is new: `-1 - sum`
  int add(int segment, int row, int begin, int end, int synapse, double term) {
    int before = sums.size();
    int sum = sums.add(segment, row, begin, end, 0);
    if (sum == heads.length) {
      heads = Arrays.copyOf(heads, 2 * sum);
      placed = Arrays.copyOf(placed, 2 * sum);
    }
    if (sum == before) {
      heads[sum] = NONE;
      placed[sum] = false;
    }
    placed[sum] |= term > 0;
    if (count == synapses.length) {
      synapses = Arrays.copyOf(synapses, 2 * count);
      terms = Arrays.copyOf(terms, 2 * count);
      next = Arrays.copyOf(next, 2 * count);
    }
    synapses[count] = synapse;
    terms[count] = term;
    next[count] = heads[sum];
    heads[sum] = count++;
    return sum == before ? -1 - sum : sum;
  }

  int segment(int sum) {
    return sums.element(sum, 0);
  }

  int row(int sum) {
    return sums.element(sum, 1);
  }

  int begin(int sum) {
    return sums.element(sum, 2);
  }

  int end(int sum) {
    return sums.element(sum, 3);
  }

  /// Whether an input of positive weight is there, without which the neuron cannot be active.
  boolean isPlaced(int sum) {
    return placed[sum];
  }

  /// Net input of a sum, in the order of the synapses.
  double net(float bias, int sum) {
    int length = 0;
    for (int item = heads[sum]; item != NONE; item = next[item]) {
      if (length == ordered.length) {
        ordered = Arrays.copyOf(ordered, 2 * length);
      }
      ordered[length++] = LongTable.key(synapses[item], item);
    }
    if (length > 1) {
      Arrays.sort(ordered, 0, length);
    }
    double net = bias;
    for (int i = 0; i < length; i++) {
      net += terms[(int) ordered[i]];
    }
    return net;
  }
}
