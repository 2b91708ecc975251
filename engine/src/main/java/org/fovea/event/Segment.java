package org.fovea.event;

/// Neurons that were published together.
///
/// @param table the neurons
/// @param levels level of each row
record Segment(NeuronTable table, int[] levels) {

  static Segment of(NeuronTable table) {
    return new Segment(table, NeuronLevels.of(table, _ -> NeuronLevels.ABSENT));
  }
}
