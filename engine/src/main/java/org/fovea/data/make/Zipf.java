package org.fovea.data.make;

import java.util.Arrays;

/// Draws ranks with `p(rank) ~ 1 / (rank + 1 + shift)^exponent`.
final class Zipf {

  private final double[] cumulated;

  Zipf(int count, double shift, double exponent) {
    cumulated = new double[count];
    double sum = 0;
    for (int rank = 0; rank < count; rank++) {
      sum += StrictMath.pow(rank + 1 + shift, -exponent);
      cumulated[rank] = sum;
    }
  }

  int draw(Draws draws) {
    double target = draws.uniform() * cumulated[cumulated.length - 1];
    int place = Arrays.binarySearch(cumulated, target);
    return Math.min(place < 0 ? -place - 1 : place + 1, cumulated.length - 1);
  }

  double probability(int rank) {
    double before = rank == 0 ? 0 : cumulated[rank - 1];
    return (cumulated[rank] - before) / cumulated[cumulated.length - 1];
  }
}
