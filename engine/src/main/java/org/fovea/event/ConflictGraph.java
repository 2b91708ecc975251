package org.fovea.event;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The activations that came and went from round to round, and which of them suppress each other.
///
/// **Threads** immutable. **Cost** memory grows with the square of their number.
final class ConflictGraph {

  /// An activation that came and went.
  ///
  /// @param value its largest in any round
  record Candidate(int neuron, int begin, int end, float value) {}

  private static final Comparator<Candidate> ORDER =
      Comparator.comparingDouble((Candidate candidate) -> -candidate.value())
          .thenComparingInt(Candidate::begin)
          .thenComparingInt(candidate -> -candidate.end())
          .thenComparingInt(Candidate::neuron);

  private final List<Candidate> candidates;

  /// For each candidate those that suppress it.
  private final BitSet[] suppressors;

  /// For each candidate those that it cannot stand beside.
  private final BitSet[] rivals;

  private ConflictGraph(List<Candidate> candidates) {
    this.candidates = candidates;
    this.suppressors = sets(candidates.size());
    this.rivals = sets(candidates.size());
  }

  private static BitSet[] sets(int count) {
    BitSet[] sets = new BitSet[count];
    for (int i = 0; i < count; i++) {
      sets[i] = new BitSet(count);
    }
    return sets;
  }

  /// The candidates of a run that did not come to rest, heaviest first.
  ///
  /// @param surely whether only suppression counts that leaves nothing of an activation, whatever
  ///   else it reads
  static ConflictGraph of(EventNetwork network, List<Candidate> unsorted, boolean surely) {
    ConflictGraph graph = new ConflictGraph(unsorted.stream().sorted(ORDER).toList());
    Map<Integer, List<Integer>> byNeuron = new HashMap<>();
    for (int i = 0; i < graph.size(); i++) {
      byNeuron.computeIfAbsent(graph.candidates.get(i).neuron(), _ -> new ArrayList<>()).add(i);
    }
    for (int i = 0; i < graph.size(); i++) {
      Candidate candidate = graph.candidates.get(i);
      Neuron neuron = network.neuron(candidate.neuron());
      double most = surely ? mostNet(neuron) : 0;
      for (Synapse synapse : neuron.synapses()) {
        if (synapse.recurrent() && synapse.weight() < 0) {
          for (int other : byNeuron.getOrDefault(synapse.input(), List.of())) {
            graph.connect(i, other, synapse, most);
          }
        }
      }
    }
    return graph;
  }

  /// The largest net input that a neuron can have.
  private static double mostNet(Neuron neuron) {
    double most = neuron.bias();
    for (Synapse synapse : neuron.synapses()) {
      most += Math.max(0, (double) synapse.weight() * synapse.limit());
    }
    return most;
  }

  private void connect(int suppressed, int other, Synapse synapse, double most) {
    Candidate at = candidates.get(suppressed);
    Candidate by = candidates.get(other);
    double less = (double) synapse.weight() * Math.min(synapse.limit(), by.value());
    if (suppressed != other
        && most + less <= 0
        && synapse.relation().holds(by.begin(), by.end(), at.begin(), at.end())) {
      suppressors[suppressed].set(other);
      rivals[suppressed].set(other);
      rivals[other].set(suppressed);
    }
  }

  int size() {
    return candidates.size();
  }

  Candidate candidate(int index) {
    return candidates.get(index);
  }

  BitSet suppressors(int index) {
    return suppressors[index];
  }

  BitSet rivals(int index) {
    return rivals[index];
  }

  /// No choice among some candidates weighs more: they are put into groups in which all are rivals,
  /// and of each group the heaviest counts.
  double bound(BitSet free) {
    double bound = 0;
    List<BitSet> shared = new ArrayList<>();
    for (int i = free.nextSetBit(0); i >= 0; i = free.nextSetBit(i + 1)) {
      boolean alone = true;
      for (int group = 0; group < shared.size() && alone; group++) {
        if (shared.get(group).get(i)) {
          shared.get(group).and(rivals[i]);
          alone = false;
        }
      }
      if (alone) {
        bound += candidates.get(i).value();
        BitSet rest = (BitSet) rivals[i].clone();
        rest.and(free);
        shared.add(rest);
      }
    }
    return bound;
  }
}
