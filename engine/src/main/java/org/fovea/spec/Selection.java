package org.fovea.spec;

import java.util.Optional;

/// Which neurons of a layer take part in an example.
public sealed interface Selection {

  /// All of them.
  record All() implements Selection {}

  /// The `count` with the largest net input, found exactly: all are computed, the others are
  /// silenced (winner takes all, Makhzani and Frey, NIPS 2015). The exact answer that hashing
  /// approximates.
  record TopK(int count) implements Selection {
    public TopK {
      Require.positive("count", count);
    }
  }

  /// Each neuron with a probability that follows its net input, `count` on average (adaptive
  /// dropout: Ba and Frey, NIPS 2013). All are computed.
  record AdaptiveDropout(int count) implements Selection {
    public AdaptiveDropout {
      Require.positive("count", count);
    }
  }

  /// `count` neurons drawn at random, besides the true labels.
  ///
  /// With `correction` the logits are reduced by the log of the expected number of times that the
  /// neuron is drawn, which makes the sampled softmax consistent with the full one (Bengio and
  /// Senécal, IEEE TNN 2008; Jean and others, ACL 2015, arXiv:1412.2007).
  ///
  /// @param power neurons are drawn in proportion to their label's frequency to this power: 0
  ///   uniform, 1 by frequency
  record Sampled(int count, double power, Sharing sharing, boolean correction)
      implements Selection {
    public Sampled {
      Require.positive("count", count);
      Require.that(
          power >= 0 && power <= 1, "power must be between 0 (uniform) and 1, not %s", power);
    }

    /// 1,024 drawn by the root of the frequency, shared by a batch, corrected.
    public static Sampled defaults() {
      return new Sampled(1_024, 0.5, Sharing.BATCH, true);
    }
  }

  /// The neurons that share buckets with the input in hash tables (Spring and Shrivastava, KDD
  /// 2017, arXiv:1602.08194; SLIDE: Chen and others, MLSys 2020, arXiv:1903.03129).
  ///
  /// @param family hash functions
  /// @param tables number of tables (the papers' L)
  /// @param hashes hash functions combined into one table's address (the papers' K)
  /// @param bucket what a full bucket does
  /// @param retrieval from buckets to the active set
  /// @param padding random neurons that are added to those retrieved; with a sampler of its own
  /// @param rehash when changed rows move
  /// @param sharing per example or shared by the batch
  record Lsh(
      HashFamily family,
      int tables,
      int hashes,
      BucketPolicy bucket,
      Retrieval retrieval,
      Optional<Sampled> padding,
      Rehash rehash,
      Sharing sharing)
      implements Selection {
    public Lsh {
      Require.that(tables >= 1 && tables <= 1024, "tables must be 1 to 1024, not %d", tables);
      Require.that(hashes >= 1 && hashes <= 30, "hashes must be 1 to 30, not %d", hashes);
    }

    /// Signed random projections, 50 tables of 9 bits, the most frequent 1,024 for each batch.
    public static Lsh defaults() {
      return new Lsh(
          new HashFamily.SimHash(true),
          50,
          9,
          new BucketPolicy.FirstInFirstOut(128),
          new Retrieval.MostFrequent(1_024),
          Optional.empty(),
          new Rehash.Incremental(50),
          Sharing.BATCH);
    }
  }
}
