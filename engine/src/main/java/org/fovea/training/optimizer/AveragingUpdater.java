package org.fovea.training.optimizer;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.fovea.kernel.Kernels;
import org.fovea.kernel.RowMatrix;
import org.fovea.network.Updater;

/// Keeps the sum of a row's weights over the batches since averaging began, brought up to date when
/// the row changes.
///
/// **Source** Polyak and Juditsky, *Acceleration of Stochastic Approximation by Averaging*, SIAM J.
/// Control and Optimization, 1992.
final class AveragingUpdater implements Updater {

  private static final Kernels KERNELS = Kernels.best();

  private final Updater next;
  private final RowMatrix values;
  private final RowMatrix sums;
  private final RowMatrix summedUntil;
  private final AveragingClock clock;

  AveragingUpdater(Updater next, RowMatrix values, AveragingClock clock) {
    this.next = next;
    this.values = values;
    this.sums = new RowMatrix(values.rows(), values.columns());
    this.summedUntil = new RowMatrix(values.rows(), 1);
    this.clock = clock;
  }

  @Override
  public void update(int row, float[] gradient, int from, float rate) {
    sum(row);
    next.update(row, gradient, from, rate);
  }

  private void sum(int row) {
    float now = clock.averagedBatches();
    float[] chunk = summedUntil.chunk(row);
    int at = summedUntil.offset(row);
    float missing = now - chunk[at];
    if (missing > 0) {
      chunk[at] = now;
      KERNELS.addScaled(
          missing,
          values.chunk(row),
          values.offset(row),
          sums.chunk(row),
          sums.offset(row),
          values.columns());
    }
  }

  /// Whether it is this matrix that is averaged.
  boolean averages(RowMatrix matrix) {
    return values == matrix;
  }

  /// Replaces the weights by their mean.
  void finish() {
    float count = clock.averagedBatches();
    if (count <= 0) {
      return;
    }
    for (int row = 0; row < values.rows(); row++) {
      sum(row);
      float[] target = values.chunk(row);
      float[] source = sums.chunk(row);
      int to = values.offset(row);
      int from = sums.offset(row);
      for (int i = 0; i < values.columns(); i++) {
        target[to + i] = source[from + i] / count;
      }
    }
  }

  @Override
  public List<State> state() {
    List<State> all = new ArrayList<>(next.state());
    all.add(new State("sums", sums));
    all.add(new State("summed-until", summedUntil));
    return List.copyOf(all);
  }

  @Override
  public Optional<RowMatrix> momentum() {
    return next.momentum();
  }
}
