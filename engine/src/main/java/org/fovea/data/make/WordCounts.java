package org.fovea.data.make;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Counts words in bounded memory, and chooses the vocabulary.
///
/// When there are more distinct words than fit, the rarest are forgotten, and each time that
/// happens the bar rises by one. A word that comes again afterwards counts from one again.
///
/// **Source** the reduction of the vocabulary in Mikolov et al., *Distributed representations of
/// words and phrases and their compositionality*, NIPS 2013 (the authors' word2vec).
final class WordCounts {

  private static final class Count {
    private long value;
  }

  private final Map<String, Count> counts = new HashMap<>();
  private final int distinctLimit;
  private long bar;

  /// @param distinctLimit how many distinct words are kept at most
  WordCounts(int distinctLimit) {
    this.distinctLimit = distinctLimit;
  }

  void add(String word) {
    counts.computeIfAbsent(word, _ -> new Count()).value++;
    while (counts.size() > distinctLimit) {
      bar++;
      counts.values().removeIf(count -> count.value <= bar);
    }
  }

  long count(String word) {
    Count count = counts.get(word);
    return count == null ? 0 : count.value;
  }

  /// The most frequent words, most frequent first, equally frequent ones sorted.
  ///
  /// @param minimum how often each must occur
  /// @param limit how many at most
  List<String> mostFrequent(long minimum, int limit) {
    List<String> words = new ArrayList<>();
    counts.forEach((word, count) -> {
      if (count.value >= minimum) {
        words.add(word);
      }
    });
    words.sort(
        Comparator.comparingLong((String word) -> -count(word))
            .thenComparing(Comparator.naturalOrder()));
    return List.copyOf(words.subList(0, Math.min(limit, words.size())));
  }
}
