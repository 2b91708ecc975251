package org.fovea.event;

/// What an activation starts: roots of the lattice, and edges to wide neurons.
///
/// Edges are stored with the input, so that one of ten thousand patterns of a category leads to its
/// own synapse and to nothing else of the category.
///
/// **Shapes** `records [3 * (symbols + 1)]`: joined root or -1, present root or -1, first edge;
/// `edges [2 * edges]`: row of the neuron, synapse.
final class Roots {

  private static final String RECORDS = "roots.records";

  private final IntTable recordOf;
  final int[] records;
  final int[] edges;

  private Roots(IntTable recordOf, int[] records, int[] edges) {
    this.recordOf = recordOf;
    this.records = records;
    this.edges = edges;
  }

  /// @param builder of a lattice that is built
  /// @param rowEdges row and synapse of each edge, one after the other
  static Roots of(NeuronTable table, LatticeBuilder builder, Lattice lattice, IntRows rowEdges) {
    int rootCount = lattice.steps.length > 2 ? lattice.firstChild(0) : lattice.nodeCount();
    IntTable recordOf = new IntTable(rootCount);
    for (int node = 0; node < rootCount; node++) {
      record(recordOf, lattice.symbol(node));
    }
    for (int e = 1; e < rowEdges.size; e += 2) {
      record(recordOf, table.symbols[rowEdges.get(e)]);
    }
    int count = recordOf.size();
    int[] first = new int[count + 1];
    for (int e = 1; e < rowEdges.size; e += 2) {
      first[recordOf.get(table.symbols[rowEdges.get(e)])]++;
    }
    int sum = 0;
    for (int r = 0; r <= count; r++) {
      int own = first[r];
      first[r] = sum;
      sum += own;
    }
    int[] records = new int[3 * (count + 1)];
    for (int r = 0; r <= count; r++) {
      records[3 * r] = -1;
      records[3 * r + 1] = -1;
      records[3 * r + 2] = first[r];
    }
    for (int node = 0; node < rootCount; node++) {
      int symbol = lattice.symbol(node);
      int record = recordOf.get(symbol);
      records[3 * record] = builder.builtRoot(LatticeBuilder.JOINED, symbol);
      records[3 * record + 1] = builder.builtRoot(LatticeBuilder.PRESENT, symbol);
    }
    int[] edges = new int[rowEdges.size];
    for (int e = 0; e < rowEdges.size; e += 2) {
      int at = first[recordOf.get(table.symbols[rowEdges.get(e + 1)])]++;
      edges[2 * at] = rowEdges.get(e);
      edges[2 * at + 1] = rowEdges.get(e + 1);
    }
    return new Roots(recordOf, records, edges);
  }

  /// Roots that were stored.
  static Roots read(ArraySource source, StoredCheck check) {
    int[] symbols = source.ints("roots.symbols");
    int[] records = source.ints(RECORDS);
    int[] edges = source.ints("roots.edges");
    check.that(records.length == 3L * (symbols.length + 1), RECORDS, "three numbers a symbol");
    check.that(edges.length % 2 == 0, "roots.edges", "two numbers an edge");
    IntTable recordOf = new IntTable(symbols.length);
    for (int record = 0; record < symbols.length; record++) {
      recordOf.put(symbols[record], record);
    }
    check.that(recordOf.size() == symbols.length, "roots.symbols", "each symbol once");
    return new Roots(recordOf, records, edges);
  }

  /// Gives all arrays.
  void write(ArraySink sink) {
    sink.ints("roots.symbols", symbols());
    sink.ints(RECORDS, records);
    sink.ints("roots.edges", edges);
  }

  /// Symbols of all records.
  int[] symbols() {
    return recordOf.keys();
  }

  private static void record(IntTable recordOf, int symbol) {
    if (recordOf.get(symbol) < 0) {
      recordOf.put(symbol, recordOf.size());
    }
  }

  /// Record of a symbol, or -1.
  int record(int symbol) {
    return recordOf.get(symbol);
  }

  int joinedRoot(int record) {
    return records[3 * record];
  }

  int presentRoot(int record) {
    return records[3 * record + 1];
  }

  int firstEdge(int record) {
    return records[3 * record + 2];
  }

  long bytes() {
    return recordOf.bytes() + 4L * (records.length + edges.length);
  }
}
