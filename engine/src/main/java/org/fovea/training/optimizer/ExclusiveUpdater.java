package org.fovea.training.optimizer;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.fovea.kernel.RowMatrix;
import org.fovea.network.Updater;

/// Lets one worker at a time step a row, so that weights and everything that the optimizer keeps of
/// them belong to the same gradients.
///
/// Hogwild tolerates that a step is lost. A state of two numbers does not: where one worker stores
/// the first moment of its gradient and another the second moment of its own, Adam's next step is
/// their quotient, which nothing bounds. Weights are still read by others while they are stepped.
///
/// **Threads** safe. Rows share 64 locks; whoever finds one taken spins, and sleeps when that does
/// not help, because the owner may have lost its processor.
///
/// **Cost** one compare-and-set and one ordered store a step, without contention; the first waits
/// for the stores before it, where rows come from memory.
final class ExclusiveUpdater implements Updater {

  private static final VarHandle TAKEN = MethodHandles.arrayElementVarHandle(int[].class);
  private static final int STRIPES = 64;

  /// Locks lie on cache lines of their own.
  private static final int SPACING = 64 / Integer.BYTES;

  /// Longer than any step takes.
  private static final int SPINS = 1_000;

  /// Nanoseconds to wait for an owner who lost its processor.
  private static final long PAUSE = 20_000;

  private final Updater next;
  private final int mask;
  private final int[] taken;

  ExclusiveUpdater(Updater next, RowMatrix values) {
    this.next = next;
    int stripes = Math.min(STRIPES, Integer.highestOneBit(Math.max(1, 2 * values.rows() - 1)));
    this.mask = stripes - 1;
    this.taken = new int[(stripes + 1) * SPACING];
  }

  @Override
  public void update(int row, float[] gradient, int from, float rate) {
    int at = ((row & mask) + 1) * SPACING;
    if (!TAKEN.compareAndSet(taken, at, 0, 1)) {
      await(at);
    }
    try {
      next.update(row, gradient, from, rate);
    } finally {
      TAKEN.setRelease(taken, at, 0);
    }
  }

  private void await(int at) {
    int spins = 0;
    do {
      if (++spins < SPINS) {
        Thread.onSpinWait();
      } else {
        LockSupport.parkNanos(PAUSE);
      }
    } while ((int) TAKEN.getOpaque(taken, at) != 0 || !TAKEN.compareAndSet(taken, at, 0, 1));
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
