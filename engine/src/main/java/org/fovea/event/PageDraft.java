package org.fovea.event;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.fovea.network.page.PageBuffer;

/// A [NeuronPage] that is being filled.
///
/// **Threads** confined.
final class PageDraft {

  private final Map<Relation, Integer> kinds;
  private final LatticeBuilder lattice = new LatticeBuilder();
  private final List<Trigger> triggers = new ArrayList<>();
  private final IntTable rowOf = new IntTable(0);
  private final IntRows roots = new IntRows();
  private final List<Inputs> inputs = new ArrayList<>();
  private final List<Definition> definitions = new ArrayList<>();
  private int bytes;

  /// Edges of an input.
  private record Inputs(int symbol, List<Trigger.Edge> edges) {}

  /// A piece of a neuron that hangs nowhere.
  ///
  /// @param level of the neuron
  record Definition(int id, Neuron neuron, List<Synapse> synapses, int level) {}

  PageDraft(Map<Relation, Integer> kinds) {
    this.kinds = kinds;
  }

  int bytes() {
    return bytes;
  }

  void grow(int more) {
    bytes += more;
  }

  /// Hangs a neuron below a root.
  ///
  /// @param branch of the root
  /// @param path way and symbol of each node, the root first
  void add(int branch, int symbol, int[] path, Trigger trigger) {
    if (roots.size == 0
        || roots.get(roots.size - 1) != symbol
        || roots.get(roots.size - 2) != branch) {
      roots.add(branch);
      roots.add(symbol);
    }
    int node = lattice.root(branch, symbol, path.length == 0 ? 0 : Lattice.levelOf(path[0]));
    for (int i = 2; i < path.length; i += 2) {
      int way = path[i];
      node = lattice.child(node, Lattice.relationOf(way), path[i + 1], Lattice.levelOf(way));
    }
    int row = rowOf.get(trigger.id());
    if (row < 0) {
      row = triggers.size();
      rowOf.put(trigger.id(), row);
      triggers.add(trigger);
    }
    lattice.terminal(node, row);
  }

  void add(int symbol, List<Trigger.Edge> edges) {
    inputs.add(new Inputs(symbol, List.copyOf(edges)));
  }

  void add(Definition definition) {
    definitions.add(definition);
  }

  /// Ids of all neurons that hang here or are described here.
  int[] ids() {
    IntRows ids = new IntRows();
    triggers.forEach(trigger -> ids.add(trigger.id()));
    definitions.forEach(definition -> ids.add(definition.id()));
    return ids.toArray();
  }

  /// Puts all on a page.
  ///
  /// @param outletOf what a neuron starts elsewhere; empty if nothing
  void write(PageBuffer page, IntFunction<int[]> outletOf) {
    NeuronRows rows = new NeuronRows(kinds);
    IntRows levels = new IntRows();
    IntRows outlets = new IntRows();
    for (Trigger trigger : triggers) {
      int[] outlet = outletOf.apply(trigger.id());
      if (outlet.length > 0) {
        outlets.add(rows.count());
        for (int value : outlet) {
          outlets.add(value);
        }
      }
      rows.add(trigger.id(), trigger.neuron());
      levels.add(trigger.level());
    }
    IntRows entries = new IntRows();
    for (Definition definition : definitions) {
      entries.add(Trunk.DEFINITION);
      entries.add(definition.id());
      entries.add(rows.count());
      Neuron neuron = definition.neuron();
      int parts =
          neuron.occurrence() instanceof Occurrence.Joined(int joined)
                  && definition.synapses().size() == neuron.synapses().size()
              ? joined
              : 0;
      rows.add(definition.id(), neuron.bias(), NeuronTable.shape(neuron), parts);
      definition.synapses().forEach(rows::add);
      levels.add(definition.level());
    }
    Map<Integer, List<Trigger.Edge>> readers = new LinkedHashMap<>();
    triggers.forEach(trigger -> collect(trigger.edges(), readers));
    inputs.forEach(input -> collect(input.edges(), readers));
    int firstReader = rows.count();
    readers.forEach((id, fed) -> {
      rows.add(id, fed.getFirst().bias(), fed.getFirst().shape(), 0);
      fed.forEach(edge -> rows.add(edge.synapse()));
      levels.add(fed.getFirst().level());
    });
    NeuronTable table = rows.unsorted();
    IntTable readerRow = new IntTable(readers.size());
    readers.keySet().forEach(id -> readerRow.put(id, firstReader + readerRow.size()));
    int[] next = table.synapseStart.clone();
    IntRows edgeStart = new IntRows();
    IntRows edges = new IntRows();
    for (Trigger trigger : triggers) {
      put(trigger.edges(), edgeStart, edges, readerRow, next);
    }
    for (Inputs input : inputs) {
      entries.add(Trunk.EDGES);
      entries.add(input.symbol());
      entries.add(edgeStart.size);
      put(input.edges(), edgeStart, edges, readerRow, next);
    }
    edgeStart.add(edges.size / 3);
    Lattice built = lattice.build();
    for (int i = 0; i < roots.size; i += 2) {
      entries.add(roots.get(i));
      entries.add(roots.get(i + 1));
      entries.add(lattice.builtRoot(roots.get(i), roots.get(i + 1)));
    }
    NeuronPage.write(
        page,
        table,
        built,
        new NeuronPage.Parts(
            levels.toArray(),
            edgeStart.toArray(),
            edges.toArray(),
            outlets.toArray(),
            entries.toArray()));
  }

  private static void collect(List<Trigger.Edge> edges, Map<Integer, List<Trigger.Edge>> readers) {
    for (Trigger.Edge edge : edges) {
      readers.computeIfAbsent(edge.reader(), _ -> new ArrayList<>()).add(edge);
    }
  }

  private static void put(
      List<Trigger.Edge> from, IntRows edgeStart, IntRows edges, IntTable readerRow, int[] next) {
    edgeStart.add(edges.size / 3);
    for (Trigger.Edge edge : from) {
      int row = readerRow.get(edge.reader());
      edges.add(row);
      edges.add(next[row]++);
      edges.add(edge.ordinal());
    }
  }
}
