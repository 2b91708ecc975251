package org.fovea.training.optimizer;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.fovea.kernel.Kernels;
import org.fovea.kernel.RowMatrix;
import org.fovea.network.Updater;

/// Leaves out the step of a row whose gradient is not finite, or whose square is not: either would
/// spoil the row, or the optimizer's state of it, for good.
///
/// **Cost** one pass over the gradient, which is in the cache: a fraction of what it took to
/// compute it.
///
/// **Source** Micikevicius and others, *Mixed Precision Training*, ICLR 2018, arXiv:1710.03740,
/// skip a whole step. **Differs** the other rows of the batch take theirs.
final class GuardingUpdater implements Updater {

  private static final Kernels KERNELS = Kernels.best();

  private final Updater next;
  private final int columns;
  private final AtomicLong refused;

  /// @param refused counts the steps that were left out
  GuardingUpdater(Updater next, RowMatrix values, AtomicLong refused) {
    this.next = next;
    this.columns = values.columns();
    this.refused = refused;
  }

  @Override
  public void update(int row, float[] gradient, int from, float rate) {
    if (Float.isFinite(KERNELS.squaredNorm(gradient, from, columns))) {
      next.update(row, gradient, from, rate);
    } else {
      refused.incrementAndGet();
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
