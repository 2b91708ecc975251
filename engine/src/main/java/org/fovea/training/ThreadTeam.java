package org.fovea.training;

import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import org.fovea.network.Team;
import org.jspecify.annotations.Nullable;

/// A team of threads that split the items of a phase. Pieces have the same size whatever the number
/// of threads, so results have the same bits.
///
/// **Threads** `run` is called by one thread, which works along.
final class ThreadTeam implements Team, AutoCloseable {

  private final int size;
  private final CyclicBarrier start;
  private final CyclicBarrier end;
  private final AtomicInteger next = new AtomicInteger();
  private final Thread[] helpers;
  private volatile @Nullable Phase phase;
  private volatile @Nullable Throwable failure;
  private volatile int items;
  private volatile int grain;

  /// Starts `size - 1` helping threads.
  ThreadTeam(int size) {
    this.size = size;
    this.start = new CyclicBarrier(size);
    this.end = new CyclicBarrier(size);
    this.helpers = new Thread[size - 1];
    for (int i = 0; i < helpers.length; i++) {
      int thread = i + 1;
      helpers[i] =
          Thread.ofPlatform().daemon().name("fovea-team-" + thread).start(() -> help(thread));
    }
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public void run(int items, int grain, Phase phase) {
    if (size == 1 || items <= grain) {
      for (int from = 0; from < items; from += grain) {
        phase.run(from, Math.min(items, from + grain), 0);
      }
      return;
    }
    this.items = items;
    this.grain = grain;
    this.phase = phase;
    next.set(0);
    await(start);
    work(phase, 0);
    await(end);
    Throwable failed = failure;
    if (failed != null) {
      failure = null;
      throw new TrainingException("a training thread failed: " + failed, failed);
    }
  }

  private void help(int thread) {
    while (true) {
      if (!awaitQuietly(start)) {
        return;
      }
      Phase current = phase;
      if (current != null) {
        work(current, thread);
      }
      if (!awaitQuietly(end)) {
        return;
      }
    }
  }

  private void work(Phase current, int thread) {
    try {
      for (int from = next.getAndAdd(grain); from < items; from = next.getAndAdd(grain)) {
        current.run(from, Math.min(items, from + grain), thread);
      }
    } catch (RuntimeException | Error e) {
      failure = e;
    }
  }

  private static void await(CyclicBarrier barrier) {
    if (!awaitQuietly(barrier)) {
      throw new TrainingException("the training threads were interrupted");
    }
  }

  private static boolean awaitQuietly(CyclicBarrier barrier) {
    try {
      barrier.await();
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } catch (BrokenBarrierException e) {
      return false;
    }
  }

  @Override
  public void close() {
    for (Thread helper : helpers) {
      helper.interrupt();
    }
  }
}
