package org.fovea.event;

/// The part of a suspended network's lattice that stays in memory: nodes below which there is more
/// than a page, and on which pages the rest is.
///
/// A *target* is where a node is: on a page, or, as `~node`, in the trunk, or nowhere ([#NONE]).
/// The children of a step of the trunk are in order of their symbols, and neighbours lie on one
/// page, so that an *entry* stands for all children from its symbol up to the next entry's.
///
/// **Shapes** `records [4 * symbols]`: targets of the joined and the present root of an input or an
/// echo, first page and number of pages of its edges. `nodes [4 * (nodes + 1)]`: first page and
/// number of pages of the neurons that hang at the node, their branch, first step. `steps [3 *
/// (steps + 1)]`: relation and level, branch, first entry. `symbols, targets [entries]`. A *branch*
/// is what pages call a step, or the neurons at a node.
///
/// **Threads** immutable, safe. **Cost** 8 bytes a page, and some 20 an input.
final class Trunk {

  /// No such node.
  static final int NONE = Integer.MIN_VALUE;

  /// Branches of whatever hangs at no step of the trunk.
  static final int JOINED = -1;

  static final int PRESENT = -2;
  static final int EDGES = -3;
  static final int ALWAYS = -4;
  static final int DEFINITION = -5;

  private final IntTable recordOf;
  private final int[] records;
  private final int[] nodes;
  private final int[] steps;
  private final int[] symbols;
  private final int[] targets;

  /// Owns the arrays.
  Trunk(int[] known, int[] records, int[] nodes, int[] steps, int[][] entries) {
    this.records = records;
    this.nodes = nodes;
    this.steps = steps;
    symbols = entries[0];
    targets = entries[1];
    recordOf = new IntTable(known.length);
    for (int record = 0; record < known.length; record++) {
      recordOf.put(known[record], record);
    }
  }

  /// All arrays, in the order of the constructor.
  int[][] arrays() {
    return new int[][] {recordOf.keys(), records, nodes, steps, symbols, targets};
  }

  /// Record of an input or an echo, or -1.
  int record(int symbol) {
    return recordOf.get(symbol);
  }

  int joined(int record) {
    return records[4 * record];
  }

  int present(int record) {
    return records[4 * record + 1];
  }

  int edgePage(int record) {
    return records[4 * record + 2];
  }

  int edgePages(int record) {
    return records[4 * record + 3];
  }

  int nodeCount() {
    return nodes.length / 4 - 1;
  }

  int terminalPage(int node) {
    return nodes[4 * node];
  }

  int terminalPages(int node) {
    return nodes[4 * node + 1];
  }

  int terminalBranch(int node) {
    return nodes[4 * node + 2];
  }

  int firstStep(int node) {
    return nodes[4 * node + 3];
  }

  int relation(int step) {
    return Lattice.relationOf(steps[3 * step]);
  }

  int level(int step) {
    return Lattice.levelOf(steps[3 * step]);
  }

  int branch(int step) {
    return steps[3 * step + 1];
  }

  /// Where the child of a step for a symbol is, if there is one: the page may turn out to have
  /// none.
  int target(int step, int symbol) {
    int low = steps[3 * step + 2];
    int high = steps[3 * step + 5] - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      if (symbols[middle] <= symbol) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    if (high < steps[3 * step + 2]) {
      return NONE;
    }
    return targets[high] < 0 && symbols[high] != symbol ? NONE : targets[high];
  }

  long bytes() {
    return recordOf.bytes()
        + 4L * (records.length + nodes.length + steps.length + symbols.length + targets.length);
  }
}
