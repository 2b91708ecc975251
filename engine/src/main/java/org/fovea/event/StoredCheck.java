package org.fovea.event;

import java.util.Arrays;

/// Holds arrays that were read to what a propagation relies on.
///
/// **Threads** confined.
final class StoredCheck {

  private static final String LATTICE = "lattice.nodes";
  private static final String STEPS = "lattice.steps";
  private static final String ROOTS = "roots.records";

  private final ArraySource source;
  private final NeuronTable table;

  StoredCheck(ArraySource source, NeuronTable table) {
    this.source = source;
    this.table = table;
  }

  /// Throws unless the condition holds.
  void that(boolean condition, String name, String expected) {
    if (!condition) {
      throw source.malformed(name, expected + " expected, something else came");
    }
  }

  /// Neurons whose synapses lie within bounds and whose numbers are in range.
  void table(int bound) {
    String name = "neurons.ids";
    for (int row = 0; row < table.count; row++) {
      int last = row == 0 ? -1 : table.ids[row - 1];
      that(table.ids[row] > last && table.ids[row] < bound, name, "ascending ids below the bound");
    }
    starts(table.synapseStart, 1, 0, table.symbols.length, "neurons.synapse-start");
    for (int row = 0; row < table.count; row++) {
      row(row);
    }
    for (int s = 0; s < table.symbols.length; s++) {
      int symbol = table.symbols[s];
      that((symbol < 0 ? ~symbol : symbol) < bound, "neurons.symbols", "ids below the bound");
      that(Float.isFinite(table.weights[s]), "neurons.weights", "finite weights");
      that(table.limit(s) > 0, "neurons.limits", "positive limits");
      int kind = table.relations[s] & 0xff;
      that(kind < table.relationKinds.length, "neurons.relations", "known relations");
    }
  }

  private void row(int row) {
    int synapses = table.synapseStart[row + 1] - table.synapseStart[row];
    int parts = table.parts[row];
    boolean joined = table.kind(row) == NeuronTable.JOINED;
    that(joined ? parts >= 1 && parts <= synapses : parts == 0, "neurons.parts", "parts");
    that(Float.isFinite(table.biases[row]), "neurons.biases", "finite biases");
    boolean known = table.shapes[row] >= 0 && table.kind(row) <= NeuronTable.JOINED;
    that(known && Rectifier.isCode(table.shapes[row] & 15), "neurons.shapes", "known shapes");
    that(synapses == 0 || table.kind(row) != NeuronTable.INPUT, "neurons.shapes", "bare inputs");
  }

  /// Checks that every `width`-th element from an offset on ascends from 0 to a number.
  private void starts(int[] values, int width, int offset, int last, String name) {
    int before = 0;
    for (int at = offset; at < values.length; at += width) {
      that(values[at] >= before && values[at] <= last, name, "ascending starts");
      before = values[at];
    }
    that(values.length > offset && values[offset] == 0 && before == last, name, "all starts");
  }

  /// Nodes whose children come after them, all of them once.
  void lattice(int[] nodes, int[] steps, int[] terminals, int levelCount) {
    that(nodes.length >= 3 && nodes.length % 3 == 0, LATTICE, "three numbers a node");
    that(steps.length >= 2 && steps.length % 2 == 0, STEPS, "two numbers a step");
    int count = nodes.length / 3 - 1;
    starts(nodes, 3, 1, terminals.length, LATTICE);
    starts(nodes, 3, 2, steps.length / 2 - 1, LATTICE);
    int node = 0;
    int before = 0;
    for (int step = 0; step < steps.length / 2; step++) {
      int way = steps[2 * step];
      int child = steps[2 * step + 1];
      that(child >= before && child <= count, STEPS, "ascending children");
      before = child;
      if (step < steps.length / 2 - 1) {
        while (nodes[3 * (node + 1) + 2] <= step) {
          node++;
        }
        that(child > node, STEPS, "children after their parents");
        that((way & 0xff) < table.relationKinds.length, STEPS, "known relations");
        that(way >= 0 && way >>> 8 < levelCount, STEPS, "levels that there are");
      }
    }
    that(before == count, STEPS, "all children");
    for (int row : terminals) {
      that(row >= 0 && row < table.count, "lattice.terminals", "neurons that there are");
    }
  }

  /// Roots and edges that lead to what is there.
  void roots(Roots roots, int nodeCount) {
    String expected = "roots that there are";
    for (int record = 0; 3 * record < roots.records.length; record++) {
      int joined = roots.joinedRoot(record);
      int present = roots.presentRoot(record);
      that(joined >= -1 && joined < nodeCount, ROOTS, expected);
      that(present >= -1 && present < nodeCount, ROOTS, expected);
    }
    starts(roots.records, 3, 2, roots.edges.length / 2, ROOTS);
    for (int edge = 0; edge < roots.edges.length; edge += 2) {
      int row = roots.edges[edge];
      int synapse = roots.edges[edge + 1];
      that(
          row >= 0
              && row < table.count
              && synapse >= table.synapseStart[row]
              && synapse < table.synapseStart[row + 1],
          "roots.edges",
          "synapses of their neurons");
    }
  }

  /// Joined neurons hang as deep as they have parts, below joined roots; others anywhere else.
  void depths(Roots roots, int[] nodes, int[] steps, int[] terminals) {
    int count = nodes.length / 3 - 1;
    int[] depth = new int[count];
    for (int record = 0; 3 * record < roots.records.length; record++) {
      root(roots.joinedRoot(record), 1, depth);
      root(roots.presentRoot(record), Integer.MIN_VALUE, depth);
    }
    for (int node = 0; node < count; node++) {
      that(depth[node] != 0, LATTICE, "nodes below roots");
      for (int step = nodes[3 * node + 2]; step < nodes[3 * node + 5]; step++) {
        Arrays.fill(depth, steps[2 * step + 1], steps[2 * step + 3], depth[node] + 1);
      }
      for (int t = nodes[3 * node + 1]; t < nodes[3 * node + 4]; t++) {
        int row = terminals[t];
        boolean fits =
            table.kind(row) == NeuronTable.JOINED
                ? table.partCount(row) == depth[node]
                : depth[node] < 0 && table.kind(row) != NeuronTable.INPUT;
        that(fits, "lattice.terminals", "neurons at nodes of their kind");
      }
    }
  }

  private void root(int node, int first, int[] depth) {
    if (node >= 0) {
      that(depth[node] == 0, ROOTS, "one symbol for each root");
      depth[node] = first;
    }
  }
}
