package org.fovea.event;

/// Goes from node to node of the lattices of a network in memory.
///
/// **Threads** confined.
final class SegmentWalk {

  private final ActivationArena arena;
  private final StateArena states;
  private final LatticeSteps steps;
  private final Terminals terminals;
  private final LevelQueue stepsByLevel = new LevelQueue();
  private EventNetwork network;

  /// What was read: a compiler may leave out reads that nobody uses.
  int touched;

  private int next;

  SegmentWalk(EventNetwork network, ActivationArena arena, StateArena states, Terminals terminals) {
    this.network = network;
    this.arena = arena;
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
    while (next < states.count()) {
      int end = states.count();
      fetch(next, end);
      for (; next < end; next++) {
        reached(next, level);
      }
    }
  }

  /// Looks at what states lead to, so that waits for memory overlap.
  private void fetch(int from, int to) {
    int sum = 0;
    for (int state = from; state < to; state++) {
      sum += network.segment(states.segment(state)).lattice().firstStep(states.node(state));
    }
    for (int state = from; state < to; state++) {
      Segment segment = network.segment(states.segment(state));
      Lattice lattice = segment.lattice();
      int terminal = lattice.firstTerminal(states.node(state));
      if (terminal < lattice.firstTerminal(states.node(state) + 1)) {
        int row = lattice.terminals[terminal];
        sum += segment.levels()[row] + segment.table().shapes[row];
      }
      int step = lattice.firstStep(states.node(state));
      if (step < lattice.firstStep(states.node(state) + 1)) {
        sum += lattice.symbol(lattice.firstChild(step));
      }
    }
    for (int state = from; state < to; state++) {
      Lattice lattice = network.segment(states.segment(state)).lattice();
      int step = lattice.firstStep(states.node(state));
      int last = states.last(state);
      if (last >= 0 && step < lattice.firstStep(states.node(state) + 1) && lattice.isHot(step)) {
        int follower = arena.firstAt(arena.end(last));
        if (follower >= 0) {
          sum += lattice.hot.touch(LongTable.key(step, arena.symbol(follower)));
        }
      }
    }
    touched = sum;
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
