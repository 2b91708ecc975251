package org.fovea.event;

import org.fovea.network.page.PageBuffer;

/// Neurons that are used together, with the parts of the lattice that lead to them.
///
/// What hangs at a step of the [Trunk], at a root or at an input is found by its branch and symbol.
/// Rows of neurons that hang here come first; then rows of wide neurons, each with only those of
/// its synapses that are fed from this page.
///
/// **Shapes** `levels [rows]`; `edgeStart [sources + 1]`, `edges [3 * edges]`: row of the wide
/// neuron, synapse on this page, its place among all synapses of the neuron; sources are the rows
/// of neurons that hang here, then inputs. `outlets [5 * some]`: row, then what [Trunk] has as a
/// record, for neurons whose activations start something that is not on this page. `entries [3 *
/// some]`: branch, symbol, and node, row or source of edges.
///
/// **Threads** immutable, safe.
final class NeuronPage {

  private static final int OBJECT_BYTES = 400;

  /// So many entries are found one by one in less time than it takes to make a table of them.
  private static final int MOST_SCANNED = 32;

  private static final LongTable NONE = new LongTable(0);
  private static final IntTable NOWHERE = new IntTable(0);

  final NeuronTable table;
  final int[] levels;
  final Lattice lattice;
  private final int[] entries;

  /// Of [#entries] where they are many.
  private final LongTable places;

  private final int[] edgeStart;
  final int[] edges;
  private final IntTable outletOf;
  private final int[] outlets;
  private final int hanging;

  /// Arrays as they are stored, besides the table and the lattice.
  record Parts(int[] levels, int[] edgeStart, int[] edges, int[] outlets, int[] entries) {}

  private NeuronPage(NeuronTable table, Lattice lattice, Parts parts) {
    this.table = table;
    this.lattice = lattice;
    levels = parts.levels();
    edgeStart = parts.edgeStart();
    edges = parts.edges();
    outlets = parts.outlets();
    entries = parts.entries();
    int inputs = 0;
    for (int i = 0; i < entries.length; i += 3) {
      inputs += entries[i] == Trunk.EDGES ? 1 : 0;
    }
    hanging = edgeStart.length - 1 - inputs;
    places = entries.length > 3 * MOST_SCANNED ? places(entries) : NONE;
    outletOf = outlets.length > 0 ? outletOf(outlets) : NOWHERE;
  }

  private static LongTable places(int[] entries) {
    LongTable places = new LongTable(entries.length / 3);
    for (int i = 0; i < entries.length; i += 3) {
      places.put(LongTable.key(entries[i], entries[i + 1]), entries[i + 2]);
    }
    return places;
  }

  private static IntTable outletOf(int[] outlets) {
    IntTable outletOf = new IntTable(outlets.length / 5);
    for (int i = 0; i < outlets.length; i += 5) {
      outletOf.put(outlets[i], i + 1);
    }
    return outletOf;
  }

  static void write(PageBuffer page, NeuronTable table, Lattice lattice, Parts parts) {
    table.write(page);
    PageArrays.put(page, lattice.nodes);
    PageArrays.put(page, lattice.steps);
    PageArrays.put(page, lattice.terminals);
    PageArrays.put(page, parts.levels());
    PageArrays.put(page, parts.edgeStart());
    PageArrays.put(page, parts.edges());
    PageArrays.put(page, parts.outlets());
    PageArrays.put(page, parts.entries());
  }

  /// @param sound whether these bytes were found to be a page before
  /// @throws IndexOutOfBoundsException if the bytes are none of a page
  static NeuronPage read(PageBuffer bytes, Relation[] kinds, int levelCount, boolean sound) {
    PageArrays page = new PageArrays(bytes);
    NeuronTable table = NeuronTable.read(page, kinds);
    int[] nodes = page.ints();
    int[] steps = page.ints();
    int[] terminals = page.ints();
    Parts parts = new Parts(page.ints(), page.ints(), page.ints(), page.ints(), page.ints());
    if (!sound) {
      new PageCheck(table, levelCount).check(nodes, steps, terminals, parts);
    }
    return new NeuronPage(
        table, new Lattice(nodes, steps, terminals, Lattice.hot(nodes, steps)), parts);
  }

  /// Node, row or source of edges that hangs at a branch for a symbol, or -1.
  int find(int branch, int symbol) {
    if (places != NONE) {
      return places.get(LongTable.key(branch, symbol));
    }
    for (int i = 0; i < entries.length; i += 3) {
      if (entries[i + 1] == symbol && entries[i] == branch) {
        return entries[i + 2];
      }
    }
    return -1;
  }

  /// Whether a row is of a neuron that hangs here, and not of one that is only fed from here.
  boolean hangs(int row) {
    return row < hanging;
  }

  int firstEdge(int source) {
    return edgeStart[source];
  }

  /// Where a row's outlet begins in [#outlet], or -1 if all that it starts is on this page.
  int outletOf(int row) {
    return outletOf.get(row);
  }

  /// Number of an outlet: targets of the joined and the present root, first page and number of
  /// pages of the edges.
  int outlet(int at) {
    return outlets[at];
  }

  /// Row of a neuron that hangs here, or -1.
  int row(int id) {
    for (int row = 0; row < table.count; row++) {
      if (table.ids[row] == id) {
        return row;
      }
    }
    return -1;
  }

  long bytes() {
    return OBJECT_BYTES
        + table.bytes()
        + lattice.bytes()
        + (places == NONE ? 0 : places.bytes())
        + (outletOf == NOWHERE ? 0 : outletOf.bytes())
        + 4L * (levels.length + edgeStart.length + edges.length + outlets.length)
        + 4L * entries.length;
  }
}
