package org.fovea.spec;

/// What happens when a bucket of a hash table is full.
public sealed interface BucketPolicy {

  /// Buckets grow as needed.
  record Unbounded() implements BucketPolicy {}

  /// The oldest of `capacity` entries makes room for the new one.
  record FirstInFirstOut(int capacity) implements BucketPolicy {
    public FirstInFirstOut {
      Require.positive("capacity", capacity);
    }
  }

  /// A uniform sample of `capacity` entries is kept (Vitter 1985, algorithm R).
  record Reservoir(int capacity) implements BucketPolicy {
    public Reservoir {
      Require.positive("capacity", capacity);
    }
  }
}
