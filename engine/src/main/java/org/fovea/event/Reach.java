package org.fovea.event;

/// How much of a document an activation depends on, so that long documents can be read in pieces.
///
/// @param positions an activation that begins at `p` depends on inputs in `[p - positions, p +
///   positions)` alone, where inputs are one position long
/// @param documents whether there are others besides, which depend on the whole document; these do
///   not count in `positions`
public record Reach(int positions, boolean documents) {

  private static final int UNBOUNDED = -1;
  private static final long MOST = Propagation.MOST_POSITIONS;

  /// Computes it from all neurons.
  static Reach of(EventNetwork network) {
    return new Search(network).reach();
  }

  /// **Cost** 8 bytes a neuron, one look at each synapse.
  private static final class Search {

    private final EventNetwork network;
    private final int[] before;
    private final int[] after;

    Search(EventNetwork network) {
      this.network = network;
      before = new int[network.idBound()];
      after = new int[network.idBound()];
    }

    Reach reach() {
      int most = 1;
      boolean documents = false;
      int[][] order = new int[network.segmentCount()][];
      int[] next = new int[network.segmentCount()];
      for (int s = 0; s < order.length; s++) {
        order[s] = NeuronLevels.order(network.segment(s).levels());
      }
      for (int level = 0; level < network.levelCount(); level++) {
        for (int s = 0; s < order.length; s++) {
          Segment segment = network.segment(s);
          while (next[s] < order[s].length && segment.levels()[order[s][next[s]]] == level) {
            int row = order[s][next[s]++];
            if (!network.isReplaced(s, row)) {
              look(segment.table(), row);
              int id = segment.table().ids[row];
              documents |= after[id] == UNBOUNDED;
              most = Math.max(most, Math.max(before[id], after[id]));
            }
          }
        }
      }
      return new Reach(most, documents);
    }

    private void look(NeuronTable table, int row) {
      int id = table.ids[row];
      long left = 0;
      long right = 1;
      int start = table.synapseStart[row];
      int parts = table.partCount(row);
      boolean bounded = table.kind(row) != NeuronTable.ONCE;
      if (parts > 0) {
        right = 0;
        for (int s = start; s < start + parts; s++) {
          bounded &= isBounded(table.symbols[s]);
          left = Math.max(left, before(table, s));
          right += after(table, s) + table.relation(s).distance();
        }
        right *= runsOn(table, start, parts) ? 1 : 2;
      } else {
        for (int s = start; s < table.synapseStart[row + 1]; s++) {
          right = table.relation(s).anchors() ? Math.max(right, after(table, s)) : right;
        }
      }
      long length = right;
      for (int s = start + parts; s < table.synapseStart[row + 1]; s++) {
        int distance = table.relation(s).distance();
        bounded &= isBounded(table.symbols[s]);
        switch (table.relation(s).kind()) {
          case ANYWHERE -> bounded = false;
          case EQUAL -> {
            left = Math.max(left, before(table, s));
            right = Math.max(right, after(table, s));
          }
          default -> {
            left = Math.max(left, before(table, s) + distance + after(table, s) + length);
            right = Math.max(right, after(table, s) + distance + length);
          }
        }
      }
      bounded &= left < MOST && right < MOST;
      before[id] = bounded ? (int) left : 0;
      after[id] = bounded ? (int) right : UNBOUNDED;
    }

    /// Whether each part begins no earlier than some way after the one before.
    private static boolean runsOn(NeuronTable table, int start, int parts) {
      for (int s = start + 1; s < start + parts; s++) {
        Relation.Kind kind = table.relation(s).kind();
        if (kind != Relation.Kind.FOLLOWS && kind != Relation.Kind.NEAR) {
          return false;
        }
      }
      return true;
    }

    private boolean isBounded(int symbol) {
      return symbol >= 0 && after[symbol] != UNBOUNDED;
    }

    private int before(NeuronTable table, int synapse) {
      int symbol = table.symbols[synapse];
      return symbol < 0 ? 0 : before[symbol];
    }

    private int after(NeuronTable table, int synapse) {
      int symbol = table.symbols[synapse];
      return symbol < 0 ? 0 : Math.max(after[symbol], 0);
    }
  }
}
