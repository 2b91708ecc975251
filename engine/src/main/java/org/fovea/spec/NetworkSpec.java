package org.fovea.spec;

import java.util.List;

/// A network: sparse input, hidden layers from the input upward (possibly none), one neuron per
/// label on top.
public record NetworkSpec(InputSpec input, List<LayerSpec> hidden, OutputSpec output) {

  public NetworkSpec {
    hidden = List.copyOf(hidden);
    Require.that(
        !hidden.isEmpty() || !(output.direct() instanceof Direct.None),
        "a network needs a hidden layer or direct connections");
  }

  /// Number of values that reach the output layer: the width of the last hidden layer.
  public int outputInputs() {
    return hidden.isEmpty() ? 0 : hidden.getLast().neurons();
  }
}
