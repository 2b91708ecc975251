package org.fovea.spec;

/// Training by several copies of a sparse network, each with a part of the data of its own
/// (WASAP-SGD: Curci, Mocanu and Pechenizkiy 2021, arXiv:2102.01732, section 3.1).
///
/// @param count of the copies
/// @param shared share of the epochs in which they send gradients to one network; in the others
///   each trains alone, with connections that evolve on their own, and all are averaged at the end
public record Replicas(int count, double shared) {
  public Replicas {
    Require.that(count >= 1 && count <= 1024, "count must be 1 to 1024, not %d", count);
    Require.that(shared >= 0 && shared <= 1, "shared must be 0 to 1, not %s", shared);
  }

  /// Two copies that share 70 % of the epochs.
  public static Replicas defaults() {
    return new Replicas(2, 0.7);
  }
}
