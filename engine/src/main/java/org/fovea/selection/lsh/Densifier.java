package org.fovea.selection.lsh;

/// Fills the empty bins of one-permutation hashing: an empty bin takes the code of another.
///
/// Each empty bin tries bins that universal hashing chooses from its own number, the same for every
/// vector; so two vectors whose bin is empty meet again when they borrow from the same bin. If too
/// many tries fail, the next filled bin after the last try lends.
///
/// **Source** Shrivastava, *Optimal densification for fast and accurate minwise hashing*, ICML
/// 2017. **Differs** tries are bounded.
final class Densifier {

  private static final int TRIES = 64;

  private Densifier() {}

  /// The bin that lends its code to an empty one, or -1 if all are empty.
  ///
  /// @param codes codes of the first `count` bins; negative where empty
  static int lender(int[] codes, int count, int empty, long seed) {
    int bin = empty;
    for (int attempt = 1; attempt <= TRIES; attempt++) {
      long hash = Mixing.mix(seed, (long) empty << 8 | attempt);
      bin = (int) (((hash >>> 32) * count) >>> 32);
      if (codes[bin] >= 0) {
        return bin;
      }
    }
    for (int step = 0; step < count; step++) {
      bin = bin + 1 == count ? 0 : bin + 1;
      if (codes[bin] >= 0) {
        return bin;
      }
    }
    return -1;
  }
}
