package org.fovea.training.replica;

import java.util.ArrayList;
import java.util.List;
import org.fovea.data.Batch;
import org.fovea.data.ExampleReader;
import org.fovea.data.Examples;
import org.fovea.network.BatchPass;
import org.fovea.network.Network;
import org.fovea.network.Team;
import org.fovea.spec.TrainSpec;

/// The phase in which replicas compute gradients and one network takes them.
///
/// **Threads** [#compute] by one thread for each replica; [#take] and [#pull] by one thread at a
/// time.
final class SharedPhase {

  private final Network network;
  private final TrainSpec spec;
  private final List<Sender> senders = new ArrayList<>();
  private final ValidUpdates updates = new ValidUpdates();
  private final long total;
  private long steps;
  private long dropped;

  /// @param epochs passes of each replica over its part
  SharedPhase(Network network, TrainSpec spec, List<Examples> parts, int epochs, EpochTally tally) {
    this.network = network;
    this.spec = spec;
    long batches = 0;
    for (Examples part : parts) {
      batches += Math.ceilDiv(part.summary().exampleCount(), spec.batch());
      senders.add(new Sender(network, spec, part, epochs, tally));
    }
    this.total = batches * spec.epochs();
  }

  /// A replica that sends gradients.
  private static final class Sender {
    private final GradientCollector collector = new GradientCollector();
    private final Network copy;
    private final BatchPass pass;
    private final TrainSpec spec;
    private final Examples part;
    private final int epochs;
    private final EpochTally tally;
    private final Batch batch = new Batch();
    private int epoch;
    private long number;
    private double lossSum;
    private long lossCount;
    private long began;
    private ExampleReader reader;

    Sender(Network network, TrainSpec spec, Examples part, int epochs, EpochTally tally) {
      this.copy = network.copy(collector);
      this.pass = new BatchPass(copy, Team.single(), 0);
      this.spec = spec;
      this.part = part;
      this.epochs = epochs;
      this.tally = tally;
      this.reader = part.shuffled(Solo.order(spec, 0), 0);
    }

    boolean compute(int replica) {
      batch.clear();
      while (epoch < epochs && reader.read(batch, spec.batch()) == 0) {
        reader.close();
        tally.done(epoch, lossSum, lossCount, number - began);
        began = number;
        lossSum = 0;
        lossCount = 0;
        epoch++;
        if (epoch < epochs) {
          reader = part.shuffled(Solo.order(spec, epoch), 0);
        }
      }
      if (epoch == epochs || tally.isStopped()) {
        return false;
      }
      part.summary().evenOut(batch);
      copy.inputWeights().apply(batch);
      double loss = pass.train(batch, Solo.seed(spec, replica), number++, 1f, 1f);
      if (!Double.isFinite(loss)) {
        throw new IllegalStateException("the loss of a batch is not finite: a rate is too high");
      }
      lossSum += loss;
      lossCount += batch.exampleCount();
      return true;
    }
  }

  /// Computes the next gradient of a replica.
  ///
  /// @return whether there was one: false at the end
  boolean compute(int replica) {
    return senders.get(replica).compute(replica);
  }

  /// Steps the network by the latest gradient of a replica, and lets connections move.
  void take(int replica) {
    Sender sender = senders.get(replica);
    float rate = (float) spec.schedule().rate((double) steps / total);
    dropped += updates.apply(network, sender.copy, sender.collector, rate);
    if (network.evolver().isPresent()) {
      network
          .evolver()
          .get()
          .evolve(sender.pass.activities(network), spec.seed(), steps, network::apply);
    }
    steps++;
  }

  /// Brings a replica up to date.
  void pull(int replica) {
    senders.get(replica).copy.copyFrom(network);
  }

  long steps() {
    return steps;
  }

  long dropped() {
    return dropped;
  }
}
