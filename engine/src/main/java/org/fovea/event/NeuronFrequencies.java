package org.fovea.event;

import java.util.Arrays;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/// How often symbols occur, known or estimated, which decides which of several triggers is chosen.
///
/// Inputs of unknown frequency are as frequent as they have readers. Of the others, joined neurons
/// are as frequent as all their parts together, those with mandatory inputs as the rarest of these,
/// the rest as the sum of their inputs. Only speed depends on it.
///
/// **Threads** confined. **Cost** 4 bytes per neuron, while triggers are planned.
final class NeuronFrequencies {

  private static final float RAREST = 1e-9f;
  private static final float ELSEWHERE = 0.01f;
  private static final int MOST_SORTED = 1 << 16;

  private final NeuronTable table;
  private final int[] levels;
  private final IntUnaryOperator levelElsewhere;
  private final float[] known;
  private final float[] frequencies;

  /// @param known by id, not-a-number where not known; may be shorter than the ids go
  NeuronFrequencies(
      NeuronTable table, int[] levels, IntUnaryOperator levelElsewhere, float[] known) {
    this.table = table;
    this.levels = levels;
    this.levelElsewhere = levelElsewhere;
    this.known = known;
    frequencies = new float[table.count];
    countReaders();
    for (int row : NeuronLevels.order(levels)) {
      int id = table.ids[row];
      if (id < known.length && !Float.isNaN(known[id])) {
        frequencies[row] = known[id];
      } else if (table.kind(row) != NeuronTable.INPUT) {
        frequencies[row] = Math.clamp(estimate(row), RAREST, 1);
      }
    }
  }

  private void countReaders() {
    int[] readers = new int[table.count];
    int most = 1;
    for (int symbol : table.symbols) {
      int row = symbol < 0 ? -1 : table.row(symbol);
      if (row >= 0) {
        most = Math.max(most, ++readers[row]);
      }
    }
    for (int row = 0; row < table.count; row++) {
      frequencies[row] = Math.max((float) readers[row] / most, RAREST);
    }
  }

  private float estimate(int row) {
    int start = table.synapseStart[row];
    int end = table.synapseStart[row + 1];
    if (table.kind(row) == NeuronTable.JOINED) {
      float product = 1;
      for (int s = start; s < start + table.partCount(row); s++) {
        product *= frequency(table.symbols[s]);
      }
      return product;
    }
    double total = table.biases[row];
    for (int s = start; s < end; s++) {
      total += table.most(s);
    }
    float sum = 0;
    float rarest = Float.MAX_VALUE;
    for (int s = start; s < end; s++) {
      if (table.weights[s] > 0) {
        float frequency = frequency(table.symbols[s]);
        sum += frequency;
        if (total - table.most(s) <= 0) {
          rarest = Math.min(rarest, frequency);
        }
      }
    }
    return Math.min(sum, rarest);
  }

  private float elsewhere(int id) {
    return id < known.length && !Float.isNaN(known[id]) ? known[id] : ELSEWHERE;
  }

  float frequency(int symbol) {
    int row = table.row(symbol < 0 ? ~symbol : symbol);
    return row < 0 ? elsewhere(symbol < 0 ? ~symbol : symbol) : frequencies[row];
  }

  int level(int symbol) {
    if (symbol < 0) {
      return 0;
    }
    int row = table.row(symbol);
    return row < 0 ? levelElsewhere.applyAsInt(symbol) : levels[row];
  }

  /// Synapses of a neuron, rare inputs first, in the same order for all neurons.
  int[] rareFirst(int start, int[] synapses) {
    return sorted(synapses, start, null);
  }

  /// Synapses of a neuron, those first whose inputs are common and give little.
  int[] dispensableFirst(int start, int[] synapses, Necessity need) {
    return sorted(synapses, start, need);
  }

  /// Sorts by the upper half of a float's bits, then by symbol.
  private int[] sorted(int[] synapses, int start, @Nullable Necessity need) {
    if (synapses.length < 2 || synapses.length > MOST_SORTED) {
      return synapses;
    }
    long[] keys = new long[synapses.length];
    for (int i = 0; i < synapses.length; i++) {
      int symbol = table.symbols[start + synapses[i]];
      double rank = need == null ? frequency(symbol) : need.most(synapses[i]) / frequency(symbol);
      int upper = Float.floatToIntBits((float) rank) >>> 16;
      keys[i] = ((long) upper << 48) | ((symbol & 0xffff_ffffL) << 16) | i;
    }
    Arrays.sort(keys);
    int[] result = new int[synapses.length];
    for (int i = 0; i < keys.length; i++) {
      result[i] = synapses[(int) (keys[i] & (MOST_SORTED - 1))];
    }
    return result;
  }
}
