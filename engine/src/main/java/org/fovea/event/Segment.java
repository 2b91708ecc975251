package org.fovea.event;

import java.util.function.IntUnaryOperator;

/// Neurons that were published together, with their triggers.
///
/// @param table the neurons
/// @param levels level of each row
/// @param levelCount one more than the highest level
/// @param lattice what must be there before a row is updated
/// @param roots what a symbol starts
/// @param always rows that are updated in every document
/// @param frequencies by id, as far as known; not-a-number where not
record Segment(
    NeuronTable table,
    int[] levels,
    int levelCount,
    Lattice lattice,
    Roots roots,
    int[] always,
    float[] frequencies) {

  /// @param levels of the table's rows
  /// @param elsewhere levels of neurons of other segments
  /// @param frequencies by id, as far as known
  static Segment of(
      NeuronTable table, int[] levels, IntUnaryOperator elsewhere, float[] frequencies) {
    return new TriggerPlanner(table, new NeuronFrequencies(table, levels, elsewhere, frequencies))
        .plan(levels, frequencies);
  }

  /// Level of a symbol whose neuron is here.
  int levelOf(int symbol) {
    return symbol < 0 ? 0 : levels[table.row(symbol)];
  }

  long bytes() {
    return table.bytes()
        + 4L * levels.length
        + lattice.bytes()
        + roots.bytes()
        + 4L * always.length
        + 4L * frequencies.length;
  }
}
