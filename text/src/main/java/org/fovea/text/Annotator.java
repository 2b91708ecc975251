package org.fovea.text;

import java.util.Arrays;
import org.fovea.event.EventNetwork;
import org.fovea.event.EventPropagation;
import org.fovea.event.Propagation;
import org.fovea.event.SuspendedPropagation;

/// Finds the patterns of a network in texts.
///
/// ```java
/// annotator.read("from New York to Boston");
/// for (int match = 0; match < annotator.count(); match++) { ... annotator.pattern(match) ... }
/// ```
///
/// Matches are in order of their begin, longer ones first; nested and overlapping ones are all
/// there, one for each pattern and category. Places are in UTF-16 units, begin inclusive, end
/// exclusive. What is about a document as a whole has the document's range.
///
/// **Threads** confined; make one per thread. **Cost** memory grows with the longest text; nothing
/// is allocated once arrays fit.
public final class Annotator {

  /// Longer texts are to be read in pieces; see [AnnotationRun].
  public static final int LONGEST_TEXT = 1 << 20;

  private static final int BEGIN_SHIFT = 43;
  private static final int END_SHIFT = 22;
  private static final int MOST_MATCHES = 1 << END_SHIFT;
  private static final int END_MASK = (1 << (BEGIN_SHIFT - END_SHIFT)) - 1;

  private PatternNetwork network;
  private final TextWords reader;
  private Propagation propagation;
  private final Words own = new Words();
  private Words words = own;
  private int textLength;
  private int coreBegin;
  private int coreEnd;
  private long[] order = new long[64];
  private int[] activations = new int[64];
  private int[] entries = new int[64];
  private float[] values = new float[64];
  private int count;

  /// An annotator for one thread.
  public Annotator(PatternNetwork network) {
    this.network = network;
    reader = new TextWords(network);
    propagation = network.neurons().propagation();
  }

  /// Goes over to a network that was edited, with the next text.
  ///
  /// @throws IllegalArgumentException if its words are made otherwise
  public void use(PatternNetwork next) {
    if (!next.tokenization().equals(network.tokenization())) {
      throw new IllegalArgumentException("the other network makes words in another way");
    }
    network = next;
    reader.use(next);
    if (propagation instanceof EventPropagation memory
        && next.neurons() instanceof EventNetwork neurons) {
      memory.use(neurons);
    } else {
      propagation = next.neurons().propagation();
    }
    count = 0;
  }

  /// Reads a text as one document.
  public void read(String text) {
    read(text.toCharArray(), 0, text.length());
  }

  /// Reads a text as one document.
  ///
  /// @throws IllegalArgumentException if it is longer than [#LONGEST_TEXT]
  /// @throws org.fovea.event.PropagationLimitException if there are too many partial matches in it
  public void read(char[] text, int from, int length) {
    if (length > LONGEST_TEXT) {
      throw new IllegalArgumentException(
          "a text of at most %s letters was expected, %s came".formatted(LONGEST_TEXT, length));
    }
    own.clear(0);
    reader.begin(text, from, length);
    own.read(reader);
    textLength = length;
    read(own, 0, own.count);
  }

  /// Reads a piece of a document.
  ///
  /// @param firstWord matches that begin before it are left out
  /// @param endWord and those that begin there or later
  void read(Words piece, int firstWord, int endWord) {
    words = piece;
    coreBegin = firstWord;
    coreEnd = endWord;
    propagation.clear();
    for (int at = 0; at < piece.count; at++) {
      if (piece.neurons[at] != Words.UNKNOWN) {
        propagation.add(piece.neurons[at], at, at + 1, 1);
      }
    }
    propagation.run();
    try {
      collect();
    } catch (InternalError e) {
      throw network.patterns().explained(e);
    }
  }

