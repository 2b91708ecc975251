package org.fovea.text;

import java.util.Optional;
import org.fovea.event.Neuron;
import org.fovea.event.Propagation;

/// Finds the pattern of given words, by letting the network read them.
///
/// **Threads** confined.
final class PhraseFinder {

  private final PatternNetwork network;
  private final Propagation propagation;

  PhraseFinder(PatternNetwork network) {
    this.network = network;
    propagation = network.neurons().propagation();
  }

  /// The neuron of a pattern, which is no rule.
  Optional<Integer> find(int[] words) {
    propagation.clear();
    for (int at = 0; at < words.length; at++) {
      if (!network.neurons().contains(words[at])) {
        return Optional.empty();
      }
      propagation.add(words[at], at, at + 1, 1);
    }
    propagation.run();
    Neuron wanted = Neuron.phrase(words);
    PatternTable patterns = network.patterns();
    for (int i = 0; i < propagation.count(); i++) {
      int neuron = propagation.neuron(i);
      int entry = patterns.first(neuron);
      if (propagation.begin(i) == 0
          && propagation.end(i) == words.length
          && entry < patterns.first(neuron + 1)
          && patterns.kind(entry) == PatternTable.PHRASE
          && network.neurons().neuron(neuron).equals(wanted)) {
        return Optional.of(neuron);
      }
    }
    return Optional.empty();
  }
}
