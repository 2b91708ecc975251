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

  /// Alternated left rectifier: `z` if positive, else `-slope * z` in the first, third, ... hidden
  /// layer and `slope * z` in the others (Curci, Mocanu and Pechenizkiy, *Truly Sparse Neural
  /// Networks at Scale*, 2021, arXiv:2102.01732). For sparse layers.
  record AllRelu(double slope) implements Activation {
    public AllRelu {
      Require.fraction("slope", slope);
    }

    /// A slope of 0.6.
    public static AllRelu defaults() {
      return new AllRelu(0.6);
    }
  }

  /// S-shaped rectifier with four learned numbers per neuron: linear with slope 1 between two
  /// thresholds, with slopes of their own below and above (Jin and others, AAAI 2016,
  /// arXiv:1512.07030). For sparse layers.
  record Srelu() implements Activation {}
}
