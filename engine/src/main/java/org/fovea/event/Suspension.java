package org.fovea.event;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/// Puts a network in memory on pages.
///
/// **Threads** confined.
final class Suspension {

  private final EventNetwork network;
  private final Segment segment;
  private final NetworkPages pages;

  Suspension(EventNetwork network, NetworkPages pages) {
    this.network = network;
    this.segment = network.segment(0);
    this.pages = pages;
  }

  void write() {
    NeuronTable table = segment.table();
    for (Relation relation : table.relationKinds) {
      pages.kind(relation);
    }
    BitSet hanging = hanging();
    WideEdges wide = new WideEdges(segment, hanging);
    wide.write(pages, segment.roots().symbols());
    pages.triggers(new LatticeTriggers(segment, wide));
    List<Trigger> always = new ArrayList<>();
    for (int row : segment.always()) {
      int id = table.ids[row];
      always.add(new Trigger(id, table.neuron(row), segment.levels()[row], wide.of(id)));
    }
    int[] alwaysPages = pages.always(always);
    definitions(hanging);
    NetworkFacts facts =
        new NetworkFacts(
            network.idBound(),
            network.levelCount(),
            network.neuronCount(),
            network.synapseCount(),
            alwaysPages[0],
            alwaysPages[1],
            network.reach());
    pages.end(facts, marks(), hanging);
  }

  /// Ids of neurons that hang somewhere.
  private BitSet hanging() {
    BitSet hanging = new BitSet();
    for (int row : segment.lattice().terminals) {
      hanging.set(segment.table().ids[row]);
    }
    for (int row : segment.always()) {
      hanging.set(segment.table().ids[row]);
    }
    return hanging;
  }

  /// Neurons that hang nowhere.
  private void definitions(BitSet hanging) {
    NeuronTable table = segment.table();
    for (int row = 0; row < table.count; row++) {
      if (table.kind(row) != NeuronTable.INPUT && !hanging.get(table.ids[row])) {
        pages.definition(table.ids[row], table.neuron(row), segment.levels()[row]);
      }
    }
  }

  private NetworkFacts.Marks marks() {
    NeuronTable table = segment.table();
    BitSet inputs = new BitSet();
    BitSet echoed = new BitSet();
    for (int row = 0; row < table.count; row++) {
      inputs.set(table.ids[row], table.kind(row) == NeuronTable.INPUT);
    }
    for (int symbol : table.symbols) {
      if (symbol < 0) {
        echoed.set(~symbol);
      }
    }
    return new NetworkFacts.Marks(inputs, echoed);
  }
}
