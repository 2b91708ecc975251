package org.fovea.spec;

/// What a neuron makes of its net input.
public sealed interface Activation {

  /// The net input itself.
  record Linear() implements Activation {}

  /// `max(0, z)`.
  record Relu() implements Activation {}

  /// `z` if positive, else `slope * z`.
  record LeakyRelu(double slope) implements Activation {
    public LeakyRelu {
      Require.fraction("slope", slope);
    }

    /// A slope of 0.01.
    public static LeakyRelu defaults() {
      return new LeakyRelu(0.01);
    }
  }

  /// Hyperbolic tangent.
  record Tanh() implements Activation {}

  /// Logistic function `1 / (1 + exp(-z))`.
  record Sigmoid() implements Activation {}
}
