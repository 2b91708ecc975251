package org.fovea.network;

import java.util.Arrays;

/// Sparse connections from input features straight to labels, beside the hidden layers: what linear
/// models have, for the pairs that occur in the training data only.
///
/// **Shapes** label `l` has the connections `[offsets[l], offsets[l + 1])`, to `features` in
/// ascending order, with `weights` and one optimizer accumulator each.
///
/// **Threads** weights and accumulators are racy on purpose; the rest does not change while workers
/// run.
public final class DirectConnections {

  private final int[] offsets;
  private final int[] features;
  private final float[] weights;
  private final float[] squares;
  private DirectRates rates = DirectRates.equal();

  /// Connections with given weights.
  ///
  /// @param offsets `[labels + 1]`; owned
  /// @param features `[connections]`; owned
  /// @param weights `[connections]`; owned
  /// @param squares sum of squared gradients of each connection, or empty for prediction; owned
  public DirectConnections(int[] offsets, int[] features, float[] weights, float[] squares) {
    if (offsets.length == 0 || offsets[offsets.length - 1] != features.length) {
      throw new IllegalArgumentException(
          "offsets must end at the %d connections".formatted(features.length));
    }
    if (weights.length != features.length
        || (squares.length != 0 && squares.length != features.length)) {
      throw new IllegalArgumentException(
          "%d weights and %d accumulators for %d connections"
              .formatted(weights.length, squares.length, features.length));
    }
    this.offsets = offsets;
    this.features = features;
    this.weights = weights;
    this.squares = squares;
  }

  /// No connections at all.
  public static DirectConnections none(int labels) {
    return new DirectConnections(new int[labels + 1], new int[0], new float[0], new float[0]);
  }

  /// Connections that start at zero.
  ///
  /// @param initialSquares where the accumulators start; positive
  public static DirectConnections zero(int[] offsets, int[] features, float initialSquares) {
    float[] squares = new float[features.length];
    Arrays.fill(squares, initialSquares);
    return new DirectConnections(offsets, features, new float[features.length], squares);
  }

  /// Sets how fast the connections learn beside each other, before they do.
  public void learnAt(DirectRates rates) {
    this.rates = rates;
  }

  /// How fast the connections learn beside each other.
  DirectRates rates() {
    return rates;
  }

  /// Whether there are none.
  public boolean isEmpty() {
    return features.length == 0;
  }

  /// Number of connections.
  public int count() {
    return features.length;
  }

  /// Where each label's connections begin.
  public int[] offsets() {
    return offsets;
  }

  /// The features connected.
  public int[] features() {
    return features;
  }

  /// Weights of the connections.
  public float[] weights() {
    return weights;
  }

  /// Sum of squared gradients of each connection, or empty.
  public float[] squares() {
    return squares;
  }

  /// Adagrad step of one connection.
  void step(int connection, float gradient, float rate, float decay) {
    float sum = squares[connection] + gradient * gradient;
    squares[connection] = sum;
    float weight = weights[connection];
    weights[connection] = weight - rate * (gradient / (float) Math.sqrt(sum) + decay * weight);
  }
}
