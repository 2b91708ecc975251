package org.fovea.event;

/// Goes from node to node of a lattice that lies in the trunk and on pages.
///
/// **Threads** confined.
final class LatticeWalk {

  private static final int TRUNK = 0;

  private final SuspendedNetwork network;
  private final Trunk trunk;
  private final ActivationArena arena;
  private final StateArena states;
  private final HeldPages held;
  private final PendingPages pending;
  private final LatticeSteps steps;
  private final LevelQueue stepsByLevel = new LevelQueue();
  private int length;
  private int next;

  LatticeWalk(
      SuspendedNetwork network,
      ActivationArena arena,
      StateArena states,
      HeldPages held,
      PendingPages pending) {
    this.network = network;
    this.trunk = network.trunk();
    this.arena = arena;
    this.states = states;
    this.held = held;
    this.pending = pending;
    steps = new LatticeSteps(arena, states);
  }

  void clear(int documentLength) {
    stepsByLevel.clear(network.levelCount());
    length = documentLength;
    steps.clear(documentLength);
    next = 0;
  }

  /// Starts the roots of an activation.
  ///
  /// @param isFirst whether it is the first of its symbol
  void start(int activation, boolean isFirst, int joined, int present) {
    int symbol = arena.symbol(activation);
    if (joined >= 0) {
      pending.add(PendingPages.START, joined, Trunk.JOINED, symbol, activation, 0);
    } else if (joined != Trunk.NONE) {
      states.start(TRUNK, ~joined, activation);
    }
    if (isFirst) {
      present(present, Trunk.PRESENT, symbol, arena.level(activation));
    }
  }

  private void present(int target, int branch, int symbol, int level) {
    if (target >= 0) {
      pending.add(PendingPages.PRESENT, target, branch, symbol, 0, 0);
    } else if (target != Trunk.NONE) {
      states.present(TRUNK, ~target, level);
    }
  }

  /// Takes steps that have waited for a level.
  void resume(int level) {
    for (int i = stepsByLevel.poll(level); i >= 0; i = stepsByLevel.poll(level)) {
      step(stepsByLevel.first(i), stepsByLevel.second(i), level);
    }
  }

  /// Goes on from all states that are new.
  void advance(int level, Terminals terminals) {
    for (; next < states.count(); next++) {
      reached(next, level, terminals);
    }
  }

  private void reached(int state, int level, Terminals terminals) {
    int node = states.node(state);
    if (states.segment(state) == TRUNK) {
      int first = trunk.terminalPage(node);
      for (int page = first; page < first + trunk.terminalPages(node); page++) {
        pending.add(PendingPages.TERMINALS, page, trunk.terminalBranch(node), 0, state, 0);
      }
      for (int step = trunk.firstStep(node); step < trunk.firstStep(node + 1); step++) {
        stepOrWait(state, step, trunk.level(step), level);
      }
      return;
    }
    Lattice lattice = held.page(states.segment(state)).lattice;
    hanging(states.segment(state), node, state, terminals);
    for (int step = lattice.firstStep(node); step < lattice.firstStep(node + 1); step++) {
      stepOrWait(state, step, lattice.level(step), level);
    }
  }

  /// Tells all rows that hang at a node of a page.
  void hanging(int page, int node, int state, Terminals terminals) {
    Lattice lattice = held.page(page).lattice;
    for (int t = lattice.firstTerminal(node); t < lattice.firstTerminal(node + 1); t++) {
      terminals.reached(page, lattice.terminals[t], state);
    }
  }

  private void stepOrWait(int state, int step, int stepLevel, int level) {
    if (stepLevel == level) {
      step(state, step, level);
    } else {
      stepsByLevel.add(stepLevel, state, step);
    }
  }

  private void step(int state, int step, int level) {
    int page = states.segment(state);
    if (page != TRUNK) {
      Lattice lattice = held.page(page).lattice;
      steps.take(state, step, level, lattice, network.relation(lattice.relation(step)));
    } else if (states.last(state) == ActivationArena.NONE) {
      trunkStepPresent(state, step, level);
    } else {
      trunkStep(state, step, level);
    }
  }

  private void trunkStep(int state, int step, int level) {
    int stateLevel = states.level(state);
    int lastBegin = arena.begin(states.last(state));
    int lastEnd = arena.end(states.last(state));
    Relation relation = network.relation(trunk.relation(step));
    int from = relation.firstBegin(lastBegin, lastEnd, arena.longest());
    int to = Math.min(relation.lastBegin(lastBegin, lastEnd), length - 1);
    for (int begin = from; begin <= to; begin++) {
      for (int a = arena.firstAt(begin); a != ActivationArena.NONE; a = arena.nextAt(a)) {
        if (Math.max(stateLevel, arena.level(a)) == level
            && relation.holds(begin, arena.end(a), lastBegin, lastEnd)) {
          join(state, step, a, level, relation.isAdjacent());
        }
      }
    }
  }

  private void join(int state, int step, int activation, int level, boolean adjacent) {
    int symbol = arena.symbol(activation);
    int target = trunk.target(step, symbol);
    if (target >= 0) {
      int what = adjacent ? PendingPages.ADJACENT : PendingPages.JOIN;
      pending.add(what, target, trunk.branch(step), symbol, state, activation);
    } else if (target != Trunk.NONE) {
      states.join(state, TRUNK, ~target, activation, level, adjacent);
    }
  }

  private void trunkStepPresent(int state, int step, int level) {
    SymbolSlots present = arena.present;
    for (int slot = 0; slot < present.size(); slot++) {
      if (Math.max(states.level(state), arena.levelOf(slot)) == level) {
        int symbol = present.symbol(slot);
        present(trunk.target(step, symbol), trunk.branch(step), symbol, level);
      }
    }
  }
}
