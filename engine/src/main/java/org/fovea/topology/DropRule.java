package org.fovea.topology;

import org.fovea.kernel.ConnectionMove;
import org.fovea.kernel.RowMatrix;
import org.fovea.kernel.SparseMatrix;
import org.fovea.network.SparseActivity;
import org.fovea.spec.Evolution;

/// Marks the connections of a layer that go.
///
/// **Cost** a few passes over the connections.
final class DropRule {

  private final Evolution.Drop rule;
  private final Extremes extremes = new Extremes();

  DropRule(Evolution.Drop rule) {
    this.rule = rule;
  }

  /// What goes.
  ///
  /// @param marks one bit per connection
  /// @param count number of bits that are set
  record Dropped(long[] marks, int count) {}

  /// Marks a share of the connections.
  Dropped drop(SparseActivity layer, double share) {
    SparseMatrix matrix = layer.connections().matrix();
    RowMatrix weights = matrix.weights();
    long count = matrix.count();
    long wanted = (long) (share * count);
    long[] marks = ConnectionMove.noneOf(count);
    switch (rule) {
      case Evolution.Drop.SignSeparate _ -> {
        long positive = Extremes.participants(weights, count, Extremes.Order.POSITIVE);
        long fromPositive = (long) (share * positive);
        long fromNegative = (long) (share * (count - positive));
        extremes.mark(weights, count, Extremes.Order.POSITIVE, fromPositive, marks);
        extremes.mark(weights, count, Extremes.Order.NEGATIVE, fromNegative, marks);
      }
      case Evolution.Drop.Magnitude _ ->
          extremes.mark(weights, count, Extremes.Order.MAGNITUDE, wanted, marks);
      case Evolution.Drop.Threshold(double limit) -> {
        long below = 0;
        for (long p = 0; p < count; p++) {
          below += Math.abs(matrix.weight(p)) < limit ? 1 : 0;
        }
        extremes.mark(weights, count, Extremes.Order.MAGNITUDE, Math.min(wanted, below), marks);
      }
      case Evolution.Drop.Movement _ -> {
        RowMatrix movements = movements(layer);
        extremes.mark(movements, count, Extremes.Order.VALUE, wanted, marks);
      }
    }
    int dropped = 0;
    for (long word : marks) {
      dropped += Long.bitCount(word);
    }
    return new Dropped(marks, dropped);
  }

  /// `-w * dL/dw` of each connection: least where a step moves the weight to zero most.
  private static RowMatrix movements(SparseActivity layer) {
    SparseMatrix matrix = layer.connections().matrix();
    RowMatrix movements = new RowMatrix(matrix.weights().rows(), SparseMatrix.PAGE);
    float[] gradients = new float[SparseMatrix.PAGE];
    for (long from = 0; from < matrix.count(); from += SparseMatrix.PAGE) {
      long to = Math.min(matrix.count(), from + SparseMatrix.PAGE);
      layer.gradients(from, to, gradients);
      for (long p = from; p < to; p++) {
        SparseMatrix.setElement(movements, p, -matrix.weight(p) * gradients[(int) (p - from)]);
      }
    }
    return movements;
  }
}
