package org.fovea.spec;

/// What is done to the net inputs of a layer before its activation.
public sealed interface Normalization {

  /// Nothing.
  record None() implements Normalization {}

  /// Each neuron's net inputs are brought to mean 0 and variance 1 over the batch, then scaled by a
  /// learned number and shifted by the bias (Ioffe and Szegedy, *Batch Normalization*, ICML 2015,
  /// arXiv:1502.03167). Prediction, and training on a batch of one example, use running means.
  ///
  /// @param memory share of the running means that a batch leaves as they are
  record Batch(double memory) implements Normalization {
    public Batch {
      Require.fraction("memory", memory);
    }

    /// A memory of 0.9.
    public static Batch defaults() {
      return new Batch(0.9);
    }
  }
}
