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
  private float[] values = new float[64];
  private int[] next = new int[64];
  private long[] ordered = new long[64];
  private int count;

  void clear() {
    sums.clear();
    count = 0;
  }

  /// Adds the value of one input.
  ///
  /// @return the sum that it belongs to, negated if it is new: `-1 - sum`
  int add(NeuronTable table, int segment, int row, int begin, int end, int synapse, float value) {
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
    placed[sum] |= table.weights[synapse] > 0;
    if (count == synapses.length) {
      synapses = Arrays.copyOf(synapses, 2 * count);
      values = Arrays.copyOf(values, 2 * count);
      next = Arrays.copyOf(next, 2 * count);
    }
    synapses[count] = synapse;
    values[count] = value;
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
  double net(NeuronTable table, int sum) {
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
    double net = table.biases[row(sum)];
    for (int i = 0; i < length; i++) {
      int item = (int) ordered[i];
      net += table.term(synapses[item], values[item]);
    }
    return net;
  }
}
