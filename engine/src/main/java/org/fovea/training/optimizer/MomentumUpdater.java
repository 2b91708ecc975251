package org.fovea.training.optimizer;

import java.util.List;
import java.util.Optional;
import org.fovea.kernel.Kernels;
import org.fovea.kernel.RowMatrix;
import org.fovea.network.Updater;

/// Gradient descent with momentum; a row that is not touched keeps its momentum.
final class MomentumUpdater implements Updater {

  private static final Kernels KERNELS = Kernels.best();

  private final RowMatrix values;
  private final RowMatrix momentum;
  private final float decay;
  private final boolean nesterov;

  MomentumUpdater(RowMatrix values, double decay, boolean nesterov) {
    this.values = values;
    this.momentum = new RowMatrix(values.rows(), values.columns());
    this.decay = (float) decay;
    this.nesterov = nesterov;
  }

  @Override
  public void update(int row, float[] gradient, int from, float rate) {
    KERNELS.momentum(
        values.chunk(row),
        momentum.chunk(row),
        values.offset(row),
        gradient,
        from,
        values.columns(),
        rate,
        decay,
        nesterov);
  }

  @Override
  public List<State> state() {
    return List.of(new State("momentum", momentum));
  }

  @Override
  public Optional<RowMatrix> momentum() {
    return Optional.of(momentum);
  }
}
