package org.fovea.network;

/// One worker's work on a hidden layer.
sealed interface HiddenPass permits InputPass, DensePass, SelectedPass, SparsePass {

  /// Activations of the layer, and the gradients that the layer above leaves there.
  Signals out();

  /// Computes the activations.
  void forward(boolean training);

  /// Takes the gradients of [#out], leaves gradients in the input signals, and updates the rows.
  void backward();
}
