package org.fovea.event;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.fovea.network.page.PageBuffer;
import org.fovea.residency.PageSink;

/// Lays a network out on pages.
///
/// Neurons come in the order of the lattice, so that those that begin alike lie together; a subtree
/// that fits on a page is never divided, one that does not is divided below a node of the [Trunk].
/// Lists that are longer than a page go on on the next.
///
/// **Threads** confined. **Cost** two passes over the neurons; memory for a page, the trunk, and 4
/// bytes a neuron.
final class NetworkPages {

  /// Pages of neurons are found by this many ids at a time.
  static final int IDS_A_PAGE = 1_024;

  private final PageSink sink;
  private final int limit;
  private final Map<Relation, Integer> kinds = new HashMap<>();
  private final TrunkBuilder trunk = new TrunkBuilder();
  private final NeuronPlaces places;
  private final PageBuffer buffer = new PageBuffer();
  private PageDraft draft;
  private int page;

  private final List<Trigger> item = new ArrayList<>();
  private final List<int[]> itemPaths = new ArrayList<>();
  private int itemBytes;
  private int itemNode;
  private int itemBranch;
  private int itemSymbol;
  private boolean hanging;
  private final List<Place> open = new ArrayList<>();

  /// A node of the trunk on the path at hand.
  private record Place(TrunkBuilder.Open node, int family, int symbol) {}

  NetworkPages(PageSink sink, int limit, int idBound) {
    this.sink = sink;
    this.limit = limit;
    places = new NeuronPlaces(idBound);
    kinds.put(Relation.ANYWHERE, 0);
    draft = new PageDraft(kinds);
  }

  /// Number of a relation, the same on all pages.
  int kind(Relation relation) {
    Integer known = kinds.get(relation);
    if (known == null) {
      known = kinds.size();
      kinds.put(relation, known);
    }
    return known;
  }

  /// Puts edges of an input, or of a neuron that has too many to take them along.
  void edges(int symbol, List<Trigger.Edge> edges) {
    int most = Math.max(1, limit / Trigger.Edge.BYTES);
    for (int from = 0; from < edges.size(); from += most) {
      List<Trigger.Edge> some = edges.subList(from, Math.min(edges.size(), from + most));
      room(some.size() * Trigger.Edge.BYTES);
      draft.add(symbol, some);
      trunk.edges(symbol, page);
    }
  }

  /// Puts a neuron that hangs nowhere: one that is fed by edges, or never active.
  void definition(int id, Neuron neuron, int level) {
    List<Synapse> all = neuron.synapses();
    boolean whole = neuron.occurrence() instanceof Occurrence.Joined;
    int most = whole ? Math.max(1, all.size()) : synapsesOfPiece(limit);
    int from = 0;
    do {
      piece(id, neuron, all.subList(from, Math.min(all.size(), from + most)), level);
      from += most;
    } while (from < all.size());
  }

  /// How many synapses of a neuron that hangs nowhere come at a time.
  static int synapsesOfPiece(int pageBytes) {
    return Math.max(1, Trigger.synapsesIn(pageBytes));
  }

  /// Puts some synapses of a neuron that hangs nowhere, after those before them.
  ///
  /// @param neuron whose bias, occurrence and rectifier count, or the whole
  void piece(int id, Neuron neuron, List<Synapse> some, int level) {
    room(Trigger.bytes(Math.max(1, some.size()), 0));
    draft.add(new PageDraft.Definition(id, neuron, List.copyOf(some), level));
  }

