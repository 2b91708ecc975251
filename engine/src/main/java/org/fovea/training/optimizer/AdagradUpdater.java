package org.fovea.training.optimizer;

import java.util.Arrays;
import java.util.List;
import org.fovea.kernel.Kernels;
import org.fovea.kernel.RowMatrix;
import org.fovea.network.Updater;

/// Adagrad with one accumulator per parameter: `s += g^2; w -= rate * g / sqrt(s)`.
///
/// **Source** Duchi, Hazan and Singer, *Adaptive Subgradient Methods*, JMLR 2011.
final class AdagradUpdater implements Updater {

  private static final Kernels KERNELS = Kernels.best();

  /// Only guards the division; the accumulators start above zero.
  private static final float EPSILON = 1e-20f;

  private final RowMatrix values;
  private final RowMatrix squares;

  AdagradUpdater(RowMatrix values, double initial) {
    this.values = values;
    this.squares = new RowMatrix(values.rows(), values.columns());
    for (float[] chunk : squares.chunks()) {
      Arrays.fill(chunk, (float) initial);
    }
  }

  @Override
  public void update(int row, float[] gradient, int from, float rate) {
    KERNELS.adagrad(
        values.chunk(row),
        squares.chunk(row),
        values.offset(row),
        gradient,
        from,
        values.columns(),
        rate,
        EPSILON);
  }

  @Override
  public List<State> state() {
    return List.of(new State("squares", squares));
  }
}
