package org.fovea.text;

import java.util.BitSet;
import org.fovea.event.EventNetwork;
import org.fovea.event.EventNetworkBuilder;
import org.fovea.event.Neuron;
import org.fovea.event.Synapse;

/// Builds an edited network anew.
///
/// Neurons keep their ids. Those that were removed, and parts of rules that nothing reads any more,
/// become inputs that are never active.
final class Compaction {

  private Compaction() {}

  static PatternNetwork of(PatternNetwork network) {
    PatternNetwork.Parts parts = network.parts();
    BitSet needed = needed(network);
    EventNetwork edited = network.network();
    EventNetworkBuilder builder = new EventNetworkBuilder();
    for (int id = 0; id < edited.idBound(); id++) {
      builder.add(needed.get(id) ? edited.neuron(id) : Neuron.input());
    }
    return new PatternNetwork(
        new PatternNetwork.Parts(
            parts.tokenization(),
            parts.words(),
            parts.laterWords(),
            builder.build(),
            parts.patterns(),
            parts.categories()));
  }

  /// The network, without words with signs that no pattern has any more.
  static PatternNetwork withIdleWords(PatternNetwork network) {
    PatternNetwork.Parts parts = network.parts();
    BitSet needed = needed(network);
    BitSet idle = new BitSet();
    for (int word = 0; word < parts.words().size(); word++) {
      if (parts.words().hasSigns(word) && !needed.get(network.wordNeuron(word))) {
        idle.set(word);
      }
    }
    return new PatternNetwork(
        new PatternNetwork.Parts(
            parts.tokenization(),
            parts.words(),
            parts.laterWords(),
            parts.neurons(),
            parts.patterns(),
            parts.categories(),
            idle));
  }

  private static BitSet needed(PatternNetwork network) {
    EventNetwork edited = network.network();
    BitSet needed = new BitSet(edited.idBound());
    Ints open = new Ints();
    for (int id = 0; id < edited.idBound(); id++) {
      if (network.patterns().first(id) < network.patterns().first(id + 1)) {
        add(id, edited, needed, open);
      }
    }
    for (int category = 0; category < network.categoryTable().size(); category++) {
      add(network.categoryTable().neuron(category), edited, needed, open);
    }
    while (open.size > 0) {
      for (Synapse synapse : edited.neuron(open.values[--open.size]).synapses()) {
        add(synapse.input(), edited, needed, open);
      }
    }
    return needed;
  }

  private static void add(int id, EventNetwork network, BitSet needed, Ints open) {
    if (!needed.get(id) && network.contains(id)) {
      needed.set(id);
      open.add(id);
    }
  }
}
