package org.fovea.spec;

/// A hidden layer.
public sealed interface LayerSpec {

  /// Number of neurons.
  int neurons();

  /// A layer in which every neuron may be connected with every neuron below.
  ///
  /// @param neurons number of neurons
  /// @param activation what a neuron makes of its net input
  /// @param spread standard deviation of the net inputs that the first weights give
  /// @param dropout share of the neurons that training silences; the others are scaled up
  /// @param selection which neurons take part in an example
  record Dense(
      int neurons, Activation activation, double spread, double dropout, Selection selection)
      implements LayerSpec {
    public Dense {
      Require.positive("neurons", neurons);
      Require.positive("spread", spread);
      Require.fraction("dropout", dropout);
      Require.that(
          !(activation instanceof Activation.AllRelu || activation instanceof Activation.Srelu),
          "all-relu and srelu are activations of sparse layers");
      switch (selection) {
        case Selection.TopK(int count) -> atMost(count, neurons);
        case Selection.AdaptiveDropout(int count) -> atMost(count, neurons);
        case Selection.Sampled sampled -> {
          atMost(sampled.count(), neurons);
          Require.that(
              sampled.power() == 0, "a hidden layer has no label frequencies: power must be 0");
        }
        case Selection.All _, Selection.Lsh _ -> {}
      }
    }

    private static void atMost(int count, int neurons) {
      Require.that(
          count <= neurons, "%d active neurons are more than the %d there are", count, neurons);
    }
  }

  /// A layer in which only some places are connected, and which ones may change.
  ///
  /// @param neurons number of neurons
  /// @param activation what a neuron makes of its net input
  /// @param spread standard deviation of the net inputs that the first weights give
  /// @param dropout share of the neurons that training silences; the others are scaled up
  /// @param topology which connections there are at first
  /// @param evolution how they change
  /// @param pruning which neurons go
  /// @param normalization what is done to net inputs before the activation
  record Sparse(
      int neurons,
      Activation activation,
      double spread,
      double dropout,
      Topology topology,
      Evolution evolution,
      Pruning pruning,
      Normalization normalization)
      implements LayerSpec {
    public Sparse {
      Require.positive("neurons", neurons);
      Require.positive("spread", spread);
      Require.fraction("dropout", dropout);
    }

    /// A layer without normalization.
    public Sparse(
        int neurons,
        Activation activation,
        double spread,
        double dropout,
        Topology topology,
        Evolution evolution,
        Pruning pruning) {
      this(
          neurons,
          activation,
          spread,
          dropout,
          topology,
          evolution,
          pruning,
          new Normalization.None());
    }

    /// A layer that keeps its neurons.
    public Sparse(
        int neurons,
        Activation activation,
        double spread,
        double dropout,
        Topology topology,
        Evolution evolution) {
      this(neurons, activation, spread, dropout, topology, evolution, new Pruning.None());
    }

    /// The same with another number of neurons.
    public Sparse withNeurons(int count) {
      return new Sparse(
          count, activation, spread, dropout, topology, evolution, pruning, normalization);
    }

    /// Whether a layer like this can go on with the neurons of another.
    boolean canTakeOver(Sparse other) {
      boolean asMany =
          other.neurons == neurons
              || (other.neurons < neurons && !(other.pruning instanceof Pruning.None));
      return asMany
          && other.activation.equals(activation)
          && other.normalization.equals(normalization);
    }

    /// 1,000 rectified neurons with 20 connections for each neuron and input, evolved by SET.
    public static Sparse defaults() {
      return new Sparse(
          1000, new Activation.Relu(), 1, 0, Topology.ErdosRenyi.defaults(), Evolution.Preset.SET);
    }
  }
}
