package org.fovea.event;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// The plain queue: whenever a neuron becomes active, all its successors are updated.
///
/// This is the definition of what a network computes, and the baseline for updates saved. It keeps
/// the whole network as objects; [EventPropagation] is for large ones.
///
/// **Cost** joined neurons try all ways to bind their parts.
public final class PlainPropagation implements Propagation {

  /// A place where a neuron is active. Echoes of the last round have the symbol `~neuron`.
  private record Place(int symbol, int begin, int end) {}

  private record Active(Place place, float value) {}

  private final EventNetwork network;
  private final PropagationLimits limits;
  private final Map<Integer, Neuron> neurons = new TreeMap<>();
  private final Map<Integer, Set<Integer>> successors = new HashMap<>();
  private final Map<Place, Float> inputs = new HashMap<>();
  private final Set<Place> withheld = new HashSet<>();
  private final Map<Integer, List<Active>> bySymbol = new HashMap<>();
  private List<Active> result = List.of();
  private int rounds;
  private boolean settled;
  private long updates;

  /// With the usual limits.
  public PlainPropagation(EventNetwork network) {
    this(network, PropagationLimits.defaults());
  }

  /// With limits, of which that of partial matches does not count here.
  public PlainPropagation(EventNetwork network, PropagationLimits limits) {
    this.network = network;
    this.limits = limits;
    for (int id = 0; id < network.idBound(); id++) {
      if (network.contains(id)) {
        Neuron neuron = network.neuron(id);
        neurons.put(id, neuron);
        for (Synapse synapse : neuron.synapses()) {
          successors.computeIfAbsent(synapse.symbol(), _ -> new HashSet<>()).add(id);
        }
      }
    }
  }

  @Override
  public void clear() {
    inputs.clear();
    withheld.clear();
    result = List.of();
    rounds = 0;
    updates = 0;
    settled = false;
  }

  @Override
  public void add(int neuron, int begin, int end, float value) {
    Propagation.check(neuron, begin, end, value);
    network.requireInput(neuron);
    inputs.merge(new Place(neuron, begin, end), value, Math::max);
  }

  @Override
  public void withhold(int neuron, int begin, int end) {
    withheld.add(new Place(neuron, begin, end));
  }

  @Override
  public void release() {
    withheld.clear();
  }

  @Override
  public void run() {
    int length = inputs.keySet().stream().mapToInt(Place::end).max().orElse(1);
    Map<Place, Float> echoes = Map.of();
    rounds = 0;
    updates = 0;
    settled = false;
    while (!settled && rounds < limits.rounds()) {
      round(length, echoes);
      rounds++;
      Map<Place, Float> next = new HashMap<>();
      for (Active active : result) {
        int echo = ~active.place().symbol();
        if (successors.containsKey(echo) && !withheld.contains(active.place())) {
          Place place = active.place();
          next.put(new Place(echo, place.begin(), place.end()), active.value());
        }
      }
      settled = same(echoes, next);
      echoes = next;
    }
  }

  private boolean same(Map<Place, Float> last, Map<Place, Float> next) {
    return last.keySet().equals(next.keySet())
        && last.entrySet().stream()
            .allMatch(e ->
                Math.abs(e.getValue() - next.getOrDefault(e.getKey(), 0f)) <= limits.tolerance());
  }

  /// One round: a queue of neurons, lowest level first.
  private void round(int length, Map<Place, Float> echoes) {
    bySymbol.clear();
    result = new ArrayList<>();
    NavigableMap<Integer, Set<Integer>> queue = new TreeMap<>();
    neurons.forEach((id, neuron) -> {
      if (neuron.bias() > 0 && neuron.occurrence() instanceof Occurrence.Once) {
        queue.computeIfAbsent(network.level(id), _ -> new TreeSet<>()).add(id);
      }
    });
    echoes.forEach((place, value) -> activate(new Active(place, value), queue));
    inputs.forEach((place, value) -> activate(new Active(place, value), queue));
    while (!queue.isEmpty()) {
      for (int id : queue.pollFirstEntry().getValue()) {
        update(id, length).forEach(active -> activate(active, queue));
      }
    }
  }