  /// Puts all neurons that have triggers.
  void triggers(TriggerStream stream) {
    TrunkScan scan = TrunkScan.of(stream, limit);
    PathChange change = new PathChange();
    for (long entry = 0; stream.next(); entry++) {
      int common = change.to(stream);
      int depth = stream.depth();
      int kept = Math.min(common, open.size());
      int wanted = kept;
      while (kept == common && wanted < depth && scan.isTrunk(entry, wanted)) {
        wanted++;
      }
      boolean hangs = wanted > 0 && wanted == depth;
      boolean same = itemNode == wanted && hanging == hangs && common > wanted - (hangs ? 1 : 0);
      if (item.isEmpty() || !same) {
        place();
        close(kept);
        begin(stream, wanted, hangs);
      }
      int more = stream.bytes() + Trigger.NODE_BYTES * (depth - Math.max(common, wanted));
      if (hangs && itemBytes + more > limit) {
        place();
      }
      item.add(stream.trigger());
      itemPaths.add(change.from(wanted));
      itemBytes += more;
    }
    place();
    close(0);
  }

  /// Opens nodes of the trunk, and an item below the last, or at it.
  private void begin(TriggerStream stream, int wanted, boolean hangs) {
    int[] path = stream.path();
    while (open.size() < wanted) {
      int at = open.size();
      if (at > 0) {
        open.getLast().node().branch(path[2 * at]);
      }
      open.add(new Place(trunk.new Open(), stream.family(), path[2 * at + 1]));
    }
    itemNode = wanted;
    hanging = hangs;
    if (hangs) {
      itemBranch = open.getLast().node().terminalBranch();
      itemSymbol = 0;
    } else {
      itemBranch = wanted == 0 ? stream.family() : open.getLast().node().branch(path[2 * wanted]);
      itemSymbol = path[2 * wanted + 1];
    }
  }

  private void close(int kept) {
    while (open.size() > kept) {
      Place closed = open.removeLast();
      int target = closed.node().close();
      if (open.isEmpty()) {
        trunk.root(closed.family(), closed.symbol(), target);
      } else {
        open.getLast().node().child(closed.symbol(), target);
      }
    }
  }

  /// Puts what belongs together on a page.
  private void place() {
    if (item.isEmpty()) {
      return;
    }
    room(itemBytes);
    for (int i = 0; i < item.size(); i++) {
      draft.add(itemBranch, itemSymbol, itemPaths.get(i), item.get(i));
    }
    if (hanging) {
      open.getLast().node().terminals(page);
    } else if (itemNode == 0) {
      trunk.root(itemBranch, itemSymbol, page);
    } else {
      open.getLast().node().child(itemSymbol, page);
    }
    item.clear();
    itemPaths.clear();
    itemBytes = 0;
  }

  /// Puts neurons that are updated in every document; after all others that hang somewhere.
  ///
  /// @return first page and number of pages
  int[] always(List<Trigger> triggers) {
    int first = page;
    for (Trigger trigger : triggers) {
      room(trigger.bytes());
      draft.add(Trunk.ALWAYS, 0, new int[0], trigger);
    }
    return new int[] {first, triggers.isEmpty() ? 0 : page - first + 1};
  }

  private void room(int bytes) {
    if (draft.bytes() > 0 && draft.bytes() + bytes > limit) {
      flush();
    }
    draft.grow(bytes);
  }

  private void flush() {
    if (draft.bytes() > 0) {
      draft.write(buffer.clear(), trunk::outlet);
      sink.put(page, buffer);
      for (int id : draft.ids()) {
        places.add(id, page);
      }
      draft = new PageDraft(kinds);
      page++;
    }
  }

  /// Puts what leads to the pages, and ends.
  ///
  /// @param hanging ids of neurons that have triggers: what they start is known on their pages
  void end(NetworkFacts facts, NetworkFacts.Marks marks, BitSet hanging) {
    flush();
    int neuronPages = page;
    for (int first = 0; first < facts.idBound(); first += IDS_A_PAGE) {
      places.write(first, Math.min(facts.idBound(), first + IDS_A_PAGE), buffer.clear());
      sink.put(page++, buffer);
    }
    Trunk built = trunk.build(symbol -> symbol < 0 || !hanging.get(symbol));
    StoredTrunk.write(
        facts, marks, built, NeuronRows.relationKinds(kinds), new int[] {neuronPages, page}, sink);
  }
}
