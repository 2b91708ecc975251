package org.fovea.training.optimizer;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.fovea.kernel.RowMatrix;
import org.fovea.network.Parameters;
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
  private final boolean shared;
  private final AveragingClock clock = new AveragingClock();
  private final List<AveragingUpdater> averaging = new ArrayList<>();
  private final AtomicLong refused = new AtomicLong();

  /// Updaters of a run whose workers may step the same row at a time, unless it is deterministic.
  public Updaters(TrainSpec spec) {
    this(spec, !spec.deterministic());
  }

  private Updaters(TrainSpec spec, boolean shared) {
    this.spec = spec;
    this.shared = shared;
  }

  /// Updaters of a run in which no two threads step the same row at a time: that of one worker, or
  /// of a team that splits each phase.
  public static Updaters unshared(TrainSpec spec) {
    return new Updaters(spec, false);
  }

  @Override
  public void retire(RowMatrix values) {
    averaging.removeIf(updater -> updater.averages(values));
  }

  @Override
  public Updater create(RowMatrix values, Parameters.Role role) {
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
    if (spec.weightDecay() > 0 && role == Parameters.Role.WEIGHT) {
      updater = new DecayingUpdater(updater, values, spec.weightDecay());
    }
    if (spec.averaging() instanceof Averaging.Tail) {
      AveragingUpdater mean = new AveragingUpdater(updater, values, clock);
      averaging.add(mean);
      updater = mean;
    }
    boolean guardsItself = updater instanceof RowAdagradUpdater;
    if (shared && !standsCollisions()) {
      updater = new ExclusiveUpdater(updater, values);
    }
    return guardsItself ? updater : new GuardingUpdater(updater, values, refused);
  }

  /// Whether a step is within its bound whatever other workers do to the row meanwhile.
  private boolean standsCollisions() {
    boolean state =
        switch (spec.optimizer()) {
          // a lost step is that of a smaller batch
          case Optimizer.Sgd _ -> true;
          // what divides a gradient is read once and contains its square
          case Optimizer.Adagrad _, Optimizer.RowAdagrad _ -> true;
          // two numbers that belong together, or one that is read and written again
          case Optimizer.Momentum _, Optimizer.Adam _ -> false;
        };
    return state && !(spec.averaging() instanceof Averaging.Tail);
  }

  /// Steps of rows that were left out since the last call, because their gradients were not finite.
  ///
  /// **Threads** safe; each is counted once.
  public long takeRefused() {
    return refused.get() == 0 ? 0 : refused.getAndSet(0);
  }

  /// What keeps a run of so many batches from being averaged as it asks, if anything does: sums of
  /// weights in single precision cover no more than 2^24 of them.
  public Optional<String> objection(long total) {
    return spec.averaging() instanceof Averaging.Tail(double share)
            && total - Math.round(total * (1 - share)) > AveragingClock.LIMIT
        ? Optional.of(
            "averaging: the last %s of %s batches are more than the %s that can be averaged"
                .formatted(share, total, AveragingClock.LIMIT))
        : Optional.empty();
  }

  /// Tells how far the run is.
  ///
  /// @param batch batches done
  /// @param total batches of the whole run
  public void progress(long batch, long total) {
    if (spec.averaging() instanceof Averaging.Tail(double share)) {
      clock.advance(batch - Math.round(total * (1 - share)));
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
