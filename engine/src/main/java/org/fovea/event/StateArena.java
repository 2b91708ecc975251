package org.fovea.event;

import java.util.Arrays;

/// Nodes of the lattice that a document has reached, and how.
///
/// Two ways to one node with equal hulls and equal last parts lead to the same continuations, so
/// one state stands for both, marked as merged. **Threads** confined.
final class StateArena {

  private static final int ROOT = -1;

  private final ActivationArena arena;
  private final TupleSlots merging = new TupleSlots();
  private int[] stateOfSlot = new int[64];
  private int[] nodes = new int[1 << 9];
  private int[] segments = new int[1 << 9];
  private int[] parents = new int[1 << 9];
  private int[] lasts = new int[1 << 9];
  private int[] begins = new int[1 << 9];
  private int[] ends = new int[1 << 9];
  private int[] levels = new int[1 << 9];
  private int[] tight = new int[1 << 9];
  private boolean[] merged = new boolean[1 << 9];
  private int[] firstNodes = new int[2];
  private int count;
  private int limit;

  StateArena(ActivationArena arena) {
    this.arena = arena;
  }

  void clear(int mostStates) {
    merging.clear();
    count = 0;
    limit = mostStates;
  }

  /// Says where the nodes of a segment begin in a row of all nodes of all segments.
  void place(int segment, int firstNode) {
    if (segment >= firstNodes.length) {
      firstNodes = Arrays.copyOf(firstNodes, 2 * segment);
    }
    firstNodes[segment] = firstNode;
  }

  int count() {
    return count;
  }

  /// Reaches a node of the present family.
  void present(int segment, int node, int level) {
    add(segment, node, ROOT, ActivationArena.NONE, level);
  }

  /// Reaches a root of the joined family.
  void start(int segment, int node, int activation) {
    int state = add(segment, node, ROOT, activation, arena.level(activation));
    begins[state] = arena.begin(activation);
    ends[state] = arena.end(activation);
    tight[state] = arena.end(activation) - arena.begin(activation) == 1 ? 1 : 0;
  }

  /// Reaches a joined node from another.
  ///
  /// @param adjacent whether the part directly follows the one before
  void join(int state, int segment, int node, int activation, int level, boolean adjacent) {
    int begin = Math.min(begins[state], arena.begin(activation));
    int end = Math.max(ends[state], arena.end(activation));
    // Parts of length 1 in a row can be bound in one way only.
    boolean unique =
        adjacent && tight[state] > 0 && arena.end(activation) - arena.begin(activation) == 1;
    if (!unique) {
      int before = merging.size();
      int slot =
          merging.add(
              firstNodes[segment] + node,
              begin,
              end,
              arena.begin(activation),
              arena.end(activation));
      if (slot < before) {
        merged[stateOfSlot[slot]] = true;
        return;
      }
      if (slot == stateOfSlot.length) {
        stateOfSlot = Arrays.copyOf(stateOfSlot, 2 * slot);
      }
      stateOfSlot[slot] = count;
    }
    int added = add(segment, node, state, activation, level);
    begins[added] = begin;
    ends[added] = end;
    tight[added] = unique ? tight[state] + 1 : 0;
  }

  private int add(int segment, int node, int parent, int last, int level) {
    if (count == limit) {
      throw new PropagationLimitException(
          "the document has more than %s partial matches".formatted(limit));
    }
    if (count == nodes.length) {
      int more = 2 * count;
      nodes = Arrays.copyOf(nodes, more);
      segments = Arrays.copyOf(segments, more);
      parents = Arrays.copyOf(parents, more);
      lasts = Arrays.copyOf(lasts, more);
      begins = Arrays.copyOf(begins, more);
      ends = Arrays.copyOf(ends, more);
      levels = Arrays.copyOf(levels, more);
      tight = Arrays.copyOf(tight, more);
      merged = Arrays.copyOf(merged, more);
    }
    nodes[count] = node;
    segments[count] = segment;
    parents[count] = parent;
    lasts[count] = last;
    levels[count] = level;
    merged[count] = false;
    return count++;
  }

  int node(int state) {
    return nodes[state];
  }

  int segment(int state) {
    return segments[state];
  }

  /// The state before, or less than 0.
  int parent(int state) {
    return parents[state];
  }

  /// Activation of the last part.
  int last(int state) {
    return lasts[state];
  }

  int begin(int state) {
    return begins[state];
  }

  int end(int state) {
    return ends[state];
  }

  int level(int state) {
    return levels[state];
  }

  boolean isMerged(int state) {
    return merged[state];
  }
}
