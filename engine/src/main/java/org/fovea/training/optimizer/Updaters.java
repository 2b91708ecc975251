package org.fovea.training.optimizer;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.fovea.kernel.RowMatrix;
import org.fovea.network.Updater;
import org.fovea.network.UpdaterFactory;
import org.fovea.spec.Averaging;
import org.fovea.spec.Clipping;
import org.fovea.spec.Optimizer;
import org.fovea.spec.TrainSpec;

/// Makes the updaters of a network and ends the averaging of its weights.
///
/// **Threads** [#create] confined; the rest between batches.
public final class Updaters implements UpdaterFactory {

  private final TrainSpec spec;
  private final AveragingClock clock = new AveragingClock();
  private final List<AveragingUpdater> averaging = new ArrayList<>();
  private final AtomicLong refused = new AtomicLong();

  /// Updaters as a run asks for.
  public Updaters(TrainSpec spec) {
    this.spec = spec;
  }

  @Override
  public Updater create(RowMatrix values) {
    return create(values, values.columns() > 1);
  }

  @Override
  public Updater createUndecayed(RowMatrix values) {
    return create(values, false);
  }

  @Override
  public void retire(RowMatrix values) {
    averaging.removeIf(updater -> updater.averages(values));
  }

  private Updater create(RowMatrix values, boolean decays) {
    Updater updater =
        switch (spec.optimizer()) {
          case Optimizer.Sgd _ -> new SgdUpdater(values);
          case Optimizer.Momentum(double decay, boolean nesterov) ->
              new MomentumUpdater(values, decay, nesterov);
          case Optimizer.Adagrad(double initial) -> new AdagradUpdater(values, initial);
          case Optimizer.RowAdagrad(double initial) ->
              new RowAdagradUpdater(values, initial, refused);
          case Optimizer.Adam adam -> new AdamUpdater(values, adam);
        };
    if (!(spec.clipping() instanceof Clipping.None)) {
      updater = new ClippingUpdater(updater, spec.clipping(), values.columns());
    }
    if (spec.weightDecay() > 0 && decays) {
      updater = new DecayingUpdater(updater, values, spec.weightDecay());
    }
    if (spec.averaging() instanceof Averaging.Tail) {
      AveragingUpdater mean = new AveragingUpdater(updater, values, clock);
      averaging.add(mean);
      updater = mean;
    }
    return updater instanceof RowAdagradUpdater
        ? updater
        : new GuardingUpdater(updater, values, refused);
  }

  /// Steps of rows that were left out since the last call, because their gradients were not finite.
  ///
  /// **Threads** safe; each is counted once.
  public long takeRefused() {
    return refused.get() == 0 ? 0 : refused.getAndSet(0);
  }

  /// Tells how far the run is.
  ///
  /// @param batch batches done
  /// @param total batches of the whole run
  public void progress(long batch, long total) {
    if (spec.averaging() instanceof Averaging.Tail(double share)) {
      clock.set(Math.max(0, batch - Math.round(total * (1 - share))));
    }
  }

  /// Replaces the weights by their means, if the run averages.
  public void finishAveraging() {
    averaging.forEach(AveragingUpdater::finish);
  }

  /// Bytes of state per row of a matrix, beside its weights.
  public static long stateBytes(TrainSpec spec, long rows, int columns) {
    long perParameter =
        switch (spec.optimizer()) {
          case Optimizer.Sgd _ -> 0;
          case Optimizer.Momentum _, Optimizer.Adagrad _ -> 1;
          case Optimizer.RowAdagrad _ -> 0;
          case Optimizer.Adam _ -> 2;
        };
    long perRow =
        switch (spec.optimizer()) {
          case Optimizer.Sgd _, Optimizer.Momentum _, Optimizer.Adagrad _ -> 0;
          case Optimizer.RowAdagrad _, Optimizer.Adam _ -> 1;
        };
    if (spec.averaging() instanceof Averaging.Tail) {
      perParameter++;
      perRow++;
    }
    return perParameter * RowMatrix.bytes(rows, columns) + perRow * RowMatrix.bytes(rows, 1);
  }
}
