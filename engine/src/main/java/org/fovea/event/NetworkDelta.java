package org.fovea.event;

import java.util.BitSet;
import java.util.SortedMap;

/// Builds the segment of changed neurons beside a network that stays as it is.
///
/// **Threads** confined.
final class NetworkDelta {

  private final EventNetwork base;
  private final NeuronTable baseTable;
  private final SortedMap<Integer, Neuron> delta;
  private final BitSet removed;

  /// @param delta gets neurons of the base that must be planned anew
  NetworkDelta(EventNetwork base, SortedMap<Integer, Neuron> delta, BitSet removed) {
    this.base = base;
    this.baseTable = base.segment(0).table();
    this.delta = delta;
    this.removed = removed;
  }

  /// The base with the changes.
  ///
  /// Triggers rest on the levels of their inputs, so neurons of the base that read one whose level
  /// is another now are moved into the delta.
  ///
  /// @param idBound above all ids that there ever were
  EventNetwork publish(int idBound) {
    while (true) {
      NeuronRows rows = new NeuronRows();
      delta.forEach(rows::add);
      NeuronTable table = rows.table();
      int[] levels = NeuronLevels.of(table, this::levelElsewhere, this::baseLevel);
      if (!movesReaders(table, levels)) {
        float[] known = base.segment(0).frequencies();
        return base.edited(
            Segment.of(table, levels, this::levelElsewhere, known), hidden(), idBound);
      }
    }
  }

  private boolean movesReaders(NeuronTable table, int[] levels) {
    IntTable changed = new IntTable(0);
    for (int row = 0; row < table.count; row++) {
      int id = table.ids[row];
      if (baseTable.row(id) >= 0 && levels[row] != baseLevel(id)) {
        changed.put(id, 0);
      }
    }
    int before = delta.size();
    for (int row = 0; changed.size() > 0 && row < baseTable.count; row++) {
      int id = baseTable.ids[row];
      for (int s = baseTable.synapseStart[row]; s < baseTable.synapseStart[row + 1]; s++) {
        int symbol = baseTable.symbols[s];
        if (symbol >= 0 && changed.get(symbol) >= 0 && !delta.containsKey(id) && !removed.get(id)) {
          delta.put(id, baseTable.neuron(row));
        }
      }
    }
    return delta.size() > before;
  }

  private int[] hidden() {
    IntRows hidden = new IntRows();
    for (int id = removed.nextSetBit(0); id >= 0; id = removed.nextSetBit(id + 1)) {
      hide(id, hidden);
    }
    for (int id : delta.keySet()) {
      hide(id, hidden);
    }
    return hidden.toArray();
  }

  private void hide(int id, IntRows hidden) {
    if (baseTable.row(id) >= 0) {
      hidden.add(id);
    }
  }

  private int baseLevel(int id) {
    int row = baseTable.row(id);
    return row < 0 ? 0 : base.segment(0).levels()[row];
  }

  /// Level of a neuron that is not in the delta; one that was removed is never active.
  private int levelElsewhere(int id) {
    if (removed.get(id)) {
      return 0;
    }
    return baseTable.row(id) < 0 ? NeuronLevels.ABSENT : baseLevel(id);
  }
}
