package org.fovea.training.replica;

import org.fovea.data.Batch;
import org.fovea.data.ExampleReader;
import org.fovea.data.Examples;
import org.fovea.network.BatchPass;
import org.fovea.network.Network;
import org.fovea.network.Team;
import org.fovea.spec.TrainSpec;
import org.fovea.topology.Evolvers;
import org.fovea.topology.Timetable;
import org.fovea.training.optimizer.Updaters;

/// A replica that trains alone on its part of the data, with connections that evolve on their own.
///
/// **Threads** confined.
final class Solo {

  private final Network network;
  private final Updaters updaters;
  private final TrainSpec spec;
  private final Examples part;
  private final int replica;
  private final int from;
  private final EpochTally tally;

  /// @param network a copy, owned
  /// @param updaters of the copy
  /// @param from epochs that are done
  /// @param tally told of each epoch
  Solo(
      Network network,
      Updaters updaters,
      TrainSpec spec,
      Examples part,
      int replica,
      int from,
      EpochTally tally) {
    this.network = network;
    this.updaters = updaters;
    this.spec = spec;
    this.part = part;
    this.replica = replica;
    this.from = from;
    this.tally = tally;
  }

  Network network() {
    return network;
  }

  /// Trains through the epochs that are left, unless it is asked to stop.
  void train() {
    long perEpoch = Math.ceilDiv(part.summary().exampleCount(), spec.batch());
    long total = perEpoch * spec.epochs();
    Evolvers.create(network.spec(), new Timetable(perEpoch, total)).ifPresent(network::evolveBy);
    BatchPass pass = new BatchPass(network, Team.single(), spec.weightDecay());
    Batch batch = new Batch();
    for (int epoch = from; epoch < spec.epochs() && !tally.isStopped(); epoch++) {
      double loss = 0;
      long count = 0;
      long number = epoch * perEpoch;
      try (ExampleReader reader = part.shuffled(order(spec, epoch), 0)) {
        batch.clear();
        while (reader.read(batch, spec.batch()) > 0) {
          part.summary().evenOut(batch);
          network.inputWeights().apply(batch);
          updaters.progress(number, total);
          float rate = (float) spec.schedule().rate((double) number / total);
          loss += pass.train(batch, seed(spec, replica), number, rate, rate);
          if (!pass.lastStepTaken()) {
            throw new IllegalStateException(
                "the loss of a batch is not finite: a rate is too high");
          }
          count += batch.exampleCount();
          number++;
          batch.clear();
        }
      }
      tally.done(epoch, loss, count, number - epoch * perEpoch);
    }
  }

  /// Seed of the order of an epoch.
  static long order(TrainSpec spec, int epoch) {
    return spec.seed() + 0x9E3779B97F4A7C15L * (epoch + 1);
  }

  /// Seed of what a replica draws.
  static long seed(TrainSpec spec, int replica) {
    return spec.seed() + 0xD1B54A32D192ED03L * (replica + 1);
  }
}
