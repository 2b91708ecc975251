package org.fovea.event;

/// How far a propagation goes.
///
/// @param rounds the most rounds of recurrent networks, at least 1
/// @param tolerance the largest change of a value that counts as none, at least 0
/// @param matches the most partial matches that a document may have
public record PropagationLimits(int rounds, float tolerance, int matches) {

  public PropagationLimits {
    if (rounds < 1 || matches < 1 || !(tolerance >= 0)) {
      throw new IllegalArgumentException(
          "rounds and matches must be positive and tolerance not negative, not %s, %s and %s"
              .formatted(rounds, matches, tolerance));
    }
  }

  /// 20 rounds, a tolerance of 0.0001, 4 million partial matches.
  public static PropagationLimits defaults() {
    return new PropagationLimits(20, 1e-4f, 4_000_000);
  }
}