  private void activate(Active active, NavigableMap<Integer, Set<Integer>> queue) {
    int symbol = active.place().symbol();
    bySymbol.computeIfAbsent(symbol, _ -> new ArrayList<>()).add(active);
    if (symbol >= 0) {
      result.add(active);
    }
    for (int id : successors.getOrDefault(symbol, Set.of())) {
      queue.computeIfAbsent(network.level(id), _ -> new TreeSet<>()).add(id);
    }
  }

  private List<Active> update(int id, int length) {
    Neuron neuron = Objects.requireNonNull(neurons.get(id));
    Map<Place, Double> nets = new HashMap<>();
    switch (neuron.occurrence()) {
      case Occurrence.Once() -> {
        Place place = new Place(id, 0, length);
        nets.put(place, net(neuron, 0, neuron.bias(), place));
      }
      case Occurrence.Each() -> {
        for (Synapse synapse : neuron.synapses()) {
          if (synapse.weight() > 0 && synapse.relation().anchors()) {
            for (Active anchor : actives(synapse)) {
              Place place = new Place(id, anchor.place().begin(), anchor.place().end());
              if (!nets.containsKey(place)) {
                nets.put(place, net(neuron, 0, neuron.bias(), place));
              }
            }
          }
        }
      }
      case Occurrence.Joined(int parts) -> {
        List<Active> bound = new ArrayList<>();
        bind(
            neuron,
            parts,
            bound,
            () -> {
              int begin = bound.stream().mapToInt(part -> part.place().begin()).min().getAsInt();
              int end = bound.stream().mapToInt(part -> part.place().end()).max().getAsInt();
              double net = neuron.bias();
              for (int i = 0; i < parts; i++) {
                net += term(neuron.synapses().get(i), bound.get(i).value());
              }
              Place place = new Place(id, begin, end);
              nets.merge(place, net(neuron, parts, net, place), Math::max);
            });
      }
    }
    updates += Math.max(1, nets.size());
    List<Active> found = new ArrayList<>();
    nets.forEach((place, net) -> {
      float value = neuron.rectifier().value(net);
      if (value > 0) {
        found.add(new Active(place, value));
      }
    });
    return found;
  }

  /// All ways to bind parts, one activation each.
  private void bind(Neuron neuron, int parts, List<Active> bound, Runnable found) {
    int part = bound.size();
    if (part == parts) {
      found.run();
      return;
    }
    Synapse synapse = neuron.synapses().get(part);
    for (Active active : actives(synapse)) {
      if (part == 0 || holds(synapse.relation(), active.place(), bound.getLast().place())) {
        bound.add(active);
        bind(neuron, parts, bound, found);
        bound.removeLast();
      }
    }
  }

  /// Adds what the synapses from a given one on contribute at a place.
  private double net(Neuron neuron, int firstSynapse, double start, Place place) {
    double net = start;
    for (Synapse synapse : neuron.synapses().subList(firstSynapse, neuron.synapses().size())) {
      float most = 0;
      for (Active active : actives(synapse)) {
        if (holds(synapse.relation(), active.place(), place)) {
          most = Math.max(most, active.value());
        }
      }
      net += term(synapse, most);
    }
    return net;
  }

  private static double term(Synapse synapse, float value) {
    return (double) synapse.weight() * Math.min(synapse.limit(), value);
  }

  private List<Active> actives(Synapse synapse) {
    return bySymbol.getOrDefault(synapse.symbol(), List.of());
  }

  private static boolean holds(Relation relation, Place place, Place other) {
    return relation.holds(place.begin(), place.end(), other.begin(), other.end());
  }

  @Override
  public int count() {
    return result.size();
  }

  @Override
  public int neuron(int index) {
    return result.get(index).place().symbol();
  }

  @Override
  public int begin(int index) {
    return result.get(index).place().begin();
  }

  @Override
  public int end(int index) {
    return result.get(index).place().end();
  }

  @Override
  public float value(int index) {
    return result.get(index).value();
  }

  @Override
  public float valueAt(int neuron, int begin, int end) {
    Place place = new Place(neuron, begin, end);
    return result.stream()
        .filter(active -> active.place().equals(place))
        .findFirst()
        .map(Active::value)
        .orElse(0f);
  }

  @Override
  public int rounds() {
    return rounds;
  }

  @Override
  public boolean settled() {
    return settled;
  }

  @Override
  public long updates() {
    return updates;
  }
}
