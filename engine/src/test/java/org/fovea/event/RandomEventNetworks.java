package org.fovea.event;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/// Small networks of every kind of neuron, and documents for them.
final class RandomEventNetworks {

  private static final Relation[] RELATIONS = {
    Relation.EQUAL,
    Relation.WITHIN,
    Relation.AROUND,
    Relation.FOLLOWS,
    Relation.PRECEDES,
    Relation.followsWithin(2),
    Relation.precedesWithin(3),
    Relation.near(2)
  };

  private static final List<Rectifier> RECTIFIERS = List.of(Rectifier.values());

  private final SplittableRandom random;
  private final int inputCount;
  private final List<Neuron> neurons = new ArrayList<>();

  RandomEventNetworks(SplittableRandom random) {
    this.random = random;
    inputCount = random.nextInt(3, 8);
    int count = inputCount + random.nextInt(1, 18);
    for (int id = 0; id < inputCount; id++) {
      neurons.add(Neuron.input());
    }
    for (int id = inputCount; id < count; id++) {
      neurons.add(neuron(id, count));
    }
  }

  List<Neuron> neurons() {
    return neurons;
  }

  int inputCount() {
    return inputCount;
  }

  EventNetwork network() {
    EventNetworkBuilder builder = new EventNetworkBuilder();
    neurons.forEach(builder::add);
    return builder.build();
  }

  /// A neuron that reads those before it, and the round before of any.
  Neuron neuron(int id, int count) {
    int kind = random.nextInt(4);
    int size = random.nextInt(8) == 0 ? random.nextInt(17, 40) : random.nextInt(1, 6);
    int parts = kind == 0 ? random.nextInt(1, Math.min(size, 5) + 1) : 0;
    boolean uniform = random.nextBoolean();
    List<Synapse> synapses = new ArrayList<>();
    for (int s = 0; s < size; s++) {
      Relation relation =
          switch (kind) {
            case 0 -> s < parts ? part(s) : context();
            case 1 ->
                s == 0 || uniform
                    ? Relation.EQUAL
                    : random.nextInt(3) == 0 ? Relation.near(random.nextInt(3)) : context();
            default -> Relation.ANYWHERE;
          };
      boolean positive = (kind == 1 && s == 0) || random.nextInt(5) > 0;
      synapses.add(synapse(id, count, relation, positive));
    }
    float bias = bias(synapses);
    Rectifier rectifier = RECTIFIERS.get(random.nextInt(RECTIFIERS.size()));
    Occurrence occurrence =
        switch (kind) {
          case 0 -> new Occurrence.Joined(parts);
          case 1 -> new Occurrence.Each();
          default -> new Occurrence.Once();
        };
    return new Neuron(bias, rectifier, occurrence, synapses);
  }

  private Relation part(int index) {
    if (index == 0) {
      return Relation.ANYWHERE;
    }
    return random.nextBoolean() ? Relation.FOLLOWS : RELATIONS[random.nextInt(RELATIONS.length)];
  }

  private Relation context() {
    return random.nextInt(3) == 0 ? Relation.ANYWHERE : RELATIONS[random.nextInt(RELATIONS.length)];
  }

  private Synapse synapse(int id, int count, Relation relation, boolean positive) {
    boolean recurrent = random.nextInt(12) == 0;
    int input =
        recurrent
            ? random.nextInt(count)
            : random.nextBoolean() ? random.nextInt(inputCount) : random.nextInt(id);
    float weight = random.nextBoolean() ? random.nextInt(1, 4) : (float) random.nextDouble(0.1, 2);
    float limit =
        switch (random.nextInt(6)) {
          case 0 -> Float.POSITIVE_INFINITY;
          case 1 -> (float) random.nextDouble(0.2, 3);
          default -> 1;
        };
    return new Synapse(input, positive ? weight : -weight, limit, recurrent, relation);
  }

  /// Often such that the neuron needs one, some or all of its inputs, exactly.
  private float bias(List<Synapse> synapses) {
    double all =
        synapses.stream()
            .filter(s -> s.weight() > 0)
            .mapToDouble(s -> s.weight() * Math.min(s.limit(), 1))
            .sum();
    return switch (random.nextInt(8)) {
      case 0 -> 0;
      case 1 -> (float) random.nextDouble(0, 0.5);
      case 2, 3 -> (float) -Math.max(0, all - 0.5);
      case 4 -> -random.nextInt(1, 4);
      default -> (float) (-all * random.nextDouble());
    };
  }

  /// A document of words and now and then longer ranges, some of the same place.
  List<Places.Given> document() {
    List<Places.Given> document = new ArrayList<>();
    int length = random.nextInt(0, 12);
    boolean plain = random.nextBoolean();
    for (int position = 0; position < length; position++) {
      int begin = position * (plain ? 1 : random.nextInt(1, 3));
      int longest = plain ? 1 : random.nextInt(1, 4);
      float value = random.nextInt(4) == 0 ? (float) random.nextDouble(0.1, 3) : 1;
      document.add(new Places.Given(random.nextInt(inputCount), begin, begin + longest, value));
    }
    return document;
  }
}
