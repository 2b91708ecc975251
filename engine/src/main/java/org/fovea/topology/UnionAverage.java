package org.fovea.topology;

import java.util.List;
import org.fovea.kernel.ConnectionMove;
import org.fovea.kernel.PatternChange;
import org.fovea.kernel.RowMatrix;
import org.fovea.kernel.SparseMatrix;
import org.fovea.kernel.SparsePattern;
import org.fovea.network.SparseConnections;

/// Averages the weights of replicas whose connections have gone different ways: over the union of
/// their connections, then back to the number that there was, by removing the same share of the
/// positive and of the negative weights, those nearest to zero.
///
/// A connection that a replica lacks counts as a weight of zero there.
///
/// **Source** Curci, Mocanu and Pechenizkiy 2021, algorithm 2 (WASAP-SGD). **Differs** shares of
/// positive and negative weights are rounded such that the number is exact.
///
/// **Cost** time of the connections of all replicas; memory of their union.
public final class UnionAverage {

  private final List<SparseMatrix> replicas;
  private final long[] next;

  private UnionAverage(List<SparseMatrix> replicas) {
    this.replicas = replicas;
    this.next = new long[replicas.size()];
  }

  /// Replaces connections and weights of a layer by the average of its replicas, with as many
  /// connections as it has, or all of their union if that has fewer. Optimizer state starts anew.
  public static void average(SparseConnections layer, List<SparseConnections> replicas) {
    long count = layer.matrix().count();
    SparseMatrix union =
        new UnionAverage(replicas.stream().map(SparseConnections::matrix).toList()).union();
    if (union.count() > count) {
      union = cut(union, count);
    }
    layer.replace(union);
    replicas.forEach(replica -> layer.everConnected().merge(replica.everConnected()));
  }

  private SparseMatrix union() {
    SparsePattern first = replicas.getFirst().pattern();
    long count = 0;
    for (int row = 0; row < first.rows(); row++) {
      begin(row);
      while (least(row) < Integer.MAX_VALUE) {
        take(least(row), row);
        count++;
      }
    }
    SparsePattern.Builder builder = new SparsePattern.Builder(first.rows(), first.columns(), count);
    RowMatrix weights = new RowMatrix(SparseMatrix.pages(count), SparseMatrix.PAGE);
    long size = 0;
    for (int row = 0; row < first.rows(); row++) {
      begin(row);
      for (int column = least(row); column < Integer.MAX_VALUE; column = least(row)) {
        builder.add(row, column);
        double mean = take(column, row) / replicas.size();
        SparseMatrix.setElement(weights, size++, (float) mean);
      }
    }
    SparseMatrix union = new SparseMatrix(builder.build());
    union.weights().copyFrom(weights);
    return union;
  }

  private void begin(int row) {
    for (int k = 0; k < next.length; k++) {
      next[k] = replicas.get(k).pattern().offset(row);
    }
  }

  /// The least column that was not taken yet.
  private int least(int row) {
    int least = Integer.MAX_VALUE;
    for (int k = 0; k < next.length; k++) {
      SparsePattern pattern = replicas.get(k).pattern();
      if (next[k] < pattern.offset(row + 1)) {
        least = Math.min(least, pattern.column(next[k]));
      }
    }
    return least;
  }

  /// Sum of the weights from a column.
  private double take(int column, int row) {
    double sum = 0;
    for (int k = 0; k < next.length; k++) {
      SparsePattern pattern = replicas.get(k).pattern();
      if (next[k] < pattern.offset(row + 1) && pattern.column(next[k]) == column) {
        sum += replicas.get(k).weight(next[k]++);
      }
    }
    return sum;
  }

  /// Removes the weights nearest to zero, the same share of each sign.
  private static SparseMatrix cut(SparseMatrix union, long kept) {
    RowMatrix weights = union.weights();
    long count = union.count();
    long surplus = count - kept;
    long positive = Extremes.participants(weights, count, Extremes.Order.POSITIVE);
    long fromPositive = Math.round((double) surplus * positive / count);
    long[] marks = ConnectionMove.noneOf(count);
    Extremes extremes = new Extremes();
    extremes.mark(weights, count, Extremes.Order.POSITIVE, fromPositive, marks);
    extremes.mark(weights, count, Extremes.Order.NEGATIVE, surplus - fromPositive, marks);
    ConnectionMove move = new ConnectionMove(marks, new long[0], new float[0]);
    PatternChange change = PatternChange.of(union.pattern(), move);
    SparseMatrix cut = new SparseMatrix(change.pattern());
    change.carry(weights, cut.weights());
    return cut;
  }
}
