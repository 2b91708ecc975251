package org.fovea.event;

/// Collects triggers and lays the lattice out so that children lie side by side.
///
/// **Threads** confined.
final class LatticeBuilder {

  /// Roots of nodes that are places in a document.
  static final int JOINED = 0;

  /// Roots of nodes that are reached once in a document.
  static final int PRESENT = 1;

  private static final int NONE = -1;

  private final IntRows symbol = new IntRows();
  private final IntRows level = new IntRows();
  private final IntRows stepHead = new IntRows();
  private final IntRows terminalHead = new IntRows();
  private final IntRows nextSibling = new IntRows();
  private final IntRows way = new IntRows();
  private final IntRows nextStep = new IntRows();
  private final IntRows childHead = new IntRows();
  private final IntRows terminal = new IntRows();
  private final IntRows nextTerminal = new IntRows();
  private final LongTable stepOf = new LongTable(64);
  private final LongTable childOf = new LongTable(64);
  private final LongTable rootOf = new LongTable(64);
  private final IntRows roots = new IntRows();
  private int[] renumbered = new int[0];

  /// The root of a family for a symbol, new or known.
  int root(int family, int first, int firstLevel) {
    long key = LongTable.key(family, first);
    int node = rootOf.get(key);
    if (node < 0) {
      node = node(first, firstLevel);
      rootOf.put(key, node);
      roots.add(node);
    }
    return node;
  }

  /// The node that has one symbol more, new or known.
  int child(int node, int relation, int next, int nextLevel) {
    int stepLevel = Math.max(level.get(node), nextLevel);
    int stepWay = Lattice.way(relation, stepLevel);
    long stepKey = LongTable.key(node, stepWay);
    int step = stepOf.get(stepKey);
    if (step < 0) {
      step = way.add(stepWay);
      nextStep.add(stepHead.get(node));
      childHead.add(NONE);
      stepHead.set(node, step);
      stepOf.put(stepKey, step);
    }
    long childKey = LongTable.key(step, next);
    int child = childOf.get(childKey);
    if (child < 0) {
      child = node(next, stepLevel);
      nextSibling.set(child, childHead.get(step));
      childHead.set(step, child);
      childOf.put(childKey, child);
    }
    return child;
  }

  /// Hangs a neuron at a node.
  void terminal(int node, int row) {
    int known = terminalHead.get(node);
    if (known >= 0 && terminal.get(known) == row) {
      return;
    }
    nextTerminal.add(known);
    terminalHead.set(node, terminal.add(row));
  }

  private int node(int nodeSymbol, int nodeLevel) {
    level.add(nodeLevel);
    stepHead.add(NONE);
    terminalHead.add(NONE);
    nextSibling.add(NONE);
    return symbol.add(nodeSymbol);
  }

  /// Lays nodes out breadth first, the children of each step in a row.
  Lattice build() {
    int count = symbol.size;
    int[] order = new int[count];
    renumbered = new int[count];
    int placed = 0;
    for (int i = 0; i < roots.size; i++) {
      renumbered[roots.get(i)] = placed;
      order[placed++] = roots.get(i);
    }
    int[] nodes = new int[3 * (count + 1)];
    int[] steps = new int[2 * (way.size + 1)];
    int[] terminals = new int[terminal.size];
    int stepCount = 0;
    int terminalCount = 0;
    for (int i = 0; i < count; i++) {
      int node = order[i];
      nodes[3 * i] = symbol.get(node);
      nodes[3 * i + 1] = terminalCount;
      nodes[3 * i + 2] = stepCount;
      for (int t = terminalHead.get(node); t != NONE; t = nextTerminal.get(t)) {
        terminals[terminalCount++] = terminal.get(t);
      }
      for (int step = stepHead.get(node); step != NONE; step = nextStep.get(step)) {
        steps[2 * stepCount] = way.get(step);
        steps[2 * stepCount + 1] = placed;
        for (int child = childHead.get(step); child != NONE; child = nextSibling.get(child)) {
          renumbered[child] = placed;
          order[placed++] = child;
        }
        stepCount++;
      }
    }
    nodes[3 * count + 1] = terminalCount;
    nodes[3 * count + 2] = stepCount;
    steps[2 * stepCount + 1] = placed;
    return new Lattice(nodes, steps, terminals, Lattice.hot(nodes, steps));
  }

  /// Number in the built lattice of a symbol's root, or -1.
  int builtRoot(int family, int first) {
    int node = rootOf.get(LongTable.key(family, first));
    return node < 0 ? -1 : renumbered[node];
  }
}
