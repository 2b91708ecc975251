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

  /// The largest number of neurons retrieved.
  int limit();
}
