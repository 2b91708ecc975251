package org.fovea.event;

import java.util.BitSet;

/// What is known of a suspended network without its neurons.
///
/// @param idBound above all ids
/// @param alwaysPage first page of neurons that are updated in every document
/// @param alwaysPages number of these pages
/// @param reach how far activations reach
record NetworkFacts(
    int idBound,
    int levelCount,
    int neuronCount,
    long synapseCount,
    int alwaysPage,
    int alwaysPages,
    Reach reach) {

  /// Which neurons are special.
  ///
  /// @param inputs those that documents activate
  /// @param echoed those that recurrent synapses read
  record Marks(BitSet inputs, BitSet echoed) {}
}
