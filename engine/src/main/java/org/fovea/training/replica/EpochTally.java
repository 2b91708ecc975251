package org.fovea.training.replica;

import java.util.ArrayList;
import java.util.List;

/// Adds up what replicas did in each epoch, and tells of it once all have done it.
///
/// **Threads** safe.
final class EpochTally {

  private final int replicas;
  private final ReplicaTraining.Listener listener;
  private final List<Epoch> epochs = new ArrayList<>();
  private long steps;
  private double latest = Double.NaN;
  private volatile boolean stopped;

  /// What is known of an epoch.
  ///
  /// @param replicas that have done it
  private record Epoch(int replicas, double loss, long examples, long steps) {}

  EpochTally(int replicas, ReplicaTraining.Listener listener) {
    this.replicas = replicas;
    this.listener = listener;
  }

  /// A replica has done an epoch, counted from 0.
  ///
  /// @param loss sum over its examples
  synchronized void done(int epoch, double loss, long examples, long newSteps) {
    while (epochs.size() <= epoch) {
      epochs.add(new Epoch(0, 0, 0, 0));
    }
    Epoch before = epochs.get(epoch);
    Epoch after =
        new Epoch(
            before.replicas() + 1,
            before.loss() + loss,
            before.examples() + examples,
            before.steps() + newSteps);
    epochs.set(epoch, after);
    if (after.replicas() == replicas) {
      steps += after.steps();
      latest = after.loss() / Math.max(1, after.examples());
      listener.epochDone(epoch + 1, steps, latest);
    }
  }

  /// Mean loss of the latest epoch that all have done.
  synchronized double loss() {
    return latest;
  }

  void stop() {
    stopped = true;
  }

  boolean isStopped() {
    return stopped;
  }
}
