package org.fovea.event;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/// Chooses where activations suppress each other, so that no round comes to rest: "the bank of the
/// river" and "the bank" in one place, each with a negative recurrent synapse from the other.
///
/// An *interpretation* withholds some activations from recurrent synapses, such that the rounds
/// come to rest and what is withheld is not active then: it is suppressed by what is not. Of all,
/// the search wants the one of the largest weight, the sum of the values that recurrent synapses
/// may read. It is a stage of its own: documents without conflicts never get here.
///
/// ```java
/// InterpretationSearch search = new InterpretationSearch(network, propagation, limits);
/// propagation.clear();
/// propagation.add(...);
/// Interpretation found = search.run();   // in place of propagation.run()
/// ```
///
/// Candidates are the activations that came and went from round to round. The tree of choices is
/// searched depth first, heaviest first, and cut where a bound shows that nothing heavier can come:
/// rivals that suppress each other surely form groups, of which the heaviest counts. Each complete
/// choice is tried out by a propagation. If none stands, suppression that depends on what else is
/// active counts too.
///
/// **Source** the interpretations of AIKA (Molzberger, 2016 to 2019). **Differs** the weight is
/// that of values, not of what suppression could take away; a choice is what recurrent synapses
/// read, not a state that is kept beside them; and positive recurrent synapses do not raise the
/// bound.
///
/// **Threads** confined, as the propagation is. **Cost** nothing without conflicts; otherwise, at
/// worst, all that the limits allow.
public final class InterpretationSearch {

  /// More candidates than this would need too much memory for who suppresses whom.
  private static final int MOST_CANDIDATES = 4_096;

  private final EventNetwork network;
  private final EventPropagation propagation;
  private final SearchLimits limits;
  private ConflictGraph graph;
  private BitSet withheld = new BitSet();
  private BitSet best = new BitSet();
  private double bestWeight;
  private double settledWeight;
  private long end;
  private int propagations;
  private boolean ended;

  /// A search that drives a propagation.
  public InterpretationSearch(
      EventNetwork network, EventPropagation propagation, SearchLimits limits) {
    this.network = network;
    this.propagation = propagation;
    this.limits = limits;
    this.graph = ConflictGraph.of(network, List.of(), true);
  }

  /// Computes all activations, as [Propagation#run] does, and chooses between those that suppress
  /// each other. The propagation then has the activations of the choice.
  ///
  /// @throws PropagationLimitException if there are more partial matches than its limits allow
  public Interpretation run() {
    propagation.release();
    propagation.run();
    if (propagation.settled()) {
      return new Interpretation(Interpretation.Kind.SETTLED, weight(), 0, 1);
    }
    List<ConflictGraph.Candidate> candidates = candidates();
    propagations = 0;
    ended = candidates.size() > MOST_CANDIDATES;
    end = System.nanoTime() + limits.time().toNanos();
    boolean found = !ended && (search(candidates, true) || search(candidates, false));
    withhold(found ? best : new BitSet());
    propagation.run();
    return new Interpretation(
        found
            ? ended ? Interpretation.Kind.FOUND : Interpretation.Kind.BEST
            : ended ? Interpretation.Kind.OSCILLATING : Interpretation.Kind.CONTRADICTION,
        weight(),
        candidates.size(),
        propagations);
  }

  /// What came and went.
  private List<ConflictGraph.Candidate> candidates() {
    Echoes echoes = propagation.echoes();
    List<ConflictGraph.Candidate> candidates = new ArrayList<>();
    settledWeight = 0;
    for (int i = 0; i < echoes.seen(); i++) {
      if (echoes.rounds(i) < propagation.rounds()) {
        candidates.add(
            new ConflictGraph.Candidate(
                echoes.neuron(i), echoes.begin(i), echoes.end(i), echoes.most(i)));
      } else {
        settledWeight += echoes.most(i);
      }
    }
    return candidates;
  }

  private boolean search(List<ConflictGraph.Candidate> candidates, boolean surely) {
    graph = ConflictGraph.of(network, candidates, surely);
    bestWeight = Double.NEGATIVE_INFINITY;
    withheld = new BitSet(graph.size());
    BitSet free = new BitSet(graph.size());
    free.set(0, graph.size());
    decide(free, 0);
    return bestWeight > Double.NEGATIVE_INFINITY;
  }

  /// Decides the heaviest of the candidates that are free: those that are neither chosen nor
  /// withheld.
  ///
  /// @param chosen weight of the candidates that are chosen
  private void decide(BitSet free, double chosen) {
    // the bound first: what it rules out needs no time, and the best stays known as the best
    if (settledWeight + chosen + graph.bound(free) <= bestWeight) {
      return;
    }
    ended |= System.nanoTime() > end;
    if (ended) {
      return;
    }
    int candidate = free.nextSetBit(0);
    if (candidate < 0) {
      tryOut();
      return;
    }
    BitSet rivals = (BitSet) graph.rivals(candidate).clone();
    rivals.and(free);
    BitSet others = (BitSet) free.clone();
    others.clear(candidate);
    others.andNot(rivals);
    withheld.or(rivals);
    decide(others, chosen + graph.candidate(candidate).value());
    withheld.andNot(rivals);

    withheld.set(candidate);
    BitSet suppressors = (BitSet) graph.suppressors(candidate).clone();
    suppressors.andNot(withheld);
    if (!suppressors.isEmpty()) {
      BitSet rest = (BitSet) free.clone();
      rest.clear(candidate);
      decide(rest, chosen);
    }
    withheld.clear(candidate);
  }

  /// Keeps a choice if the rounds come to rest, what is withheld is suppressed, and it weighs more.
  private void tryOut() {
    for (int i = withheld.nextSetBit(0); i >= 0; i = withheld.nextSetBit(i + 1)) {
      BitSet suppressors = (BitSet) graph.suppressors(i).clone();
      suppressors.andNot(withheld);
      if (suppressors.isEmpty()) {
        return;
      }
    }
    if (propagations >= limits.propagations()) {
      ended = true;
      return;
    }
    withhold(withheld);
    propagation.run();
    propagations++;
    double weight = weight();
    if (propagation.settled() && weight > bestWeight && isSuppressed()) {
      bestWeight = weight;
      best = (BitSet) withheld.clone();
    }
  }

  private void withhold(BitSet some) {
    propagation.release();
    for (int i = some.nextSetBit(0); i >= 0; i = some.nextSetBit(i + 1)) {
      ConflictGraph.Candidate candidate = graph.candidate(i);
      propagation.withhold(candidate.neuron(), candidate.begin(), candidate.end());
    }
  }

  private boolean isSuppressed() {
    Echoes echoes = propagation.echoes();
    for (int i = 0; i < propagation.count(); i++) {
      if (echoes.isWithheld(propagation.neuron(i), propagation.begin(i), propagation.end(i))) {
        return false;
      }
    }
    return true;
  }

  private double weight() {
    double weight = 0;
    for (int i = 0; i < propagation.count(); i++) {
      if (network.isEchoed(propagation.neuron(i))) {
        weight += propagation.value(i);
      }
    }
    return weight;
  }
}
