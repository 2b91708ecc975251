package org.fovea.data.make;

/// Random numbers that are the same on every machine: SplitMix64, with `StrictMath` for the normal
/// distribution.
///
/// **Threads** confined.
///
/// **Source** Steele, Lea, Flood, *Fast splittable pseudorandom number generators*, OOPSLA 2014.
final class Draws {

  private long state;

  /// The numbers that belong to one thing of a data set, an example or a label.
  ///
  /// @param seed the seed of the data set
  /// @param stream what kind of thing
  /// @param number which one
  Draws(long seed, String stream, long number) {
    state = StableHash.mix(StableHash.of(seed, stream) + number * StableHash.GOLDEN);
  }

  private long next() {
    state += StableHash.GOLDEN;
    return StableHash.mix(state);
  }

  /// A number from 0 to 1, 1 excluded.
  double uniform() {
    return StableHash.unit(next());
  }

  /// A whole number from 0 to the bound, the bound excluded.
  int below(int bound) {
    return (int) Math.multiplyHigh(next() >>> 1, (long) bound << 1);
  }

  /// A draw from the normal distribution, by Box and Muller.
  double normal() {
    double radius = Math.sqrt(-2 * StrictMath.log(1 - uniform()));
    return radius * StrictMath.cos(2 * Math.PI * uniform());
  }

  /// Random order of the numbers below a count.
  int[] permutation(int count) {
    int[] order = new int[count];
    for (int index = 0; index < count; index++) {
      int other = below(index + 1);
      order[index] = order[other];
      order[other] = index;
    }
    return order;
  }
}
