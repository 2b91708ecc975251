package org.fovea.training.optimizer;

import java.util.Arrays;
import java.util.List;
import org.fovea.kernel.Kernels;
import org.fovea.kernel.RowMatrix;
import org.fovea.network.Updater;

/// Adagrad with one accumulator per row: `s += |g|^2 / columns; w -= rate * g / sqrt(s)`.
///
/// A row of 128 weights carries 4 bytes of state instead of 512.
final class RowAdagradUpdater implements Updater {

  private static final Kernels KERNELS = Kernels.best();

  private final RowMatrix values;
  private final RowMatrix squares;

  RowAdagradUpdater(RowMatrix values, double initial) {
    this.values = values;
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
    float sum = chunk[at] + KERNELS.squaredNorm(gradient, from, columns) / columns;
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
