package org.fovea.network;

import java.util.Optional;
import org.fovea.spec.Loss;

/// The labels: a neuron each, over the last hidden layer, and direct connections from the input.
///
/// @param neurons weights and biases of the labels
/// @param direct connections from the input features
/// @param loss what training minimises
/// @param neighbours where hard negatives come from, if training uses them
/// @param neighbourCount hard negatives of each example
public record OutputLayer(
    NeuronLayer neurons,
    DirectConnections direct,
    Loss loss,
    Optional<NeighbourLabels> neighbours,
    int neighbourCount) {

  /// Adds an example's hard negatives to a set.
  void addNeighbours(Signals input, int example, ActiveSet set, StreamRandom random) {
    if (neighbours.isPresent()) {
      neighbours.get().draw(input, example, neighbourCount, set, random);
    }
  }
}
