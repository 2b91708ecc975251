package org.fovea.bench.suite;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.fovea.event.EventNetwork;
import org.fovea.event.EventNetworkBuilder;
import org.fovea.event.Neuron;

/// Patterns of two to five different words, categories of a thousand patterns each, and documents
/// of 300 words into which ten patterns are planted. All words are drawn by Zipf's law.
///
/// Neurons: words first, then patterns, then categories.
public final class PatternWorkload {

  /// Number of words.
  public static final int WORDS = 50_000;

  static final int DOCUMENT_WORDS = 300;
  static final int CATEGORY_PATTERNS = 1_000;
  private static final int PLANTED = 10;
  private static final int LEAST_WORDS = 2;
  private static final int MOST_WORDS = 5;

  private final SplittableRandom random = new SplittableRandom(42);
  private final ZipfWords zipf = new ZipfWords(0, WORDS);
  private int[][] patterns;
  private final int[] shuffled;
  private final LongSet hashes;

  /// The same patterns and documents each time.
  public PatternWorkload(int patternCount) {
    patterns = new int[patternCount][];
    hashes = new LongSet(patternCount);
    for (int p = 0; p < patternCount; p++) {
      patterns[p] = another();
    }
    shuffled = new int[patternCount];
    for (int p = 0; p < patternCount; p++) {
      int other = random.nextInt(p + 1);
      shuffled[p] = shuffled[other];
      shuffled[other] = p;
    }
  }

  private PatternWorkload(LongSet hashes) {
    this.hashes = hashes;
    patterns = new int[0][];
    shuffled = new int[0];
  }

  /// No patterns yet: they come one by one, and only some of them stay.
  ///
  /// @param most patterns that will come
  static PatternWorkload empty(int most) {
    return new PatternWorkload(new LongSet(most));
  }

  /// Words of the next pattern.
  ///
  /// @param stays whether it is one of those that are planted into documents
  int[] next(boolean stays) {
    int[] words = another();
    if (stays) {
      patterns = Arrays.copyOf(patterns, patterns.length + 1);
      patterns[patterns.length - 1] = words;
    }
    return words;
  }

  /// A pattern that was not there yet.
  private int[] another() {
    int[] words;
    do {
      words = pattern();
    } while (!hashes.add(hash(words, 0, words.length)));
    return words;
  }

  /// Words of one more pattern.
  int[] pattern() {
    return zipf.draw(random, new int[random.nextInt(LEAST_WORDS, MOST_WORDS + 1)]);
  }

  /// Of 64 bits: that two of ten million patterns collide, and one is drawn again, does no harm.
  private static long hash(int[] words, int from, int to) {
    long hash = (to - from) * 0xc2b2ae3d27d4eb4fL;
    for (int at = from; at < to; at++) {
      hash = (hash ^ words[at]) * 0x9e3779b97f4a7c15L;
      hash ^= hash >>> 29;
    }
    return hash;
  }

  /// How many times phrases stand in a document, by a look for each of its sequences of words.
  public int phrases(int[] document) {
    int found = 0;
    for (int begin = 0; begin < document.length; begin++) {
      int last = Math.min(document.length, begin + MOST_WORDS);
      for (int end = begin + LEAST_WORDS; end <= last; end++) {
        found += hashes.contains(hash(document, begin, end)) ? 1 : 0;
      }
    }
    return found;
  }

  /// Words of each pattern; not to be changed.
  public int[][] patterns() {
    return patterns;
  }

  /// The next document: its word ids.
  public int[] document() {
    return document(DOCUMENT_WORDS);
  }

  /// The next document, of some words.
  public int[] document(int wordCount) {
    int[] words = new int[wordCount];
    for (int i = 0; i < words.length; i++) {
      words[i] = zipf.draw(random);
    }
    for (int i = 0; i < PLANTED; i++) {
      int[] planted = patterns[random.nextInt(patterns.length)];
      int at = random.nextInt(words.length - planted.length + 1);
      System.arraycopy(planted, 0, words, at, planted.length);
    }
    return words;
  }

  /// The next document in which phrases stand at most some number of times: words are drawn again
  /// where there are more.
  int[] documentWith(int mostPhrases) {
    int[] words = document();
    while (phrases(words) > mostPhrases) {
      int begin = random.nextInt(words.length);
      int last = Math.min(words.length, begin + MOST_WORDS);
      for (int end = begin + LEAST_WORDS; end <= last; end++) {
        if (hashes.contains(hash(words, begin, end))) {
          words[begin] = zipf.draw(random);
          break;
        }
      }
    }
    return words;
  }

  /// The share of positions at which a word stands.
  public double frequency(int word) {
    return zipf.frequency(word);
  }

  /// Builds the network.
  ///
  /// @param ordered whether patterns are phrases, with categories, or words anywhere in the
  ///   document
  /// @param patternCount how many of the patterns; none for the words alone
  public EventNetwork network(boolean ordered, int patternCount) {
    EventNetworkBuilder builder = new EventNetworkBuilder();
    for (int word = 0; word < WORDS; word++) {
      builder.frequency(builder.input(), frequency(word));
    }
    for (int p = 0; p < patternCount; p++) {
      int[] words = patterns[p];
      builder.add(ordered ? Neuron.phrase(words) : Neuron.atLeast(words.length, words));
    }
    for (int first = 0; ordered && first < patternCount; first += CATEGORY_PATTERNS) {
      int[] members = Arrays.copyOfRange(shuffled, first, first + CATEGORY_PATTERNS);
      for (int i = 0; i < members.length; i++) {
        members[i] += WORDS;
      }
      builder.add(Neuron.category(members));
    }
    return builder.build();
  }

  /// How many neurons read each neuron: what the plain queue updates when it is active.
  int[] readers(boolean ordered) {
    int[] readers = new int[WORDS + patterns.length];
    for (int[] words : patterns) {
      for (int word : words) {
        readers[word]++;
      }
    }
    Arrays.fill(readers, WORDS, readers.length, ordered ? 1 : 0);
    return readers;
  }
}
