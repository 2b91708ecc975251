package org.fovea.spec;

/// A family of locality-sensitive hash functions: vectors that are alike get the same code more
/// often than others.
public sealed interface HashFamily {

  /// Signed random projections (Charikar, STOC 2002): one bit each, collision by angle. With
  /// `asymmetric`, weights are extended so that collision follows the inner product (Neyshabur and
  /// Srebro, ICML 2015).
  record SimHash(boolean asymmetric) implements HashFamily {}

  /// Winner takes all (Yagnik and others, ICCV 2011): the position of the largest of `window`
  /// permuted components, collision by rank order.
  record WinnerTakesAll(int window) implements HashFamily {
    public WinnerTakesAll {
      Require.that(window >= 2 && window <= 256, "window must be 2 to 256, not %d", window);
    }
  }

  /// Densified winner-takes-all (Chen and Shrivastava, UAI 2018) for sparse vectors: empty windows
  /// borrow the code of a window that is not.
  record DensifiedWinnerTakesAll(int window) implements HashFamily {
    public DensifiedWinnerTakesAll {
      Require.that(window >= 2 && window <= 256, "window must be 2 to 256, not %d", window);
    }
  }

  /// Densified one-permutation minhash (Shrivastava, ICML 2017) of the set of the `top` largest
  /// components.
  record DensifiedMinHash(int top) implements HashFamily {
    public DensifiedMinHash {
      Require.positive("top", top);
    }
  }

  /// Learned buckets: a weight row falls into the bucket of the nearest of `clusters` centroids, a
  /// query looks into the buckets of its `probes` best ones.
  record Clusters(int clusters, int probes) implements HashFamily {
    public Clusters {
      Require.positive("clusters", clusters);
      Require.that(
          probes >= 1 && probes <= clusters,
          "probes must be between 1 and the %d clusters, not %d",
          clusters,
          probes);
    }
  }
}
