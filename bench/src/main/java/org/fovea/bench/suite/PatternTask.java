package org.fovea.bench.suite;

import java.util.List;
import org.fovea.event.EventNetwork;

/// Patterns of one kind, documents to find them in, and the bare way to find them.
interface PatternTask {

  /// Kinds of patterns: phrases with categories; words anywhere in a document; weighted words of
  /// which some suffice, without and with the most common words.
  List<String> KINDS = List.of("phrases", "words", "weighted-rare", "weighted");

  /// The same patterns and documents each time.
  static PatternTask of(String kind, int patternCount) {
    return switch (kind) {
      case "phrases" -> new Plain(new PatternWorkload(patternCount), true);
      case "words" -> new Plain(new PatternWorkload(patternCount), false);
      default -> new Weighted(WeightedWorkload.of(kind, patternCount));
    };
  }

  /// Word ids of the next document.
  int[] document();

  /// Word ids of the next document in which patterns are found at most some number of times.
  int[] documentWith(int mostHits);

  /// The network of all patterns: words first, then patterns.
  EventNetwork network();

  /// The network of the words alone.
  EventNetwork wordNetwork();

  PatternFloor floor();

  /// How many neurons read each word and pattern.
  int[] readers();

  /// Compares what was found in a document with a look at each pattern, where that is not what the
  /// floor does.
  ///
  /// @param found by pattern
  void check(int[] document, boolean[] found);

  /// Patterns of which all words are needed.
  record Plain(PatternWorkload workload, boolean ordered) implements PatternTask {

    @Override
    public int[] document() {
      return workload.document();
    }

    @Override
    public int[] documentWith(int mostHits) {
      return workload.documentWith(mostHits);
    }

    @Override
    public EventNetwork network() {
      return workload.network(ordered, workload.patterns().length);
    }

    @Override
    public EventNetwork wordNetwork() {
      return workload.network(ordered, 0);
    }

    @Override
    public PatternFloor floor() {
      return ordered
          ? new PatternFloor.WordTrie(workload.patterns())
          : new PatternFloor.RarestWord(workload.patterns());
    }

    @Override
    public int[] readers() {
      return workload.readers(ordered);
    }

    @Override
    public void check(int[] document, boolean[] found) {}
  }

  /// Patterns of which some words suffice.
  record Weighted(WeightedWorkload workload) implements PatternTask {

    @Override
    public int[] document() {
      return workload.document();
    }

    @Override
    public int[] documentWith(int mostHits) {
      throw new UnsupportedOperationException("only of phrases");
    }

    @Override
    public EventNetwork network() {
      return workload.network(workload.size());
    }

    @Override
    public EventNetwork wordNetwork() {
      return workload.network(0);
    }

    @Override
    public PatternFloor floor() {
      return new PatternFloor.Counting(workload);
    }

    @Override
    public int[] readers() {
      return workload.readers();
    }

    @Override
    public void check(int[] document, boolean[] found) {
      boolean[] expected = workload.found(document);
      for (int p = 0; p < expected.length; p++) {
        if (found[p] != expected[p]) {
          throw new IllegalStateException(
              "pattern %s is %s in the document, the network says otherwise"
                  .formatted(p, expected[p] ? "" : "not "));
        }
      }
    }
  }
}
