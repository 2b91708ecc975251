package org.fovea.spec;

/// When rows that have changed move to their new buckets.
public sealed interface Rehash {

  /// All rows, every `batches` batches, on the workers' time.
  record Every(int batches) implements Rehash {
    public Every {
      Require.positive("batches", batches);
    }
  }

  /// All rows, at intervals that grow by `growth` from `first` batches on (the exponential decay of
  /// SLIDE, MLSys 2020, arXiv:1903.03129, section 3.1.3).
  record Growing(int first, double growth) implements Rehash {
    public Growing {
      Require.positive("first", first);
      Require.that(growth >= 1, "growth must be at least 1, not %s", growth);
    }
  }

  /// Only the rows that changed since the last time, every `batches` batches.
  record Incremental(int batches) implements Rehash {
    public Incremental {
      Require.positive("batches", batches);
    }
  }

  /// Only the rows that changed, by a thread of its own that goes round while workers go on; in
  /// deterministic runs the same as [Incremental] every `batches` batches.
  record Background(int batches) implements Rehash {
    public Background {
      Require.positive("batches", batches);
    }
  }
}
