package org.fovea.event;

/// Joins states at nodes of a lattice with what the steps from there ask for.
///
/// **Threads** confined.
final class LatticeSteps {

  /// How many children in a row are looked at in the time of one look into a hash table.
  private static final int CHEAPER_SCAN = 16;

  private final ActivationArena arena;
  private final StateArena states;
  private int length;

  LatticeSteps(ActivationArena arena, StateArena states) {
    this.arena = arena;
    this.states = states;
  }

  /// Begins with a document.
  void clear(int documentLength) {
    length = documentLength;
  }

  /// Takes a step from a state, as far as what it asks for is on the step's level.
  ///
  /// @param relation what the step asks for, seen from the last part of the state
  void take(int state, int step, int level, Lattice lattice, Relation relation) {
    if (states.last(state) == ActivationArena.NONE) {
      takePresent(state, step, level, lattice);
      return;
    }
    int segment = states.segment(state);
    int stateLevel = states.level(state);
    int lastBegin = arena.begin(states.last(state));
    int lastEnd = arena.end(states.last(state));
    boolean adjacent = relation.isAdjacent();
    int from = relation.firstBegin(lastBegin, lastEnd, arena.longest());
    int to = Math.min(relation.lastBegin(lastBegin, lastEnd), length - 1);
    for (int begin = from; begin <= to; begin++) {
      for (int a = arena.firstAt(begin); a != ActivationArena.NONE; a = arena.nextAt(a)) {
        if (Math.max(stateLevel, arena.level(a)) == level
            && (adjacent || relation.holds(begin, arena.end(a), lastBegin, lastEnd))) {
          int child = lattice.child(step, arena.symbol(a));
          if (child >= 0) {
            states.join(state, segment, child, a, level, adjacent);
          }
        }
      }
    }
  }

  /// Looks for the children's symbols among the present ones, or the other way round.
  private void takePresent(int state, int step, int level, Lattice lattice) {
    int segment = states.segment(state);
    int stateLevel = states.level(state);
    int first = lattice.firstChild(step);
    int end = lattice.firstChild(step + 1);
    SymbolSlots present = arena.present;
    if (end - first <= Math.max(Lattice.MOST_LISTED, CHEAPER_SCAN * present.size())) {
      for (int child = first; child < end; child++) {
        int slot = present.find(lattice.symbol(child));
        if (slot >= 0 && Math.max(stateLevel, arena.levelOf(slot)) == level) {
          states.present(segment, child, level);
        }
      }
    } else {
      for (int slot = 0; slot < present.size(); slot++) {
        if (Math.max(stateLevel, arena.levelOf(slot)) == level) {
          int child = lattice.child(step, present.symbol(slot));
          if (child >= 0) {
            states.present(segment, child, level);
          }
        }
      }
    }
  }
}
