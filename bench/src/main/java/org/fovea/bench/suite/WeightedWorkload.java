package org.fovea.bench.suite;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.fovea.event.EventNetwork;
import org.fovea.event.EventNetworkBuilder;
import org.fovea.event.Neuron;
import org.fovea.event.Occurrence;
import org.fovea.event.Rectifier;
import org.fovea.event.Synapse;

/// Patterns of five different words with random weights, of which any two to four suffice, and of
/// heavy ones fewer; one word in ten has a negative weight and speaks against the pattern. In
/// documents of 300 words, those of ten patterns that speak for them are planted.
///
/// Weights are multiples of 1/16, so that sums are exact and all systems find the same.
public final class WeightedWorkload {

  /// Words of a pattern.
  public static final int PATTERN_WORDS = 5;

  private static final int PLANTED = 10;
  private static final int COMMON_WORDS = 100;
  private static final int STEPS = 16;
  private static final double NEGATIVE = 0.1;

  private final SplittableRandom random = new SplittableRandom(43);
  private final ZipfWords all = new ZipfWords(0, PatternWorkload.WORDS);
  private final int[][] words;
  private final float[][] weights;
  private final float[] biases;

  private WeightedWorkload(ZipfWords drawn, int patternCount) {
    words = new int[patternCount][];
    weights = new float[patternCount][];
    biases = new float[patternCount];
    for (int p = 0; p < patternCount; p++) {
      words[p] = drawn.draw(random, new int[PATTERN_WORDS]);
      int positive;
      do {
        positive = weigh(p);
      } while (positive < 2);
      int needed = Math.min(positive, random.nextInt(2, PATTERN_WORDS));
      double[] sorted = new double[PATTERN_WORDS];
      for (int i = 0; i < PATTERN_WORDS; i++) {
        sorted[i] = weights[p][i] > 0 ? weights[p][i] : Double.MAX_VALUE;
      }
      Arrays.sort(sorted);
      biases[p] = (float) (0.5 / STEPS - Arrays.stream(sorted, 0, needed).sum());
    }
  }

  /// Draws weights of a pattern and counts those that are positive.
  private int weigh(int pattern) {
    float[] drawn = new float[PATTERN_WORDS];
    int positive = 0;
    for (int i = 0; i < PATTERN_WORDS; i++) {
      boolean isPositive = random.nextDouble() >= NEGATIVE;
      float size = random.nextInt(STEPS / 2, STEPS * 3 / 2 + 1) / (float) STEPS;
      drawn[i] = isPositive ? size : -size;
      positive += isPositive ? 1 : 0;
    }
    weights[pattern] = drawn;
    return positive;
  }

  /// The same patterns and documents each time.
  ///
  /// @param kind `weighted`, or `weighted-rare`, where the hundred most common words are in no
  ///   pattern
  public static WeightedWorkload of(String kind, int patternCount) {
    int first =
        switch (kind) {
          case "weighted" -> 0;
          case "weighted-rare" -> COMMON_WORDS;
          default -> throw new IllegalArgumentException("there are no patterns of kind " + kind);
        };
    return new WeightedWorkload(new ZipfWords(first, PatternWorkload.WORDS), patternCount);
  }

  /// Number of patterns.
  public int size() {
    return words.length;
  }

  /// Words of a pattern; not to be changed.
  public int[] words(int pattern) {
    return words[pattern];
  }

  /// Weight of each word of a pattern; not to be changed.
  public float[] weights(int pattern) {
    return weights[pattern];
  }

  float bias(int pattern) {
    return biases[pattern];
  }

  /// Whether a pattern is found where some of its words are.
  ///
  /// @param present one bit a word of the pattern
  public boolean isFound(int pattern, int present) {
    double sum = biases[pattern];
    for (int i = 0; i < PATTERN_WORDS; i++) {
      sum += (present & (1 << i)) != 0 ? weights[pattern][i] : 0;
    }
    return sum > 0;
  }

  /// By a look at each pattern, whether it is found in a document.
  public boolean[] found(int[] document) {
    boolean[] isThere = new boolean[PatternWorkload.WORDS];
    for (int word : document) {
      isThere[word] = true;
    }
    boolean[] found = new boolean[words.length];
    for (int p = 0; p < words.length; p++) {
      int present = 0;
      for (int i = 0; i < PATTERN_WORDS; i++) {
        present |= isThere[words[p][i]] ? 1 << i : 0;
      }
      found[p] = isFound(p, present);
    }
    return found;
  }

  /// The next document: its word ids.
  public int[] document() {
    int[] document = new int[PatternWorkload.DOCUMENT_WORDS];
    for (int i = 0; i < document.length; i++) {
      document[i] = all.draw(random);
    }
    for (int i = 0; i < PLANTED; i++) {
      int pattern = random.nextInt(words.length);
      for (int w = 0; w < PATTERN_WORDS; w++) {
        if (weights[pattern][w] > 0) {
          document[random.nextInt(document.length)] = words[pattern][w];
        }
      }
    }
    return document;
  }

  /// The share of positions at which a word stands.
  public double frequency(int word) {
    return all.frequency(word);
  }

  /// Builds the network: words first, then patterns.
  ///
  /// @param patternCount how many of the patterns; none for the words alone
  public EventNetwork network(int patternCount) {
    EventNetworkBuilder builder = new EventNetworkBuilder();
    for (int word = 0; word < PatternWorkload.WORDS; word++) {
      builder.frequency(builder.input(), frequency(word));
    }
    for (int p = 0; p < patternCount; p++) {
      List<Synapse> synapses = new ArrayList<>(PATTERN_WORDS);
      for (int i = 0; i < PATTERN_WORDS; i++) {
        synapses.add(Synapse.of(words[p][i], weights[p][i]));
      }
      builder.add(new Neuron(biases[p], Rectifier.CAPPED, new Occurrence.Once(), synapses));
    }
    return builder.build();
  }

  /// How many neurons read each word and pattern: what the plain queue updates when it is active.
  int[] readers() {
    int[] readers = new int[PatternWorkload.WORDS + words.length];
    for (int[] pattern : words) {
      for (int word : pattern) {
        readers[word]++;
      }
    }
    return readers;
  }
}
