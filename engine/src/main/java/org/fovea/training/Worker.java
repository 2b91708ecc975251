package org.fovea.training;

import org.fovea.data.Batch;
import org.fovea.network.BatchPass;
import org.fovea.network.Network;
import org.fovea.network.Team;
import org.fovea.network.WorkCount;
import org.fovea.spec.TrainSpec;
import org.fovea.training.optimizer.Updaters;

/// Trains batch after batch with a pass of its own.
///
/// **Threads** confined.
final class Worker {

  private final Network network;
  private final TrainSpec spec;
  private final Updaters updaters;
  private final long totalBatches;
  private final Team team;
  private final WorkCount earlier = new WorkCount();
  private final Batch batch = new Batch();
  private BatchPass pass;

  Worker(Network network, TrainSpec spec, Updaters updaters, Team team, long totalBatches) {
    this.network = network;
    this.spec = spec;
    this.updaters = updaters;
    this.totalBatches = totalBatches;
    this.team = team;
    this.pass = new BatchPass(network, team, spec.weightDecay());
  }

  /// Trains on one batch of the segment.
  ///
  /// @return the number of the batch, or -1 when the segment is over
  long step(Segment segment) {
    long number = segment.next(batch);
    if (number < 0) {
      return -1;
    }
    network.inputWeights().apply(batch);
    updaters.progress(number, totalBatches);
    float rate = segment.rate(number);
    float directRate = (float) (spec.directRate() * rate / spec.schedule().peak());
    double loss = pass.train(batch, spec.seed(), number, rate, directRate);
    long refused = updaters.takeRefused();
    boolean sound = pass.lastStepTaken() && refused == 0;
    segment.done(
        number,
        new Segment.Outcome(batch.exampleCount(), loss, sound, refused, pass.activeLabels()));
    if (pass.lastStepTaken() && pass.movedConnections().length > 0) {
      segment.moved(number, network, pass.movedConnections());
    }
    return number;
  }

  /// Makes the pass anew, after neurons came or went.
  void renew() {
    earlier.add(pass.work());
    pass = new BatchPass(network, team, spec.weightDecay());
  }

  WorkCount work() {
    WorkCount sum = new WorkCount();
    sum.add(earlier);
    sum.add(pass.work());
    return sum;
  }
}
