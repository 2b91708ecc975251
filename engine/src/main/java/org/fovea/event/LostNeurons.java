package org.fovea.event;

import java.util.BitSet;
import java.util.List;
import org.fovea.network.page.DamagedPageException;

/// Which neurons cannot be told, because a page that could not be read may have had them, or what
/// they depend on.
///
/// A neuron is in doubt if it is on such a page, if an input of it is, or if it is wide and edges
/// of an input are. Pages that a document did not need do not count: whatever is on them is silent
/// for certain.
///
/// **Threads** confined. **Cost** only where pages are damaged: descriptions of all neurons that
/// one depends on are read, once a document.
final class LostNeurons {

  private final SuspendedNetwork network;
  private final HeldPages held;
  private final BitSet certain = new BitSet();
  private final BitSet doubtful = new BitSet();
  private final BitSet visited = new BitSet();
  private final IntRows open = new IntRows();
  private int known;

  LostNeurons(SuspendedNetwork network, HeldPages held) {
    this.network = network;
    this.held = held;
  }

  void clear() {
    certain.clear();
    doubtful.clear();
    known = 0;
  }

  /// Whether a neuron cannot be told.
  boolean isDoubtful(int id) {
    if (held.lost() == 0) {
      return false;
    }
    if (held.lost() > known) {
      certain.clear();
      known = held.lost();
    }
    if (certain.get(id) || doubtful.get(id)) {
      return doubtful.get(id);
    }
    visited.clear();
    open.size = 0;
    visit(id);
    while (open.size > 0) {
      if (depends(open.get(--open.size))) {
        doubtful.set(id);
        return true;
      }
    }
    certain.or(visited);
    return false;
  }

  private void visit(int id) {
    if (!visited.get(id) && !certain.get(id)) {
      visited.set(id);
      open.add(id);
    }
  }

  /// Whether a neuron is lost itself, or edges that feed it; visits its inputs.
  private boolean depends(int id) {
    if (doubtful.get(id)) {
      return true;
    }
    if (network.isInput(id)) {
      return false;
    }
    try {
      for (int page : network.pagesOf(id)) {
        if (held.isLost(page)) {
          return true;
        }
      }
      List<Synapse> synapses = network.neuron(id).synapses();
      boolean wide = !network.hangs(id);
      if (wide && synapses.size() <= TriggerPlanner.MOST_NARROW) {
        return false; // it has no trigger because it is never active
      }
      for (Synapse synapse : synapses) {
        if (wide && network.hasLostEdges(synapse.symbol(), held)) {
          return true;
        }
        visit(synapse.input());
      }
      return false;
    } catch (DamagedPageException _) {
      return true;
    }
  }
}
