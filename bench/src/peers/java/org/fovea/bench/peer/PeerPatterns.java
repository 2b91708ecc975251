package org.fovea.bench.peer;

import org.apache.lucene.search.Query;
import org.fovea.bench.suite.PatternWorkload;
import org.fovea.bench.suite.WeightedWorkload;
import org.fovea.event.EventNetwork;

/// The patterns and documents of the annotate suite, as queries and as a network.
sealed interface PeerPatterns {

  static PeerPatterns of(String kind, int size) {
    return switch (kind) {
      case "phrases" -> new Plain(new PatternWorkload(size), true);
      case "words" -> new Plain(new PatternWorkload(size), false);
      default -> new Weighted(WeightedWorkload.of(kind, size));
    };
  }

  Query query(int pattern);

  EventNetwork network();

  int[] document();

  double frequency(int word);

  /// Patterns of which all words are needed.
  record Plain(PatternWorkload workload, boolean ordered) implements PeerPatterns {

    @Override
    public Query query(int pattern) {
      int[] words = workload.patterns()[pattern];
      return ordered ? MonitorQueries.phrase(words) : MonitorQueries.words(words);
    }

    @Override
    public EventNetwork network() {
      return workload.network(ordered, workload.patterns().length);
    }

    @Override
    public int[] document() {
      return workload.document();
    }

    @Override
    public double frequency(int word) {
      return workload.frequency(word);
    }
  }

  /// Patterns of which some words suffice.
  record Weighted(WeightedWorkload workload) implements PeerPatterns {

    @Override
    public Query query(int pattern) {
      return MonitorQueries.weighted(workload, pattern);
    }

    @Override
    public EventNetwork network() {
      return workload.network(workload.size());
    }

    @Override
    public int[] document() {
      return workload.document();
    }

    @Override
    public double frequency(int word) {
      return workload.frequency(word);
    }
  }
}
