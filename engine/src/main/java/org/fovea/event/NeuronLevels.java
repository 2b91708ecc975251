package org.fovea.event;

import java.util.Arrays;
import java.util.function.IntUnaryOperator;

/// In which order neurons can be computed: inputs on level 0, others above all that they read.
///
/// Echoes of the last round lie on level 0.
final class NeuronLevels {

  /// Level of a neuron that is not there.
  static final int ABSENT = -1;

  private static final int MOST_LEVELS = 1 << 20;
  private static final int OPEN = -2;
  private static final int UNKNOWN = -3;

  private NeuronLevels() {}

  /// Levels of a table's neurons.
  ///
  /// @param elsewhere levels of neurons that are not in the table, or [#ABSENT]
  /// @param floors by id, the least level of a neuron that is not an input
  /// @throws IllegalArgumentException if a synapse reads a neuron that is not there, or synapses
  ///   form a cycle that no recurrent one breaks
  static int[] of(NeuronTable table, IntUnaryOperator elsewhere, IntUnaryOperator floors) {
    int[] levels = new int[table.count];
    Arrays.fill(levels, UNKNOWN);
    int[] path = new int[16];
    int[] next = new int[16];
    for (int start = 0; start < table.count; start++) {
      if (levels[start] != UNKNOWN) {
        continue;
      }
      int depth = 0;
      path[0] = start;
      next[0] = table.synapseStart[start];
      levels[start] = OPEN;
      while (depth >= 0) {
        int row = path[depth];
        int below = unknownInput(table, levels, elsewhere, row, next, depth);
        if (below < 0) {
          int floor = table.kind(row) == NeuronTable.INPUT ? 0 : floors.applyAsInt(table.ids[row]);
          levels[row] = Math.max(floor, level(table, levels, elsewhere, row));
          depth--;
        } else if (levels[below] == OPEN) {
          throw new IllegalArgumentException(cycle(table, path, depth, below));
        } else {
          depth++;
          if (depth == path.length) {
            path = Arrays.copyOf(path, 2 * depth);
            next = Arrays.copyOf(next, 2 * depth);
          }
          path[depth] = below;
          next[depth] = table.synapseStart[below];
          levels[below] = OPEN;
        }
      }
    }
    return levels;
  }

  /// Row of the next input of a neuron whose level is not known, or -1 if there is none.
  private static int unknownInput(
      NeuronTable table, int[] levels, IntUnaryOperator elsewhere, int row, int[] next, int depth) {
    while (next[depth] < table.synapseStart[row + 1]) {
      int symbol = table.symbols[next[depth]++];
      int below = table.row(symbol < 0 ? ~symbol : symbol);
      if (below < 0) {
        if (elsewhere.applyAsInt(symbol < 0 ? ~symbol : symbol) == ABSENT) {
          throw new IllegalArgumentException(
              "neuron %s has a synapse from neuron %s, which is not there"
                  .formatted(table.ids[row], symbol < 0 ? ~symbol : symbol));
        }
      } else if (symbol >= 0 && levels[below] < 0) {
        return below;
      }
    }
    return -1;
  }

  private static int level(NeuronTable table, int[] levels, IntUnaryOperator elsewhere, int row) {
    int level = table.kind(row) == NeuronTable.INPUT ? 0 : 1;
    for (int s = table.synapseStart[row]; s < table.synapseStart[row + 1]; s++) {
      int symbol = table.symbols[s];
      if (symbol >= 0) {
        int below = table.row(symbol);
        level = Math.max(level, 1 + (below < 0 ? elsewhere.applyAsInt(symbol) : levels[below]));
      }
    }
    if (level >= MOST_LEVELS) {
      throw new IllegalArgumentException(
          "neuron %s lies above %s others in a row".formatted(table.ids[row], MOST_LEVELS));
    }
    return level;
  }

  /// Rows in the order of their levels.
  static int[] order(int[] levels) {
    int highest = 0;
    for (int level : levels) {
      highest = Math.max(highest, level);
    }
    int[] start = new int[highest + 2];
    for (int level : levels) {
      start[level + 1]++;
    }
    for (int level = 0; level <= highest; level++) {
      start[level + 1] += start[level];
    }
    int[] rows = new int[levels.length];
    for (int row = 0; row < rows.length; row++) {
      rows[start[levels[row]]++] = row;
    }
    return rows;
  }

  private static String cycle(NeuronTable table, int[] path, int depth, int first) {
    StringBuilder text = new StringBuilder("neurons form a cycle without a recurrent synapse:");
    int from = 0;
    while (path[from] != first) {
      from++;
    }
    for (int i = from; i <= depth && i < from + 10; i++) {
      text.append(' ').append(table.ids[path[i]]).append(" reads");
    }
    return text.append(depth - from >= 10 ? " ... " : " ").append(table.ids[first]).toString();
  }
}
