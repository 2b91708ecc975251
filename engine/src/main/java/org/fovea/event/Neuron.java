package org.fovea.event;

import java.util.ArrayList;
import java.util.List;

/// A neuron as a user describes it.
///
/// ```
/// net   = bias + sum over synapses of weight * min(limit, x)
/// value = rectifier(net)        active where value > 0
/// ```
///
/// Whether it is a conjunction, a disjunction, "k of n" or a mixture follows from the numbers
/// alone. Values are floats; sums are doubles in the order of the synapses.
///
/// @param bias finite
/// @param synapses none for an input neuron, which documents activate
public record Neuron(
    float bias, Rectifier rectifier, Occurrence occurrence, List<Synapse> synapses) {

  public Neuron {
    synapses = List.copyOf(synapses);
    if (!Float.isFinite(bias)) {
      throw new IllegalArgumentException("a bias must be finite, not " + bias);
    }
    switch (occurrence) {
      case Occurrence.Once() -> {
        for (Synapse synapse : synapses) {
          if (synapse.relation().kind() != Relation.Kind.ANYWHERE) {
            throw new IllegalArgumentException(
                "a neuron that occurs once reads its inputs anywhere, not "
                    + synapse.relation().kind());
          }
        }
      }
      case Occurrence.Each() -> {
        if (synapses.stream().noneMatch(Neuron::anchors)) {
          throw new IllegalArgumentException(
              "a neuron that occurs at each range needs an input of positive weight that is EQUAL"
                  + " or NEAR");
        }
      }
      case Occurrence.Joined(int parts) -> {
        if (synapses.size() < parts) {
          throw new IllegalArgumentException(
              "%s parts need as many synapses, not %s".formatted(parts, synapses.size()));
        }
        for (Synapse synapse : synapses.subList(1, parts)) {
          if (synapse.relation().kind() == Relation.Kind.ANYWHERE) {
            throw new IllegalArgumentException(
                "a part must be related to the one before; parts anywhere are what a neuron that"
                    + " occurs once is for");
          }
        }
      }
    }
  }

  private static boolean anchors(Synapse synapse) {
    return synapse.weight() > 0 && synapse.relation().anchors();
  }

  /// The same with another weight of a synapse.
  ///
  /// @param index of the synapse
  public Neuron withWeight(int index, float weight) {
    List<Synapse> changed = new ArrayList<>(synapses);
    Synapse old = changed.get(index);
    changed.set(
        index, new Synapse(old.input(), weight, old.limit(), old.recurrent(), old.relation()));
    return new Neuron(bias, rectifier, occurrence, changed);
  }

  /// The same with another bias.
  public Neuron withBias(float other) {
    return new Neuron(other, rectifier, occurrence, synapses);
  }

  /// A neuron that documents activate.
  public static Neuron input() {
    return new Neuron(0, Rectifier.RELU, new Occurrence.Once(), List.of());
  }

  /// Active with value 1 where all words follow each other.
  ///
  /// @param words at least one
  public static Neuron phrase(int... words) {
    List<Synapse> synapses = new ArrayList<>(words.length);
    for (int word : words) {
      synapses.add(Synapse.of(word, 1, synapses.isEmpty() ? Relation.ANYWHERE : Relation.FOLLOWS));
    }
    return new Neuron(
        1 - words.length, Rectifier.RELU, new Occurrence.Joined(words.length), synapses);
  }

  /// Active with value 1 at each range where an input is.
  ///
  /// @param inputs at least one
  public static Neuron category(int... inputs) {
    List<Synapse> synapses = new ArrayList<>(inputs.length);
    for (int input : inputs) {
      synapses.add(Synapse.of(input, 1, Relation.EQUAL));
    }
    return new Neuron(0, Rectifier.CAPPED, new Occurrence.Each(), synapses);
  }

  /// Active once if at least some of the inputs are.
  ///
  /// @param needed how many inputs, each of value 1
  public static Neuron atLeast(int needed, int... inputs) {
    List<Synapse> synapses = new ArrayList<>(inputs.length);
    for (int input : inputs) {
      synapses.add(Synapse.of(input, 1));
    }
    return new Neuron(0.5f - needed, Rectifier.CAPPED, new Occurrence.Once(), synapses);
  }
}
