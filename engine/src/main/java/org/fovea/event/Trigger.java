package org.fovea.event;

import java.util.List;

/// A neuron at a node of the lattice, with all that belongs to it.
///
/// @param id of the neuron
/// @param neuron as it was described
/// @param level of the neuron
/// @param edges to wide neurons, which its activations feed
record Trigger(int id, Neuron neuron, int level, List<Edge> edges) {

  /// Bytes of what a page has for a node of the lattice.
  static final int NODE_BYTES = 28;

  private static final int ROW_BYTES = 31;
  private static final int SYNAPSE_BYTES = 9;

  /// A synapse of a wide neuron, stored with its input.
  ///
  /// @param reader id of the wide neuron
  /// @param ordinal place of the synapse among its synapses
  /// @param bias of the wide neuron
  /// @param shape of the wide neuron
  /// @param level of the wide neuron
  record Edge(int reader, int ordinal, Synapse synapse, float bias, byte shape, int level) {

    /// Bytes that an edge takes on a page.
    static final int BYTES = 12 + SYNAPSE_BYTES + ROW_BYTES;
  }

  /// Bytes that it takes on a page, about.
  int bytes() {
    return bytes(neuron.synapses().size(), edges.size());
  }

  static int bytes(int synapses, int edges) {
    return ROW_BYTES + SYNAPSE_BYTES * synapses + Edge.BYTES * edges;
  }

  /// How many synapses of one neuron fit on a page.
  static int synapsesIn(int pageBytes) {
    return (pageBytes - ROW_BYTES) / SYNAPSE_BYTES;
  }
}
