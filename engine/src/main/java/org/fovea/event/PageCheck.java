package org.fovea.event;

/// Holds the arrays of a page to what a propagation relies on: nothing leads out of bounds or
/// around in circles.
///
/// **Threads** confined.
final class PageCheck {

  private final NeuronTable table;
  private final int levelCount;

  PageCheck(NeuronTable table, int levelCount) {
    this.table = table;
    this.levelCount = levelCount;
  }

  private static void that(boolean condition) {
    if (!condition) {
      throw new IndexOutOfBoundsException("its arrays contradict each other");
    }
  }

  /// @throws IndexOutOfBoundsException if they do not
  void check(int[] nodes, int[] steps, int[] terminals, NeuronPage.Parts parts) {
    table();
    lattice(nodes, steps, terminals);
    that(parts.levels().length == table.count);
    for (int level : parts.levels()) {
      that(level >= 0 && level < levelCount);
    }
    int[] edges = parts.edges();
    that(edges.length % 3 == 0 && parts.outlets().length % 5 == 0);
    that(parts.entries().length % 3 == 0);
    ascending(parts.edgeStart(), 1, 0, edges.length / 3);
    for (int edge = 0; edge < edges.length; edge += 3) {
      int row = edges[edge];
      that(row >= 0 && row < table.count && table.kind(row) != NeuronTable.INPUT);
      that(edges[edge + 1] >= 0 && edges[edge + 1] < table.symbols.length);
    }
    int sources = parts.edgeStart().length - 1;
    for (int i = 0; i < parts.entries().length; i += 3) {
      int most =
          switch (parts.entries()[i]) {
            case Trunk.EDGES -> sources;
            case Trunk.DEFINITION -> table.count;
            default -> nodes.length / 3 - 1;
          };
      that(parts.entries()[i + 2] >= 0 && parts.entries()[i + 2] < most);
    }
    for (int i = 0; i < parts.outlets().length; i += 5) {
      that(parts.outlets()[i] >= 0 && parts.outlets()[i] < sources);
    }
  }

  private void table() {
    int count = table.count;
    int synapses = table.symbols.length;
    that(table.biases.length == count && table.shapes.length == count);
    that(table.synapseStart.length == count + 1 && table.weights.length == synapses);
    that(table.relations.length == synapses);
    that(table.limits.length == 0 || table.limits.length == synapses);
    ascending(table.synapseStart, 1, 0, synapses);
    for (int row = 0; row < count; row++) {
      int shape = table.shapes[row];
      that(shape >= 0 && table.kind(row) <= NeuronTable.JOINED && Rectifier.isCode(shape & 15));
      that(table.partCount(row) >= 0);
      that(table.partCount(row) <= table.synapseStart[row + 1] - table.synapseStart[row]);
    }
    for (byte relation : table.relations) {
      that((relation & 0xff) < table.relationKinds.length);
    }
  }

  private void lattice(int[] nodes, int[] steps, int[] terminals) {
    that(nodes.length >= 3 && nodes.length % 3 == 0 && steps.length >= 2 && steps.length % 2 == 0);
    int count = nodes.length / 3 - 1;
    ascending(nodes, 3, 1, terminals.length);
    ascending(nodes, 3, 2, steps.length / 2 - 1);
    for (int node = 0; node < count; node++) {
      for (int step = nodes[3 * node + 2]; step < nodes[3 * node + 5]; step++) {
        that(steps[2 * step + 1] > node);
      }
    }
    int before = 0;
    for (int step = 0; step < steps.length / 2; step++) {
      that(steps[2 * step + 1] >= before && steps[2 * step + 1] <= count);
      before = steps[2 * step + 1];
      boolean last = step == steps.length / 2 - 1;
      that(last || Lattice.relationOf(steps[2 * step]) < table.relationKinds.length);
      that(last || (steps[2 * step] >= 0 && Lattice.levelOf(steps[2 * step]) < levelCount));
    }
    for (int row : terminals) {
      that(row >= 0 && row < table.count && table.kind(row) != NeuronTable.INPUT);
    }
  }

  private static void ascending(int[] values, int width, int offset, int last) {
    int before = 0;
    that(values.length > offset && values[offset] == 0);
    for (int at = offset; at < values.length; at += width) {
      that(values[at] >= before && values[at] <= last);
      before = values[at];
    }
    that(before == last);
  }
}
