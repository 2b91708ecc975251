package org.fovea.event;

/// Goes from node to node of the lattices of a network in memory.
///
/// **Threads** confined.
final class SegmentWalk {

  private final StateArena states;
  private final LatticeSteps steps;
  private final Terminals terminals;
  private final LevelQueue stepsByLevel = new LevelQueue();
  private EventNetwork network;
  private int next;

  /// Takes rows that hang at a node that was reached.
  @FunctionalInterface
  interface Terminals {
    void reached(int segment, int row, int state);
  }

  SegmentWalk(EventNetwork network, ActivationArena arena, StateArena states, Terminals terminals) {
    this.network = network;
    this.states = states;
    steps = new LatticeSteps(arena, states);
    this.terminals = terminals;
  }

  void clear(EventNetwork of, int documentLength) {
    network = of;
    steps.clear(documentLength);
    next = 0;
    stepsByLevel.clear(of.levelCount());
    int nodes = 0;
    for (int segment = 0; segment < of.segmentCount(); segment++) {
      states.place(segment, nodes);
      nodes += of.segment(segment).lattice().nodeCount();
    }
  }

  /// Takes steps that have waited for a level, and goes on from all states that are new.
  void advance(int level) {
    for (int i = stepsByLevel.poll(level); i >= 0; i = stepsByLevel.poll(level)) {
      step(stepsByLevel.first(i), stepsByLevel.second(i), level);
    }
    for (; next < states.count(); next++) {
      reached(next, level);
    }
  }

  /// Tells the rows that hang at a node, and takes its steps or queues them.
  private void reached(int state, int level) {
    int segment = states.segment(state);
    Lattice lattice = network.segment(segment).lattice();
    int node = states.node(state);
    for (int t = lattice.firstTerminal(node); t < lattice.firstTerminal(node + 1); t++) {
      terminals.reached(segment, lattice.terminals[t], state);
    }
    for (int step = lattice.firstStep(node); step < lattice.firstStep(node + 1); step++) {
      if (lattice.level(step) == level) {
        step(state, step, level);
      } else {
        stepsByLevel.add(lattice.level(step), state, step);
      }
    }
  }

  private void step(int state, int step, int level) {
    Segment segment = network.segment(states.segment(state));
    Lattice lattice = segment.lattice();
    Relation relation = segment.table().relationKinds[lattice.relation(step)];
    steps.take(state, step, level, lattice, relation);
  }
}
