package org.fovea.network;

import org.fovea.spec.Activation;

/// Activation functions and their derivatives over ranges of arrays.
///
/// The derivative is computed from the activation itself, so that net inputs need not be kept.
final class Activations {

  private Activations() {}

  /// Replaces net inputs by activations.
  static void apply(Activation activation, float[] z, int from, int to) {
    switch (activation) {
      case Activation.Linear _ -> {}
      case Activation.Relu _ -> {
        for (int i = from; i < to; i++) {
          z[i] = Math.max(0f, z[i]);
        }
      }
      case Activation.LeakyRelu(double slope) -> {
        float below = (float) slope;
        for (int i = from; i < to; i++) {
          z[i] = z[i] > 0 ? z[i] : below * z[i];
        }
      }
      case Activation.Tanh _ -> {
        for (int i = from; i < to; i++) {
          z[i] = (float) Math.tanh(z[i]);
        }
      }
      case Activation.Sigmoid _ -> {
        for (int i = from; i < to; i++) {
          z[i] = (float) (1 / (1 + Math.exp(-z[i])));
        }
      }
      case Activation.AllRelu _, Activation.Srelu _ -> throw needsNetInputs(activation);
    }
  }

  /// Turns gradients to activations into gradients to net inputs, in place.
  ///
  /// @param values activations
  /// @param gradients gradients of the loss, at the same positions
  static void differentiate(
      Activation activation, float[] values, float[] gradients, int from, int to) {
    switch (activation) {
      case Activation.Linear _ -> {}
      case Activation.Relu _ -> {
        for (int i = from; i < to; i++) {
          gradients[i] = values[i] > 0 ? gradients[i] : 0f;
        }
      }
      case Activation.LeakyRelu(double slope) -> {
        float below = (float) slope;
        for (int i = from; i < to; i++) {
          gradients[i] *= values[i] > 0 ? 1f : below;
        }
      }
      case Activation.Tanh _ -> {
        for (int i = from; i < to; i++) {
          gradients[i] *= 1 - values[i] * values[i];
        }
      }
      case Activation.Sigmoid _ -> {
        for (int i = from; i < to; i++) {
          gradients[i] *= values[i] * (1 - values[i]);
        }
      }
      case Activation.AllRelu _, Activation.Srelu _ -> throw needsNetInputs(activation);
    }
  }

  private static IllegalArgumentException needsNetInputs(Activation activation) {
    return new IllegalArgumentException(
        "%s cannot be differentiated from activations alone; see UnitActivation"
            .formatted(activation));
  }

  /// Whether a neuron whose activation is zero has no gradient either, so that it may be left out
  /// of an active set.
  static boolean zeroIsSilent(Activation activation) {
    return activation instanceof Activation.Relu;
  }
}
