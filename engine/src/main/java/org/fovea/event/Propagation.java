package org.fovea.event;

/// What becomes active in a document.
///
/// ```java
/// propagation.clear();
/// propagation.add(word, position, position + 1, 1);
/// propagation.run();
/// for (int i = 0; i < propagation.count(); i++) { ... propagation.neuron(i) ... }
/// ```
///
/// Recurrent synapses read the round before. In round 0 they read nothing; rounds go on until no
/// value that a recurrent synapse reads changes any more, or until the limit of rounds.
///
/// **Threads** confined.
public sealed interface Propagation permits PlainPropagation, ArenaPropagation {

  /// Forgets the document.
  void clear();

  /// Activates an input neuron; of equal ranges the largest value counts.
  ///
  /// @param begin position at which it begins, at least 0
  /// @param end position after its last, more than `begin`, at most [#MOST_POSITIONS]
  /// @param value positive and finite
  /// @throws IllegalArgumentException if a number is out of its range, or the neuron is not an
  ///   input
  void add(int neuron, int begin, int end, float value);

  /// Keeps an activation from recurrent synapses in every round: they read nothing there, whatever
  /// becomes of it. Holds until the document is forgotten, or until [#release].
  ///
  /// @param neuron any number; one that nothing recurrent reads changes nothing
  void withhold(int neuron, int begin, int end);

  /// Forgets what is withheld.
  void release();

  /// Computes all activations.
  ///
  /// @throws PropagationLimitException if there are more partial matches than the limits allow
  void run();

  /// Number of activations, inputs included.
  int count();

  /// Neuron of an activation.
  int neuron(int index);

  /// Where an activation begins.
  int begin(int index);

  /// Where an activation ends, exclusive.
  int end(int index);

  /// Value of an activation, positive.
  float value(int index);

  /// Value of a neuron at a range, zero if it is not active there.
  float valueAt(int neuron, int begin, int end);

  /// Number of rounds that were computed.
  int rounds();

  /// Whether the rounds came to rest; if not, activations are those of the last round.
  boolean settled();

  /// How many times the net input of a neuron was computed, over all rounds.
  long updates();

  /// The most positions of a document.
  int MOST_POSITIONS = 1 << 28;

  /// Checks what [#add] is given.
  static void check(int neuron, int begin, int end, float value) {
    if (begin < 0 || end <= begin || end > MOST_POSITIONS) {
      throw new IllegalArgumentException(
          "range of neuron %s must be within 0..%s and not empty, not [%s, %s)"
              .formatted(neuron, MOST_POSITIONS, begin, end));
    }
    if (!(value > 0) || value > Float.MAX_VALUE) {
      throw new IllegalArgumentException(
          "value of neuron %s must be positive and finite, not %s".formatted(neuron, value));
    }
  }
}
