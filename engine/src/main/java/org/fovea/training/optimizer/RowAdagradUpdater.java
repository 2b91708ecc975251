package org.fovea.training.optimizer;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.fovea.kernel.Kernels;
import org.fovea.kernel.RowMatrix;
import org.fovea.network.Updater;

/// Adagrad with one accumulator per row: `s += |g|^2 / columns; w -= rate * g / sqrt(s)`.
///
/// A row of 128 weights carries 4 bytes of state instead of 512.
///
/// It guards itself as [GuardingUpdater] guards the others, because it knows the gradient's length
/// anyway.
final class RowAdagradUpdater implements Updater {

  private static final Kernels KERNELS = Kernels.best();

  private final RowMatrix values;
  private final RowMatrix squares;
  private final AtomicLong refused;

  /// @param refused counts the steps that were left out because their gradients were not finite
  RowAdagradUpdater(RowMatrix values, double initial, AtomicLong refused) {
    this.values = values;
    this.refused = refused;
    this.squares = new RowMatrix(values.rows(), 1);
    for (float[] chunk : squares.chunks()) {
      Arrays.fill(chunk, (float) initial);
    }
  }

  @Override
  public void update(int row, float[] gradient, int from, float rate) {
    int columns = values.columns();
    float[] chunk = squares.chunk(row);
    int at = squares.offset(row);
    float norm = KERNELS.squaredNorm(gradient, from, columns);
    if (!Float.isFinite(norm)) {
      refused.incrementAndGet();
      return;
    }
    float sum = chunk[at] + norm / columns;
    chunk[at] = sum;
    KERNELS.descend(
        values.chunk(row),
        values.offset(row),
        gradient,
        from,
        columns,
        rate / (float) Math.sqrt(sum));
  }

  @Override
  public List<State> state() {
    return List.of(new State("squares", squares));
  }
}
