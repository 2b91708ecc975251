package org.fovea.training.optimizer;

import java.util.List;
import java.util.Optional;
import org.fovea.kernel.Kernels;
import org.fovea.kernel.RowMatrix;
import org.fovea.network.Updater;
import org.fovea.spec.Optimizer;

/// Adam in which every row counts its own steps.
///
/// **Source** Kingma and Ba, *Adam*, ICLR 2015, arXiv:1412.6980, algorithm 1. **Differs** the step
/// count is the row's, so that a row that is touched rarely is neither decayed nor swept in
/// between, and its bias corrections are those of its own history.
final class AdamUpdater implements Updater {

  private static final Kernels KERNELS = Kernels.best();

  /// Counts are kept as floats, exact up to here. From then on the bias corrections are 1, because
  /// [Optimizer.Adam#MOST] bounds both decays.
  private static final float COUNT_LIMIT = 1 << 24;

  private final RowMatrix values;
  private final RowMatrix first;
  private final RowMatrix second;
  private final RowMatrix counts;
  private final Optimizer.Adam spec;

  AdamUpdater(RowMatrix values, Optimizer.Adam spec) {
    this.values = values;
    this.first = new RowMatrix(values.rows(), values.columns());
    this.second = new RowMatrix(values.rows(), values.columns());
    this.counts = new RowMatrix(values.rows(), 1);
    this.spec = spec;
  }

  @Override
  public void update(int row, float[] gradient, int from, float rate) {
    float[] chunk = counts.chunk(row);
    int at = counts.offset(row);
    float count = Math.min(COUNT_LIMIT, chunk[at] + 1);
    chunk[at] = count;
    double firstCorrection = 1 - Math.pow(spec.beta1(), count);
    double secondCorrection = Math.sqrt(1 - Math.pow(spec.beta2(), count));
    KERNELS.adam(
        values.chunk(row),
        first.chunk(row),
        second.chunk(row),
        values.offset(row),
        gradient,
        from,
        values.columns(),
        (float) (rate * secondCorrection / firstCorrection),
        (float) spec.beta1(),
        (float) spec.beta2(),
        (float) (spec.epsilon() * secondCorrection));
  }

  @Override
  public List<State> state() {
    return List.of(
        new State("first-moment", first),
        new State("second-moment", second),
        new State("steps", counts));
  }

  @Override
  public Optional<RowMatrix> momentum() {
    return Optional.of(first);
  }
}
