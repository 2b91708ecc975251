package org.fovea.event;

/// The pattern lattice: parts that neurons have in common, each once, in one canonical order.
///
/// A node is a list of symbols with their relations, and is reached when all of them are there so.
/// A neuron hangs at the node that is its trigger. From a node lead *steps*, one for each relation
/// and level on which its children's next symbols can be joined; the children of a step have
/// consecutive numbers. A pattern of `k` parts has at most `k` nodes, and shares those of its first
/// parts with all patterns that begin so. There are two families of roots: *joined* nodes are
/// places in a document; *present* nodes are reached once in a document that has all their symbols.
///
/// **Shapes** `nodes [3 * (nodes + 1)]`: symbol, first terminal, first step. `steps [2 * (steps +
/// 1)]`: relation and level, first child. `terminals`: rows of neurons.
///
/// **Cost** 12 bytes a node, 8 a step, 4 a terminal.
final class Lattice {

  /// Steps with more children than this find them in a hash table.
  static final int MOST_LISTED = 8;

  private static final int RELATION_BITS = 8;
  private static final LongTable COLD = new LongTable(0);

  final int[] nodes;
  final int[] steps;
  final int[] terminals;
  final LongTable hot;

  Lattice(int[] nodes, int[] steps, int[] terminals, LongTable hot) {
    this.nodes = nodes;
    this.steps = steps;
    this.terminals = terminals;
    this.hot = hot;
  }

  /// The children of steps that have many.
  static LongTable hot(int[] nodes, int[] steps) {
    int count = 0;
    for (int step = 0; 2 * step + 3 < steps.length; step++) {
      int children = steps[2 * step + 3] - steps[2 * step + 1];
      count += children > MOST_LISTED ? children : 0;
    }
    if (count == 0) {
      return COLD;
    }
    LongTable hot = new LongTable(count);
    for (int step = 0; 2 * step + 3 < steps.length; step++) {
      int first = steps[2 * step + 1];
      int end = steps[2 * step + 3];
      for (int child = first; end - first > MOST_LISTED && child < end; child++) {
        hot.put(LongTable.key(step, nodes[3 * child]), child);
      }
    }
    return hot;
  }

  static int way(int relation, int level) {
    return (level << RELATION_BITS) | relation;
  }

  int nodeCount() {
    return nodes.length / 3 - 1;
  }

  int symbol(int node) {
    return nodes[3 * node];
  }

  int firstTerminal(int node) {
    return nodes[3 * node + 1];
  }

  int firstStep(int node) {
    return nodes[3 * node + 2];
  }

  static int relationOf(int way) {
    return way & ((1 << RELATION_BITS) - 1);
  }

  static int levelOf(int way) {
    return way >>> RELATION_BITS;
  }

  int way(int step) {
    return steps[2 * step];
  }

  int relation(int step) {
    return relationOf(steps[2 * step]);
  }

  int level(int step) {
    return levelOf(steps[2 * step]);
  }

  int firstChild(int step) {
    return steps[2 * step + 1];
  }

  /// Whether the children of a step are found in a hash table.
  boolean isHot(int step) {
    return steps[2 * step + 3] - steps[2 * step + 1] > MOST_LISTED;
  }

  /// The child of a step for a symbol, or -1.
  int child(int step, int symbol) {
    int first = steps[2 * step + 1];
    int end = steps[2 * step + 3];
    if (end - first > MOST_LISTED) {
      return hot.get(LongTable.key(step, symbol));
    }
    for (int node = first; node < end; node++) {
      if (nodes[3 * node] == symbol) {
        return node;
      }
    }
    return -1;
  }

  long bytes() {
    return 4L * (nodes.length + steps.length + terminals.length) + hot.bytes();
  }
}
