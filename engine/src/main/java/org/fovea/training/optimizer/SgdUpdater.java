package org.fovea.training.optimizer;

import org.fovea.kernel.Kernels;
import org.fovea.kernel.RowMatrix;
import org.fovea.network.Updater;

/// Gradient descent: `w -= rate * g`.
final class SgdUpdater implements Updater {

  private static final Kernels KERNELS = Kernels.best();

  private final RowMatrix values;

  SgdUpdater(RowMatrix values) {
    this.values = values;
  }

  @Override
  public void update(int row, float[] gradient, int from, float rate) {
    KERNELS.descend(values.chunk(row), values.offset(row), gradient, from, values.columns(), rate);
  }
}
