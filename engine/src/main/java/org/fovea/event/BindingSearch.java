package org.fovea.event;

import java.util.Arrays;

/// The best way to bind the parts of a joined neuron to one range.
///
/// Part by part, it keeps the largest sum for each activation of the last part and each hull so
/// far: that is exact, since rounded sums of the same order grow with their terms. **Threads**
/// confined.
final class BindingSearch {

  private final ActivationArena arena;
  private TupleSlots from = new TupleSlots();
  private TupleSlots to = new TupleSlots();
  private double[] fromSums = new double[16];
  private double[] toSums = new double[16];

  BindingSearch(ActivationArena arena) {
    this.arena = arena;
  }

  /// Bias and parts of the best way to bind a range, or minus infinity if there is none.
  double best(NeuronTable table, int row, int begin, int end) {
    int start = table.synapseStart[row];
    from.clear();
    from.add(ActivationArena.NONE, 0, 0, 0, 0);
    fromSums[0] = table.biases[row];
    for (int part = start; part < start + table.partCount(row); part++) {
      to.clear();
      int slot = arena.present.find(table.symbols[part]);
      int first = slot < 0 ? ActivationArena.NONE : arena.firstOf(slot);
      for (int next = first; next != ActivationArena.NONE; next = arena.nextOf(next)) {
        if (arena.begin(next) >= begin && arena.end(next) <= end) {
          bind(table, part, next, part > start);
        }
      }
      TupleSlots swapped = from;
      from = to;
      to = swapped;
      double[] swappedSums = fromSums;
      fromSums = toSums;
      toSums = swappedSums;
    }
    double best = Double.NEGATIVE_INFINITY;
    for (int state = 0; state < from.size(); state++) {
      if (from.element(state, 1) == begin && from.element(state, 2) == end) {
        best = Math.max(best, fromSums[state]);
      }
    }
    return best;
  }

  private void bind(NeuronTable table, int part, int next, boolean related) {
    double term = table.term(part, arena.value(next));
    for (int state = 0; state < from.size(); state++) {
      int begin = arena.begin(next);
      int end = arena.end(next);
      if (related) {
        int last = from.element(state, 0);
        Relation relation = table.relation(part);
        if (!relation.holds(begin, end, arena.begin(last), arena.end(last))) {
          continue;
        }
        begin = Math.min(begin, from.element(state, 1));
        end = Math.max(end, from.element(state, 2));
      }
      int before = to.size();
      int slot = to.add(next, begin, end, 0, 0);
      if (slot == toSums.length) {
        toSums = Arrays.copyOf(toSums, 2 * slot);
      }
      double sum = fromSums[state] + term;
      toSums[slot] = slot == before ? sum : Math.max(toSums[slot], sum);
    }
  }
}
