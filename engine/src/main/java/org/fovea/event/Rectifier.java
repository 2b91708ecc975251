package org.fovea.event;

/// What a neuron makes of its net input; all are zero unless the net input is positive.
public enum Rectifier {
  /// The net input itself.
  RELU(0),
  /// The net input, at most 1.
  CAPPED(1),
  /// Positive half of the hyperbolic tangent.
  TANH(2),
  /// Positive half of `2 / (1 + exp(-net)) - 1`.
  SIGMOID(3);

  /// How a [NeuronTable] stores it.
  private final byte code;

  Rectifier(int code) {
    this.code = (byte) code;
  }

  byte code() {
    return code;
  }

  static Rectifier of(int code) {
    return switch (code) {
      case 0 -> RELU;
      case 1 -> CAPPED;
      case 2 -> TANH;
      case 3 -> SIGMOID;
      default -> throw new IllegalArgumentException("no rectifier has code " + code);
    };
  }

  static boolean isCode(int code) {
    return code >= RELU.code && code <= SIGMOID.code;
  }

  /// Value of a neuron, zero or more and never more than the largest float.
  public float value(double net) {
    if (!(net > 0)) {
      return 0;
    }
    return switch (this) {
      case RELU -> (float) Math.min(net, Float.MAX_VALUE);
      case CAPPED -> (float) Math.min(net, 1);
      case TANH -> (float) Math.tanh(net);
      case SIGMOID -> (float) (2 / (1 + Math.exp(-net)) - 1);
    };
  }
}
