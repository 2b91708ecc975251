package org.fovea.training.optimizer;

import java.util.List;
import java.util.Optional;
import org.fovea.kernel.RowMatrix;
import org.fovea.network.Updater;

/// Decoupled weight decay: a row shrinks by `rate * decay` each time it is updated.
///
/// **Source** Loshchilov and Hutter, *Decoupled Weight Decay Regularization*, ICLR 2019,
/// arXiv:1711.05101. **Differs** only rows that are updated shrink.
final class DecayingUpdater implements Updater {

  private final Updater next;
  private final RowMatrix values;
  private final float decay;

  DecayingUpdater(Updater next, RowMatrix values, double decay) {
    this.next = next;
    this.values = values;
    this.decay = (float) decay;
  }

  @Override
  public void update(int row, float[] gradient, int from, float rate) {
    float[] chunk = values.chunk(row);
    int start = values.offset(row);
    float keep = 1 - rate * decay;
    for (int i = start; i < start + values.columns(); i++) {
      chunk[i] *= keep;
    }
    next.update(row, gradient, from, rate);
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