  private void collect() {
    count = 0;
    PatternTable patterns = network.patterns();
    for (int a = 0; a < propagation.count(); a++) {
      int neuron = propagation.neuron(a);
      int end = patterns.first(neuron + 1);
      for (int entry = patterns.first(neuron); entry < end; entry++) {
        collect(a, entry, patterns.category(entry));
      }
    }
    Arrays.sort(order, 0, count);
  }

  private void collect(int activation, int entry, int category) {
    int begin = propagation.begin(activation);
    int end = propagation.end(activation);
    boolean whole = network.isAboutDocument(entry);
    if (!whole && (begin < coreBegin || begin >= coreEnd)) {
      return;
    }
    float value =
        category == PatternTable.NONE
            ? propagation.value(activation)
            : propagation.valueAt(network.categoryTable().neuron(category), begin, end);
    if (!(value > 0)) {
      return;
    }
    if (count == MOST_MATCHES) {
      throw new IllegalArgumentException("a text has more than %s matches".formatted(MOST_MATCHES));
    }
    if (count == order.length) {
      order = Arrays.copyOf(order, 2 * count);
      activations = Arrays.copyOf(activations, 2 * count);
      entries = Arrays.copyOf(entries, 2 * count);
      values = Arrays.copyOf(values, 2 * count);
    }
    activations[count] = activation;
    entries[count] = entry;
    values[count] = value;
    int longFirst = END_MASK - Math.min(end, END_MASK);
    order[count] = ((long) begin << BEGIN_SHIFT) | ((long) longFirst << END_SHIFT) | count;
    count++;
  }

  /// Number of matches.
  public int count() {
    return count;
  }

  private int index(int match) {
    return (int) order[match] & (MOST_MATCHES - 1);
  }

  int entry(int match) {
    return entries[index(match)];
  }

  /// Where a match begins, in UTF-16 units of the document.
  public long begin(int match) {
    int index = index(match);
    if (network.isAboutDocument(entries[index])) {
      return words == own ? 0 : place(words.begins, coreBegin);
    }
    return place(words.begins, propagation.begin(activations[index]));
  }

  /// Where a match ends, exclusive.
  public long end(int match) {
    int index = index(match);
    if (network.isAboutDocument(entries[index])) {
      return words == own ? textLength : place(words.ends, coreEnd - 1);
    }
    return place(words.ends, propagation.end(activations[index]) - 1);
  }

  private long place(int[] places, int word) {
    return words.count == 0 ? words.offset : words.offset + places[Math.max(word, 0)];
  }

  /// Name of the pattern.
  public String pattern(int match) {
    return network.patterns().name(entry(match));
  }

  /// Name of the category; empty if the pattern is in none.
  public String category(int match) {
    int category = network.patterns().category(entry(match));
    return category == PatternTable.NONE ? "" : network.categoryTable().name(category);
  }

  /// Value of the pattern in its category, positive; without one, its own.
  public float value(int match) {
    return values[index(match)];
  }

  /// Number of the match's category, for those who count; -1 for none.
  public int categoryNumber(int match) {
    return network.patterns().category(entry(match));
  }

  /// Appends the name of the pattern, in UTF-8, without garbage.
  public void appendPattern(int match, ByteRows to) {
    network.patterns().appendName(entry(match), to);
  }

  /// Appends the name of the category, in UTF-8, without garbage.
  public void appendCategory(int match, ByteRows to) {
    int category = network.patterns().category(entry(match));
    if (category != PatternTable.NONE) {
      byte[] name = network.categoryTable().bytes(category);
      to.append(name, 0, name.length);
    }
  }

  /// How many activations there were, words included.
  public int activationCount() {
    return propagation.count();
  }

  /// How many words the text had, known or not.
  public int wordCount() {
    return words.count;
  }

  /// Whether pages that the text needed could not be read: then patterns on them, and what depends
  /// on them, are missing among the matches.
  public boolean isIncomplete() {
    return propagation instanceof SuspendedPropagation suspended && suspended.lostPages() > 0;
  }

  PatternNetwork network() {
    return network;
  }
}
