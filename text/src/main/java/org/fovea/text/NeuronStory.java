package org.fovea.text;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.fovea.event.Neuron;
import org.fovea.event.Occurrence;
import org.fovea.event.Propagation;
import org.fovea.event.Relation;
import org.fovea.event.Synapse;

/// Tells of neurons and their inputs in one text.
///
/// **Threads** confined.
final class NeuronStory {

  private static final int MOST_PLACES = 4;
  private static final int MOST_INPUTS = 24;
  private static final int DEEPEST = 6;

  private final PatternNetwork network;
  private final String text;
  private final Words words = new Words();
  private final Propagation propagation;
  private final Map<Integer, List<Integer>> activations = new HashMap<>();

  NeuronStory(PatternNetwork network, String text) {
    this.network = network;
    this.text = text;
    propagation = network.neurons().propagation();
    TextWords reader = new TextWords(network);
    reader.begin(text.toCharArray(), 0, text.length());
    words.read(reader);
    for (int at = 0; at < words.count; at++) {
      if (words.neurons[at] != Words.UNKNOWN) {
        propagation.add(words.neurons[at], at, at + 1, 1);
      }
    }
    propagation.run();
    for (int a = 0; a < propagation.count(); a++) {
      activations.computeIfAbsent(propagation.neuron(a), _ -> new ArrayList<>()).add(a);
    }
  }

  boolean isActive(int neuron) {
    return activations.containsKey(neuron);
  }

  /// Adds what there is to tell of a neuron.
  void tell(int neuron, List<String> lines) {
    tell(neuron, 0, lines);
  }

  private void tell(int id, int depth, List<String> lines) {
    String indent = "  ".repeat(depth);
    Neuron neuron = network.neurons().neuron(id);
    lines.add("%s%s %s".formatted(indent, name(id), isActive(id) ? fires(id) : "is silent"));
    lines.add("%s  %s".formatted(indent, rule(neuron)));
    int shown = 0;
    List<Integer> inner = new ArrayList<>();
    for (Synapse synapse : neuron.synapses()) {
      boolean active = isActive(synapse.input());
      if (neuron.synapses().size() > MOST_INPUTS && !active) {
        continue;
      }
      if (shown++ == MOST_INPUTS) {
        lines.add(indent + "  ...");
        break;
      }
      lines.add("%s  %s".formatted(indent, input(synapse)));
      if (network.nameOf(synapse.input()).isEmpty()) {
        inner.add(synapse.input());
      }
    }
    if (neuron.synapses().size() > MOST_INPUTS) {
      lines.add(
          String.format(
              Locale.ROOT,
              "%s  of %,d inputs, those that are active",
              indent,
              neuron.synapses().size()));
    }
    lines.add("%s  %s".formatted(indent, sum(id, neuron)));
    for (int part : inner) {
      if (depth < DEEPEST) {
        tell(part, depth + 1, lines);
      }
    }
  }

  private String name(int id) {
    return network.nameOf(id).orElse("part " + id);
  }

  private String fires(int id) {
    List<Integer> all = activations.getOrDefault(id, List.of());
    return "fires "
        + all.stream().limit(MOST_PLACES).map(this::place).collect(Collectors.joining(", "))
        + (all.size() > MOST_PLACES
            ? " and %s times more".formatted(all.size() - MOST_PLACES)
            : "");
  }

  /// Where a neuron is active: as an [Annotator] says it.
  private String place(int activation) {
    int begin = 0;
    int end = text.length();
    int neuron = propagation.neuron(activation);
    Neuron story = network.neurons().neuron(neuron);
    // what looks at the whole document; words are inputs, each at its place
    boolean whole = story.occurrence() instanceof Occurrence.Once && !story.synapses().isEmpty();
    if (!whole && words.count > 0) {
      begin = words.begins[propagation.begin(activation)];
      end = words.ends[Math.min(propagation.end(activation), words.count) - 1];
    }
    String value =
        propagation.value(activation) == 1 ? "" : " with " + number(propagation.value(activation));
    String there = text.substring(begin, end);
    return "at %s..%s \"%s\"%s"
        .formatted(begin, end, there.length() > 40 ? there.substring(0, 40) + "…" : there, value);
  }

  private static String rule(Neuron neuron) {
    return switch (neuron.occurrence()) {
      case Occurrence.Once() ->
          "looks at the whole document: bias %s".formatted(number(neuron.bias()));
      case Occurrence.Each() ->
          "looks at each place of an input: bias %s".formatted(number(neuron.bias()));
      case Occurrence.Joined(int parts) ->
          "needs its %s %s in place: bias %s"
              .formatted(parts, parts == 1 ? "part" : "parts", number(neuron.bias()));
    };
  }

  private String input(Synapse synapse) {
    String how =
        switch (synapse.relation().kind()) {
          case ANYWHERE -> "";
          case EQUAL -> ", at the same place";
          case FOLLOWS ->
              synapse.relation().distance() == 0
                  ? ", directly after the one before"
                  : ", at most %s words after the one before"
                      .formatted(synapse.relation().distance());
          case NEAR ->
              ", at most %s words from the one before".formatted(synapse.relation().distance());
          default -> ", " + synapse.relation().kind().name().toLowerCase(Locale.ROOT);
        };
    String state = isActive(synapse.input()) ? fires(synapse.input()) : "is missing";
    return "%s weight %s%s%s: %s"
        .formatted(
            name(synapse.input()),
            number(synapse.weight()),
            how,
            synapse.recurrent() ? ", of the round before" : "",
            state);
  }

  /// The net input at the first place where the neuron fires, or how far it comes at most.
  private String sum(int id, Neuron neuron) {
    if (neuron.occurrence() instanceof Occurrence.Joined && !isActive(id)) {
      return missing(neuron);
    }
    List<Integer> all = activations.getOrDefault(id, List.of());
    double net = neuron.bias();
    StringBuilder terms = new StringBuilder(number(neuron.bias()));
    for (Synapse synapse : neuron.synapses()) {
      float value = value(synapse, all);
      if (value > 0) {
        double term = (double) synapse.weight() * Math.min(synapse.limit(), value);
        net += term;
        terms.append(term < 0 ? " - " : " + ").append(number((float) Math.abs(term)));
      }
    }
    String where = all.isEmpty() ? "at most " : all.size() > 1 ? "at the first place " : "";
    return "net input %s%s = %s: %s"
        .formatted(
            where,
            terms,
            number((float) net),
            all.isEmpty() ? "not above 0, so it is silent" : "above 0, so it fires");
  }

  private float value(Synapse synapse, List<Integer> at) {
    float most = 0;
    for (int a : activations.getOrDefault(synapse.input(), List.of())) {
      boolean related =
          at.isEmpty()
              || synapse.relation().kind() != Relation.Kind.EQUAL
              || (propagation.begin(a) == propagation.begin(at.getFirst())
                  && propagation.end(a) == propagation.end(at.getFirst()));
      most = related ? Math.max(most, propagation.value(a)) : most;
    }
    return most;
  }

  private String missing(Neuron neuron) {
    List<String> missing =
        neuron.synapses().stream()
            .filter(synapse -> synapse.weight() > 0 && !isActive(synapse.input()))
            .map(synapse -> name(synapse.input()))
            .toList();
    return missing.isEmpty()
        ? "all parts are in the text, but nowhere in these places to each other"
        : "missing: " + String.join(", ", missing);
  }

  private static String number(float value) {
    return value == Math.rint(value) && Math.abs(value) < 1e9
        ? Integer.toString((int) value)
        : Float.toString(value);
  }
}
