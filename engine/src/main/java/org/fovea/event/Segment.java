package org.fovea.event;

import java.util.function.IntUnaryOperator;

/// Neurons that were published together, with their triggers.
///
/// @param table the neurons
/// @param levels level of each row
/// @param lattice what must be there before a row is updated
/// @param roots what a symbol starts
/// @param always rows that are updated in every document
record Segment(NeuronTable table, int[] levels, Lattice lattice, Roots roots, int[] always) {

  /// @param elsewhere levels of neurons of other segments, or [NeuronLevels#ABSENT]
  /// @param frequencies by id, as far as known
  static Segment of(NeuronTable table, IntUnaryOperator elsewhere, float[] frequencies) {
    int[] levels = NeuronLevels.of(table, elsewhere);
    return new TriggerPlanner(table, new NeuronFrequencies(table, levels, elsewhere, frequencies))
        .plan(levels);
  }

  long bytes() {
    return table.bytes()
        + 4L * levels.length
        + lattice.bytes()
        + roots.bytes()
        + 4L * always.length;
  }
}
