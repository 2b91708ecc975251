package org.fovea.bench.suite;

import java.util.Arrays;
import java.util.SplittableRandom;

/// Words by Zipf's law: the first is the most common, word `w` is `w + 1` times as rare.
///
/// **Threads** safe.
final class ZipfWords {

  private final int first;
  private final double[] cumulative;

  /// @param first word that is drawn; the more common ones are left out
  /// @param count of all words, with those that are left out
  ZipfWords(int first, int count) {
    this.first = first;
    cumulative = new double[count - first];
    double sum = 0;
    for (int i = 0; i < cumulative.length; i++) {
      sum += 1.0 / (first + i + 1);
      cumulative[i] = sum;
    }
  }

  private double total() {
    return cumulative[cumulative.length - 1];
  }

  int draw(SplittableRandom random) {
    int found = Arrays.binarySearch(cumulative, random.nextDouble() * total());
    return first + Math.min(found < 0 ? -found - 1 : found, cumulative.length - 1);
  }

  /// Draws different words.
  ///
  /// @param words filled
  int[] draw(SplittableRandom random, int[] words) {
    for (int i = 0; i < words.length; i++) {
      int word = draw(random);
      boolean repeated = false;
      for (int j = 0; j < i; j++) {
        repeated |= words[j] == word;
      }
      words[i] = word;
      i -= repeated ? 1 : 0;
    }
    return words;
  }

  /// The share of draws that give a word.
  double frequency(int word) {
    return word < first ? 0 : 1.0 / (word + 1) / total();
  }
}
