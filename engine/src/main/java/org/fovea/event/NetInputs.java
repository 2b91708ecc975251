package org.fovea.event;

import java.util.Arrays;

/// Computes net inputs from the activations of a document, in the order of the synapses.
///
/// **Threads** confined.
final class NetInputs {

  private final ActivationArena arena;
  private final StateArena states;
  private final BindingSearch bindings;
  private int[] chain = new int[16];
  private long[] places = new long[16];

  NetInputs(ActivationArena arena, StateArena states) {
    this.arena = arena;
    this.states = states;
    bindings = new BindingSearch(arena);
  }

  /// Net input of all synapses at a range.
  double at(NeuronTable table, int row, int begin, int end) {
    return from(table, row, table.synapseStart[row], table.biases[row], begin, end);
  }

  /// Net input of a joined neuron whose parts are bound as a state says.
  double joined(NeuronTable table, int row, int state) {
    int parts = table.partCount(row);
    if (parts > chain.length) {
      chain = new int[2 * parts];
    }
    boolean merged = false;
    int at = state;
    for (int part = parts - 1; part >= 0; part--) {
      chain[part] = states.last(at);
      merged |= states.isMerged(at);
      at = states.parent(at);
    }
    int start = table.synapseStart[row];
    double net = table.biases[row];
    if (merged) {
      net = bindings.best(table, row, states.begin(state), states.end(state));
    } else {
      for (int part = 0; part < parts; part++) {
        net += table.term(start + part, arena.value(chain[part]));
      }
    }
    return from(table, row, start + parts, net, states.begin(state), states.end(state));
  }

  private double from(NeuronTable table, int row, int first, double sum, int begin, int end) {
    double net = sum;
    for (int s = first; s < table.synapseStart[row + 1]; s++) {
      int slot = arena.present.find(table.symbols[s]);
      if (slot >= 0) {
        net += table.term(s, related(table, s, slot, begin, end));
      }
    }
    return net;
  }

  private float related(NeuronTable table, int synapse, int slot, int begin, int end) {
    if (table.relations[synapse] == 0) {
      return arena.valueOf(slot);
    }
    Relation relation = table.relation(synapse);
    float most = 0;
    for (int a = arena.firstOf(slot); a != ActivationArena.NONE; a = arena.nextOf(a)) {
      if (arena.value(a) > most && relation.holds(arena.begin(a), arena.end(a), begin, end)) {
        most = arena.value(a);
      }
    }
    return most;
  }

  /// Collects the ranges at which a neuron that occurs at each range may be active.
  ///
  /// @return their number; see [#placeBegin] and [#placeEnd]
  int places(NeuronTable table, int row) {
    int count = 0;
    for (int s = table.synapseStart[row]; s < table.synapseStart[row + 1]; s++) {
      if (table.weights[s] > 0 && table.relation(s).anchors()) {
        int slot = arena.present.find(table.symbols[s]);
        int first = slot < 0 ? ActivationArena.NONE : arena.firstOf(slot);
        for (int a = first; a != ActivationArena.NONE; a = arena.nextOf(a)) {
          if (count == places.length) {
            places = Arrays.copyOf(places, 2 * count);
          }
          places[count++] = LongTable.key(arena.begin(a), arena.end(a));
        }
      }
    }
    Arrays.sort(places, 0, count);
    int distinct = 0;
    for (int i = 0; i < count; i++) {
      if (i == 0 || places[i] != places[i - 1]) {
        places[distinct++] = places[i];
      }
    }
    return distinct;
  }

  int placeBegin(int index) {
    return (int) (places[index] >>> 32);
  }

  int placeEnd(int index) {
    return (int) places[index];
  }
}
