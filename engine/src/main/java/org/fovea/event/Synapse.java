package org.fovea.event;

/// A weighted connection from one neuron to another.
///
/// It adds `weight * min(limit, x)` to the net input, where `x` is the largest value of the input's
/// activations that are related as asked, or zero if there is none.
///
/// @param input the neuron that it reads, at least 0
/// @param weight finite
/// @param limit the most of the input's value that counts, positive, may be infinite
/// @param recurrent whether it reads the value of the round before, and may close a cycle
/// @param relation where the input's activations must lie: seen from the range of the neuron, or,
///   for part `i > 0` of a joined neuron, seen from part `i - 1`
public record Synapse(int input, float weight, float limit, boolean recurrent, Relation relation) {

  public Synapse {
    if (input < 0) {
      throw new IllegalArgumentException("a synapse reads neuron " + input);
    }
    if (!Float.isFinite(weight)) {
      throw new IllegalArgumentException(
          "the weight of the synapse from neuron %s must be finite, not %s"
              .formatted(input, weight));
    }
    if (!(limit > 0)) {
      throw new IllegalArgumentException(
          "the limit of the synapse from neuron %s must be positive, not %s"
              .formatted(input, limit));
    }
  }

  /// From anywhere in the document, with limit 1.
  public static Synapse of(int input, float weight) {
    return new Synapse(input, weight, 1, false, Relation.ANYWHERE);
  }

  /// From a related place, with limit 1.
  public static Synapse of(int input, float weight, Relation relation) {
    return new Synapse(input, weight, 1, false, relation);
  }

  /// The same with another limit.
  public Synapse limitedTo(float most) {
    return new Synapse(input, weight, most, recurrent, relation);
  }

  /// The same, reading the round before.
  public Synapse fromLastRound() {
    return new Synapse(input, weight, limit, true, relation);
  }

  /// What documents activate: the input itself, or its echo of the last round.
  int symbol() {
    return recurrent ? ~input : input;
  }
}
