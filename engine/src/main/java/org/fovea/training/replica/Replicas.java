package org.fovea.training.replica;

import java.util.ArrayList;
import java.util.List;
import org.fovea.data.Examples;

/// How a run is split among replicas.
///
/// @param count replicas, each with a part of the data of its own
/// @param shared share of the epochs in which they send gradients to one network; in the others
///   each trains alone
/// @param threads that work
/// @param deterministic whether gradients arrive in rounds: every replica computes one on the same
///   parameters, and they are taken in the order of the replicas; otherwise they are taken as they
///   come
public record Replicas(int count, double shared, int threads, boolean deterministic) {

  public Replicas {
    if (count < 1 || count > 1024 || threads < 1 || threads > 1024) {
      throw new IllegalArgumentException(
          "replicas and threads must be 1 to 1024, not %d and %d".formatted(count, threads));
    }
    if (!(shared >= 0 && shared <= 1)) {
      throw new IllegalArgumentException("shared must be 0 to 1, not " + shared);
    }
  }

  /// So many replicas and threads, and 70 % of the epochs shared.
  public static Replicas of(int count) {
    return new Replicas(count, 0.7, count, false);
  }

  /// Parts of the data of about the same size, one for each replica.
  ///
  /// @throws IllegalArgumentException if there are fewer examples than replicas
  List<Examples> divide(Examples examples, long seed) {
    if (examples.summary().exampleCount() < count) {
      throw new IllegalArgumentException(
          "%d examples cannot be split among %d replicas"
              .formatted(examples.summary().exampleCount(), count));
    }
    List<Examples> parts = new ArrayList<>();
    Examples rest = examples;
    for (int left = count; left > 1; left--) {
      Examples.HoldOut split = rest.holdOut(1.0 / left, seed + left);
      parts.add(split.validation());
      rest = split.training();
    }
    parts.add(rest);
    return parts;
  }
}
