package org.fovea.network;

import java.util.Arrays;
import java.util.Optional;

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
          "offsets must end at the %s connections".formatted(features.length));
    }
    if (weights.length != features.length
        || (squares.length != 0 && squares.length != features.length)) {
      throw new IllegalArgumentException(
          "%s weights and %s accumulators for %s connections"
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

  /// These connections and, of others, those that are missing here.
  ///
  /// @param others between at least as many labels and features; used up
  public DirectConnections and(DirectConnections others) {
    int[] merged = new int[others.offsets.length];
    int count = 0;
    for (int label = 0; label + 1 < merged.length; label++) {
      count += merge(label, others, count, Optional.empty());
      merged[label + 1] = count;
    }
    DirectConnections all =
        new DirectConnections(merged, new int[count], new float[count], new float[count]);
    for (int label = 0; label + 1 < merged.length; label++) {
      merge(label, others, merged[label], Optional.of(all));
    }
    return all;
  }

  /// Merges the connections of a label, in the order of their features.
  ///
  /// @param at where they go
  /// @param target takes them, unless they are only counted
  /// @return how many there are
  private int merge(
      int label, DirectConnections others, int at, Optional<DirectConnections> target) {
    boolean known = label + 1 < offsets.length;
    int mine = known ? offsets[label] : 0;
    int mineEnd = known ? offsets[label + 1] : 0;
    int theirs = others.offsets[label];
    int theirsEnd = others.offsets[label + 1];
    int next = at;
    while (mine < mineEnd || theirs < theirsEnd) {
      boolean fromMine =
          theirs == theirsEnd || (mine < mineEnd && features[mine] <= others.features[theirs]);
      if (fromMine && theirs < theirsEnd && features[mine] == others.features[theirs]) {
        theirs++;
      }
      DirectConnections source = fromMine ? this : others;
      int from = fromMine ? mine++ : theirs++;
      if (target.isPresent()) {
        DirectConnections all = target.get();
        all.features[next] = source.features[from];
        all.weights[next] = source.weights[from];
        all.squares[next] = source.squares[from];
      }
      next++;
    }
    return next - at;
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
