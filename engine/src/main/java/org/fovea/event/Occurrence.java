package org.fovea.event;

/// How often a neuron can be active in a document, and where.
public sealed interface Occurrence {

  /// Once in a document; its range is the whole document, `[0, length)`.
  record Once() implements Occurrence {}

  /// Once at each range of an input that is related as equal or near and has a positive weight.
  ///
  /// Each synapse reads what is related to that range.
  record Each() implements Occurrence {}

  /// Once at each range that related parts span.
  ///
  /// The first synapses are the parts. All must be bound, each to one activation, part `i` related
  /// to part `i - 1`; the range reaches from the first begin to the last end of them. Where parts
  /// can be bound in several ways to one range, the way with the largest net input counts. Further
  /// synapses read what is related to the range.
  ///
  /// @param parts number of parts, at least 1
  record Joined(int parts) implements Occurrence {
    public Joined {
      if (parts < 1 || parts > MOST_PARTS) {
        throw new IllegalArgumentException(
            "parts must be in 1..%s, not %s".formatted(MOST_PARTS, parts));
      }
    }
  }

  /// The most parts of a joined neuron.
  int MOST_PARTS = Short.MAX_VALUE;
}
