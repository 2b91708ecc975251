package org.fovea.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Why a pattern, a rule or a category is active in a text, or why not.
///
/// @param name what was asked for
/// @param active whether it is active anywhere
/// @param lines what to tell: its inputs, what each of them gives, what is missing
public record Explanation(String name, boolean active, List<String> lines) {

  /// Patterns of a category that is explained where neurons are on pages.
  private static final int MOST_MEMBERS = 1_000_000;

  /// Explains.
  ///
  /// @param name the words of a pattern, or the name of a rule or a category
  /// @param text one document
  /// @throws PatternEditException if there is nothing of that name
  public static Explanation of(PatternNetwork network, String name, String text) {
    List<Integer> neurons = find(network, name);
    if (neurons.isEmpty()) {
      throw new PatternEditException(
          "there is no pattern, no rule and no category '%s'".formatted(name));
    }
    NeuronStory story = new NeuronStory(network, text);
    boolean active = false;
    List<String> lines = new ArrayList<>();
    for (int neuron : neurons) {
      story.tell(neuron, lines);
      active |= story.isActive(neuron);
    }
    return new Explanation(name, active, List.copyOf(lines));
  }

  private static List<Integer> find(PatternNetwork network, String name) {
    List<Integer> found = new ArrayList<>();
    PatternTable patterns = network.patterns();
    int rule = patterns.nextRule(0);
    for (; rule != PatternTable.NONE; rule = patterns.nextRule(rule + 1)) {
      if (patterns.name(rule).equals(name)) {
        found.add(patterns.neuron(rule));
      }
    }
    phrase(network, name).ifPresent(found::add);
    network
        .categoryTable()
        .find(name)
        .ifPresent(category -> {
          requireExplicable(network, category);
          found.add(network.categoryTable().neuron(category));
        });
    return found;
  }

  /// To tell of a category takes all its synapses in memory.
  private static void requireExplicable(PatternNetwork network, int category) {
    int size = 0;
    PatternTable patterns = network.patterns();
    for (int entry = 0; network.isSuspended() && entry < patterns.entryCount(); entry++) {
      size += patterns.category(entry) == category ? 1 : 0;
    }
    if (size > MOST_MEMBERS) {
      throw new PatternEditException(
          String.format(
              Locale.ROOT,
              "the category '%s' has %,d patterns on pages, more than can be explained: ask for one of them",
              network.categoryTable().name(category),
              size));
    }
  }

  private static Optional<Integer> phrase(PatternNetwork network, String name) {
    WordReader reader = new WordReader(network.tokenization());
    int count;
    try {
      count = reader.read(name, network::wordNeuron);
    } catch (IllegalArgumentException _) {
      return Optional.empty(); // no words: it may be the name of a rule or a category
    }
    int[] neurons = Arrays.copyOf(reader.words(), count);
    return Arrays.stream(neurons).anyMatch(neuron -> neuron < 0)
        ? Optional.empty()
        : new PhraseFinder(network).find(neurons);
  }
}
