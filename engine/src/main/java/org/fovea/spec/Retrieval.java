package org.fovea.spec;

/// How the contents of the buckets that a query meets become an active set.
public sealed interface Retrieval {

  /// All of them, up to `limit` in order of first meeting.
  record Union(int limit) implements Retrieval {
    public Union {
      Require.positive("limit", limit);
    }
  }

  /// Those met most often first, up to `limit`.
  record MostFrequent(int limit) implements Retrieval {
    public MostFrequent {
      Require.positive("limit", limit);
    }
  }

  /// Those met at least `collisions` times, up to `limit`, most frequent first.
  record Threshold(int collisions, int limit) implements Retrieval {
    public Threshold {
      Require.positive("collisions", collisions);
      Require.positive("limit", limit);
    }
  }

  /// Of those met, up to `candidates`, most frequent first or, in a single table, the most
  /// promising bucket first, the `kept` with the largest net inputs: for hidden layers. Computing
  /// some more neurons than take part costs little where the input is sparse, and makes up for what
  /// the tables order badly.
  record Best(int candidates, int kept) implements Retrieval {
    public Best {
      Require.positive("candidates", candidates);
      Require.positive("kept", kept);
      Require.that(
          kept <= candidates, "kept must be at most the %d candidates, not %d", candidates, kept);
    }

    @Override
    public int limit() {
      return candidates;
    }
  }

  /// The largest number of neurons retrieved.
  int limit();
}
