package org.fovea.text;

import java.util.ArrayList;
import java.util.List;
import org.fovea.event.Neuron;
import org.fovea.event.Occurrence;
import org.fovea.event.Rectifier;
import org.fovea.event.Relation;
import org.fovea.event.Synapse;

/// Makes neurons of rules.
///
/// | expression | neuron | net input |
/// |---|---|---|
/// | phrase, near, before | at each range that the parts span | sum of the parts - number + 1 |
/// | or, of things with places | at each of their ranges | sum |
/// | or | once | sum |
/// | and | once | sum - number + 1 |
/// | not | once | 1 - value |
/// | k of | once | weighted sum - k + 1 |
/// | sum > t | once | weighted sum - t |
///
/// A value counts up to 1, and `not` inside of the others is `1 - value` there, without a neuron of
/// its own.
///
/// **Threads** confined.
final class RuleCompiler {

  private final Wiring wiring;
  private final RuleNames names;
  private final WordReader words;

  RuleCompiler(Wiring wiring, RuleNames names, WordReader words) {
    this.wiring = wiring;
    this.names = names;
    this.words = words;
  }

  /// The neuron of a whole rule.
  Neuron compile(Rule rule) {
    return switch (rule.expression()) {
      case Expression.Reference reference -> {
        boolean located = names.isLocated(reference);
        yield located ? each(List.of(rule.expression())) : once(0, weighted(List.of(reference)));
      }
      default -> neuron(rule.expression());
    };
  }

  private Neuron neuron(Expression expression) {
    return switch (expression) {
      case Expression.Phrase phrase -> phrase(phrase);
      case Expression.Reference reference -> each(List.of(reference));
      case Expression.Or(List<Expression> parts) ->
          names.isLocated(expression) ? each(parts) : once(0, weighted(parts));
      case Expression.And(List<Expression> parts) -> once(1 - parts.size(), weighted(parts));
      case Expression.Not not -> once(0, weighted(List.of(not)));
      case Expression.AtLeast(int needed, List<Expression.Weighted> parts) ->
          once(1 - needed, parts);
      case Expression.Sum(List<Expression.Weighted> parts, float threshold) ->
          sum(-threshold, parts, Rectifier.RELU);
      case Expression.Near(int distance, List<Expression> parts, Place place) ->
          joined(parts, Relation.near(distance), place);
      case Expression.Before(int gap, List<Expression> parts, Place place) ->
          joined(parts, Relation.followsWithin(gap), place);
    };
  }

  private Neuron phrase(Expression.Phrase phrase) {
    int[] neurons = words.read(phrase.text(), phrase.place(), wiring::word);
    return neurons.length == 1 ? Neuron.category(neurons) : Neuron.phrase(neurons);
  }

  private Neuron each(List<Expression> parts) {
    int[] inputs = new int[parts.size()];
    boolean[] last = new boolean[parts.size()];
    for (int i = 0; i < inputs.length; i++) {
      inputs[i] = input(parts.get(i));
      last[i] = isLast(parts.get(i));
    }
    List<Synapse> synapses = new ArrayList<>();
    for (int i = 0; i < inputs.length; i++) {
      Synapse synapse = Synapse.of(inputs[i], 1, Relation.EQUAL);
      synapses.add(last[i] ? synapse.fromLastRound() : synapse);
    }
    return new Neuron(0, Rectifier.CAPPED, new Occurrence.Each(), synapses);
  }

  private Neuron joined(List<Expression> parts, Relation relation, Place place) {
    List<Synapse> synapses = new ArrayList<>();
    for (Expression part : parts) {
      if (!names.isLocated(part)) {
        throw place.malformed(
            "things with a place were expected: texts, near, before, and rules and categories of"
                + " such; one of these is about the whole document");
      }
      Synapse synapse =
          Synapse.of(input(part), 1, synapses.isEmpty() ? Relation.ANYWHERE : relation);
      synapses.add(isLast(part) ? synapse.fromLastRound() : synapse);
    }
    return new Neuron(
        1 - parts.size(), Rectifier.RELU, new Occurrence.Joined(parts.size()), synapses);
  }

  private static List<Expression.Weighted> weighted(List<Expression> parts) {
    return parts.stream().map(part -> new Expression.Weighted(1, part)).toList();
  }

  private Neuron once(int bias, List<Expression.Weighted> parts) {
    return sum(bias, parts, Rectifier.CAPPED);
  }

  private Neuron sum(float bias, List<Expression.Weighted> parts, Rectifier rectifier) {
    List<Synapse> synapses = new ArrayList<>();
    float total = bias;
    for (Expression.Weighted part : parts) {
      Expression read = part.part();
      float weight = part.weight();
      if (read instanceof Expression.Not(Expression inner)) {
        read = inner;
        total += weight;
        weight = -weight;
      }
      Synapse synapse = Synapse.of(input(read), weight);
      synapses.add(isLast(read) ? synapse.fromLastRound() : synapse);
    }
    return new Neuron(total, rectifier, new Occurrence.Once(), synapses);
  }

  private static boolean isLast(Expression expression) {
    return expression instanceof Expression.Reference reference && reference.last();
  }

  /// The neuron that an expression is read from.
  private int input(Expression expression) {
    if (expression instanceof Expression.Reference reference) {
      return names.resolve(reference).neuron();
    }
    if (expression instanceof Expression.Phrase phrase) {
      int[] neurons = words.read(phrase.text(), phrase.place(), wiring::word);
      return neurons.length == 1 ? neurons[0] : wiring.add(Neuron.phrase(neurons));
    }
    return wiring.add(neuron(expression));
  }
}
