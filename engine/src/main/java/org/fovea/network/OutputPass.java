package org.fovea.network;

import org.fovea.data.Batch;

/// One worker's work on the output layer in training: active labels, loss, gradients, updates.
sealed interface OutputPass permits SharedOutput, ExampleOutput, UnitOutput {

  /// Selects the active labels and computes the loss and the gradients to their net inputs.
  ///
  /// @return sum of the losses of the batch's examples
  double forward(Batch batch);

  /// Leaves the gradients of the last hidden layer there and updates the rows.
  void backward();

  /// Lets go of what was held for the batch, however it went.
  ///
  /// @param changed whether rows may have changed
  default void end(boolean changed) {}

  /// Mean number of active labels of an example in the last batch.
  double activeLabels();
}
