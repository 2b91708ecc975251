package org.fovea.training;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.ReentrantLock;
import org.fovea.FoveaException;
import org.fovea.network.Network;
import org.fovea.network.Selector;
import org.fovea.network.Team;
import org.fovea.network.WorkCount;
import org.fovea.spec.TrainSpec;
import org.fovea.training.optimizer.Updaters;

/// Asynchronous training: each worker takes batches of its own, reads the shared parameters as they
/// are, and steps them row by row.
///
/// What it gives up: the order in which batches meet the parameters, so two runs differ in their
/// bits, and a gradient may be a few steps old. Where an optimizer needs it, a row is stepped by
/// one worker at a time, so that weights and what is kept of them stay together (decision 0008).
///
/// **Source** Niu and others, *Hogwild!*, NeurIPS 2011, arXiv:1106.5730. **Differs** they step
/// without order whatever the optimizer keeps.
final class AsynchronousWorkers implements Workers {

  private final Network network;
  private final List<Worker> workers = new ArrayList<>();
  private final ExecutorService executor;
  private final ReentrantLock maintenance = new ReentrantLock();

  AsynchronousWorkers(
      Network network, TrainSpec spec, Updaters updaters, int threads, long totalBatches) {
    this.network = network;
    for (int i = 0; i < threads; i++) {
      workers.add(new Worker(network, spec, updaters, Team.single(), totalBatches));
    }
    this.executor =
        Executors.newFixedThreadPool(
            threads, Thread.ofPlatform().daemon().name("fovea-worker-", 0).factory());
  }

  @Override
  public void run(Segment segment) {
    List<Future<?>> running = new ArrayList<>();
    for (Worker worker : workers) {
      running.add(executor.submit(() -> work(worker, segment)));
    }
    FoveaException failure = null;
    for (Future<?> future : running) {
      try {
        future.get();
      } catch (ExecutionException e) {
        segment.stop();
        if (failure == null) {
          failure = TrainingException.of("a training thread", e);
        }
      } catch (InterruptedException e) {
        segment.stop();
        Thread.currentThread().interrupt();
        failure = new TrainingException("training was interrupted", e);
      }
    }
    if (failure != null) {
      throw failure;
    }
  }

  private void work(Worker worker, Segment segment) {
    for (long number = worker.step(segment); number >= 0; number = worker.step(segment)) {
      if (maintenance.tryLock()) {
        try {
          for (Selector selector : network.selectors()) {
            selector.maintain(number);
          }
        } finally {
          maintenance.unlock();
        }
      }
    }
  }

  @Override
  public WorkCount work() {
    WorkCount sum = new WorkCount();
    workers.forEach(worker -> sum.add(worker.work()));
    return sum;
  }

  @Override
  public void renew() {
    workers.forEach(Worker::renew);
  }

  @Override
  public void close() {
    executor.shutdownNow();
  }
}
