package org.fovea.text;

import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.fovea.event.EventNetwork;
import org.fovea.event.Neurons;
import org.fovea.event.Occurrence;
import org.fovea.event.SuspendedNetwork;
import org.fovea.network.page.DamagedPageException;

/// A network of patterns in text: words are its inputs, and some of its neurons are patterns that
/// have a name and may be in categories.
///
/// A category is active wherever one of its patterns is, with that pattern's value times its weight
/// there.
///
/// **Threads** immutable, safe.
public final class PatternNetwork implements AutoCloseable {

  private final Tokenization tokenization;
  private final Vocabulary words;
  private final int[] laterWords;
  private final Neurons neurons;
  private final PatternTable patterns;
  private final CategoryTable categories;

  private final BitSet idleWords;
  private final boolean knowsSigns;
  private final BitSet aboutDocument = new BitSet();

  /// What a network is made of; none of it changes any more.
  ///
  /// @param laterWords neurons of the last words; a word before them is the neuron of its number
  /// @param idleWords words with signs of patterns that were removed
  record Parts(
      Tokenization tokenization,
      Vocabulary words,
      int[] laterWords,
      Neurons neurons,
      PatternTable patterns,
      CategoryTable categories,
      BitSet idleWords) {

    Parts(
        Tokenization tokenization,
        Vocabulary words,
        int[] laterWords,
        Neurons neurons,
        PatternTable patterns,
        CategoryTable categories) {
      this(tokenization, words, laterWords, neurons, patterns, categories, new BitSet());
    }
  }

  PatternNetwork(Parts parts) {
    tokenization = parts.tokenization();
    words = parts.words();
    laterWords = parts.laterWords();
    neurons = parts.neurons();
    patterns = parts.patterns();
    categories = parts.categories();
    idleWords = parts.idleWords();
    knowsSigns = tokenization.alike() && words.hasSigns();
    int rule = patterns.nextRule(0);
    for (; rule != PatternTable.NONE; rule = patterns.nextRule(rule + 1)) {
      aboutDocument.set(rule, occursOnce(patterns.neuron(rule)));
    }
  }

  private boolean occursOnce(int neuron) {
    try {
      return neurons.neuron(neuron).occurrence() instanceof Occurrence.Once;
    } catch (DamagedPageException _) {
      return false; // it is lost, and never found
    }
  }

  /// Whether an entry is about documents as a whole, and not about places in them.
  boolean isAboutDocument(int entry) {
    return aboutDocument.get(entry);
  }

  Parts parts() {
    return new Parts(tokenization, words, laterWords, neurons, patterns, categories, idleWords);
  }

  /// How texts become words.
  public Tokenization tokenization() {
    return tokenization;
  }

  /// The neurons, wherever they are.
  public Neurons neurons() {
    return neurons;
  }

  /// The neurons, in memory.
  ///
  /// @throws IllegalStateException if they are suspended
  public EventNetwork network() {
    return switch (neurons) {
      case EventNetwork memory -> memory;
      case SuspendedNetwork _ ->
          throw new IllegalStateException("the neurons of this network are not in memory");
    };
  }

  /// Whether the neurons are on pages, and not in memory.
  public boolean isSuspended() {
    return neurons instanceof SuspendedNetwork;
  }

  /// Lets go of the pages of neurons, if they are on pages; the network cannot be used any more.
  @Override
  public void close() {
    if (neurons instanceof SuspendedNetwork suspended) {
      suspended.close();
    }
    patterns.close();
  }

  /// Number of words.
  public int wordCount() {
    return words.size();
  }

  /// Number of patterns, counted once for each of their categories.
  public int patternCount() {
    return patterns.entryCount();
  }

  /// Names of the categories; also of those that have lost all their patterns.
  public List<String> categories() {
    return categories.names();
  }

  Vocabulary words() {
    return words;
  }

  PatternTable patterns() {
    return patterns;
  }

  CategoryTable categoryTable() {
    return categories;
  }

  /// Neuron of a word, or -1 if the network does not know the word.
  int wordNeuron(char[] letters, int length) {
    int word = words.find(letters, length);
    return word < 0 ? -1 : wordNeuron(word);
  }

  /// Whether words have signs that belong to them only because patterns have them.
  boolean knowsSigns() {
    return knowsSigns;
  }

  /// Neuron of a word with signs, or -1 if no pattern has it.
  int signedWordNeuron(char[] letters, int length) {
    int word = words.find(letters, length);
    return word < 0 || idleWords.get(word) ? -1 : wordNeuron(word);
  }

  int wordNeuron(int word) {
    int base = words.size() - laterWords.length;
    return word < base ? word : laterWords[word - base];
  }

  /// What a neuron is called: a word, a pattern or a category.
  Optional<String> nameOf(int neuron) {
    int base = words.size() - laterWords.length;
    if (neuron < base) {
      return Optional.of("\"" + words.word(neuron) + "\"");
    }
    for (int later = 0; later < laterWords.length; later++) {
      if (laterWords[later] == neuron) {
        return Optional.of("\"" + words.word(base + later) + "\"");
      }
    }
    int entry = patterns.first(neuron);
    if (entry < patterns.first(neuron + 1)) {
      return Optional.of(patterns.name(entry));
    }
    for (int category = 0; category < categories.size(); category++) {
      if (categories.neuron(category) == neuron) {
        return Optional.of("category " + categories.name(category));
      }
    }
    return Optional.empty();
  }
}
