package org.fovea.training.optimizer;

import java.util.List;
import java.util.Optional;
import org.fovea.kernel.Kernels;
import org.fovea.kernel.RowMatrix;
import org.fovea.network.Updater;
import org.fovea.spec.Clipping;

/// Limits gradients before another updater takes them.
final class ClippingUpdater implements Updater {

  private static final Kernels KERNELS = Kernels.best();

  private final Updater next;
  private final Clipping clipping;
  private final int columns;

  ClippingUpdater(Updater next, Clipping clipping, int columns) {
    this.next = next;
    this.clipping = clipping;
    this.columns = columns;
  }

  @Override
  public void update(int row, float[] gradient, int from, float rate) {
    clip(clipping, gradient, from, columns);
    next.update(row, gradient, from, rate);
  }

  /// Limits `gradient[from, from + n)` in place.
  static void clip(Clipping clipping, float[] gradient, int from, int n) {
    switch (clipping) {
      case Clipping.None _ -> {}
      case Clipping.Value(double limit) -> {
        float bound = (float) limit;
        for (int i = from; i < from + n; i++) {
          gradient[i] = Math.clamp(gradient[i], -bound, bound);
        }
      }
      case Clipping.Norm(double limit) -> {
        double norm = Math.sqrt(KERNELS.squaredNorm(gradient, from, n));
        if (norm > limit) {
          float scale = (float) (limit / norm);
          for (int i = from; i < from + n; i++) {
            gradient[i] *= scale;
          }
        }
      }
    }
  }

  @Override
  public List<State> state() {
    return next.state();
  }

  @Override
  public Optional<RowMatrix> momentum() {
    return next.momentum();
  }
}
