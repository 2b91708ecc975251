package org.fovea.training;

import org.fovea.network.Network;
import org.fovea.network.Selector;
import org.fovea.network.WorkCount;
import org.fovea.spec.TrainSpec;
import org.fovea.training.optimizer.Updaters;

/// Synchronous training: one batch at a time, split over a team. The same seed gives the same bits
/// for any number of threads.
final class DeterministicWorker implements Workers {

  private final Network network;
  private final ThreadTeam team;
  private final Worker worker;

  DeterministicWorker(
      Network network, TrainSpec spec, Updaters updaters, int threads, long totalBatches) {
    this.network = network;
    this.team = new ThreadTeam(threads);
    this.worker = new Worker(network, spec, updaters, team, totalBatches);
  }

  @Override
  public void run(Segment segment) {
    for (long number = worker.step(segment); number >= 0; number = worker.step(segment)) {
      for (Selector selector : network.selectors()) {
        selector.maintain(number);
      }
    }
  }

  @Override
  public WorkCount work() {
    return worker.work();
  }

  @Override
  public void renew() {
    worker.renew();
  }

  @Override
  public void close() {
    team.close();
  }
}
