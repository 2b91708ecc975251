package org.fovea.text;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.fovea.event.EventNetwork;
import org.fovea.event.EventNetworkBuilder;
import org.fovea.event.Neuron;
import org.fovea.event.Synapse;

/// Builds an edited network anew, without what nothing uses: words, neurons, and categories that
/// have lost all their patterns and that no rule reads.
///
/// Neurons get new ids: words first, then the others in their order. It finds what the edited
/// network finds.
///
/// **Threads** confined. **Cost** the network as objects, and building it.
final class Compaction {

  private static final int NONE = -1;

  private final PatternNetwork.Parts parts;
  private final EventNetwork edited;
  private final BitSet needed;
  private final Vocabulary words = new Vocabulary();

  /// New ids by old ones.
  private final int[] ids;

  private Compaction(PatternNetwork network) {
    parts = network.parts();
    edited = network.network();
    needed = needed(network);
    ids = new int[edited.idBound()];
    Arrays.fill(ids, NONE);
    numberWords(network);
    int next = words.size();
    for (int id = needed.nextSetBit(0); id >= 0; id = needed.nextSetBit(id + 1)) {
      if (ids[id] == NONE) {
        ids[id] = next++;
      }
    }
  }

  static PatternNetwork of(PatternNetwork network) {
    return new Compaction(network).network();
  }

  private void numberWords(PatternNetwork network) {
    Vocabulary all = parts.words();
    for (int word = 0; word < all.size(); word++) {
      int neuron = network.wordNeuron(word);
      if (needed.get(neuron)) {
        char[] letters = all.word(word).toCharArray();
        ids[neuron] = words.add(letters, letters.length);
      }
    }
  }

  private PatternNetwork network() {
    EventNetworkBuilder builder = new EventNetworkBuilder();
    for (int count = needed.cardinality(); count > 0; count--) {
      builder.reserve();
    }
    for (int id = needed.nextSetBit(0); id >= 0; id = needed.nextSetBit(id + 1)) {
      // what was removed, and a rule still reads, is never active
      builder.define(ids[id], edited.contains(id) ? moved(edited.neuron(id)) : Neuron.input());
    }
    EventNetwork network = builder.build();
    CategoryTable categories = new CategoryTable();
    int[] numbers = new int[parts.categories().size()];
    for (int category = 0; category < numbers.length; category++) {
      int neuron = parts.categories().neuron(category);
      if (needed.get(neuron)) {
        numbers[category] = categories.add(parts.categories().name(category), ids[neuron]);
      }
    }
    return new PatternNetwork(
        new PatternNetwork.Parts(
            parts.tokenization(),
            words,
            new int[0],
            network,
            patterns(numbers).table(network.idBound()),
            categories));
  }

  private Neuron moved(Neuron neuron) {
    List<Synapse> synapses =
        neuron.synapses().stream()
            .map(synapse ->
                new Synapse(
                    ids[synapse.input()],
                    synapse.weight(),
                    synapse.limit(),
                    synapse.recurrent(),
                    synapse.relation()))
            .toList();
    return new Neuron(neuron.bias(), neuron.rectifier(), neuron.occurrence(), synapses);
  }

  /// @param numbers new numbers of categories by old ones
  private HeapPatternTable.Draft patterns(int[] numbers) {
    HeapPatternTable.Draft moved = new HeapPatternTable.Draft();
    PatternTable before = parts.patterns();
    for (int id = needed.nextSetBit(0); id >= 0; id = needed.nextSetBit(id + 1)) {
      for (int entry = before.first(id); entry < before.first(id + 1); entry++) {
        int category = before.category(entry);
        boolean none = category == PatternTable.NONE;
        moved.copy(before, entry, ids[id], none ? category : numbers[category]);
      }
    }
    return moved;
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

  /// Neurons of patterns and of their categories, and all that these read, there or not.
  private static BitSet needed(PatternNetwork network) {
    EventNetwork edited = network.network();
    PatternTable patterns = network.patterns();
    BitSet needed = new BitSet(edited.idBound());
    Ints open = new Ints();
    for (int id = 0; id < edited.idBound(); id++) {
      int end = patterns.first(id + 1);
      for (int entry = patterns.first(id); entry < end; entry++) {
        add(id, needed, open);
        if (patterns.category(entry) != PatternTable.NONE) {
          add(network.categoryTable().neuron(patterns.category(entry)), needed, open);
        }
      }
    }
    while (open.size > 0) {
      int id = open.values[--open.size];
      if (edited.contains(id)) {
        edited.neuron(id).synapses().forEach(synapse -> add(synapse.input(), needed, open));
      }
    }
    return needed;
  }

  private static void add(int id, BitSet needed, Ints open) {
    if (!needed.get(id)) {
      needed.set(id);
      open.add(id);
    }
  }
}
