package org.fovea.training.replica;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import org.fovea.data.Examples;
import org.fovea.network.Network;
import org.fovea.network.SparseConnections;
import org.fovea.spec.Replicas;
import org.fovea.spec.TrainSpec;
import org.fovea.topology.UnionAverage;
import org.fovea.training.TrainingException;
import org.fovea.training.optimizer.Updaters;

/// Trains a network by replicas, in two phases; see the package.
///
/// While gradients are shared, connections move as the network's evolution says, counted in its own
/// steps. When replicas train alone, each evolves after as many of its own steps as an epoch of its
/// part of the data has.
///
/// With `deterministic`, and in the second phase always, results have the same bits for any number
/// of threads; the order in which gradients arrive is otherwise left to chance.
///
/// **Differs** replicas and the network share memory, so nothing is sent; the optimizer of the
/// network goes on in each replica.
///
/// **Threads** [#run] is called once. **Cost** a copy of the network for each replica.
public final class ReplicaTraining {

  private final Network network;
  private final TrainSpec spec;
  private final Replicas replicas;
  private final int threads;
  private final EpochTally tally;
  private final List<Examples> parts;

  /// Hears of the epochs.
  @FunctionalInterface
  public interface Listener {

    /// All replicas have done an epoch. Called by one thread at a time.
    ///
    /// @param epoch epochs done
    /// @param steps of all replicas together
    /// @param loss mean over its examples
    void epochDone(int epoch, long steps, double loss);
  }

  /// @param network what is trained, prepared, with what moves its connections
  /// @param spec how; without replicas, [Replicas#defaults]
  /// @param examples training data
  /// @param threads that work
  /// @throws IllegalArgumentException if there are fewer examples than replicas
  public ReplicaTraining(
      Network network, TrainSpec spec, Examples examples, int threads, Listener listener) {
    this.network = network;
    this.spec = spec;
    this.replicas = spec.replicas().orElseGet(Replicas::defaults);
    this.threads = threads;
    this.parts = divide(examples);
    this.tally = new EpochTally(replicas.count(), listener);
  }

  /// Parts of the data of about the same size, one for each replica.
  private List<Examples> divide(Examples examples) {
    int count = replicas.count();
    if (examples.summary().exampleCount() < count) {
      throw new IllegalArgumentException(
          "%s examples cannot be split among %s replicas"
              .formatted(examples.summary().exampleCount(), count));
    }
    List<Examples> divided = new ArrayList<>();
    Examples rest = examples;
    for (int left = count; left > 1; left--) {
      Examples.HoldOut split = rest.holdOut(1.0 / left, spec.seed() + left);
      divided.add(split.validation());
      rest = split.training();
    }
    divided.add(rest);
    return divided;
  }

  /// Batches of all replicas together.
  public long batches() {
    long batches = 0;
    for (Examples part : parts) {
      batches += Math.ceilDiv(part.summary().exampleCount(), spec.batch());
    }
    return batches * spec.epochs();
  }

  /// Asks the run to end soon; what was learned is lost. Safe for any thread.
  public void requestStop() {
    tally.stop();
  }

  /// What a run did.
  ///
  /// @param steps gradients that the network took in the first phase
  /// @param dropped gradients of single connections that came too late
  /// @param loss mean over the examples of the last epoch
  /// @param finished false if it was asked to stop
  public record Result(long steps, long dropped, double loss, boolean finished) {}

  /// Trains to the end.
  ///
  /// @throws TrainingException if a thread fails or is interrupted
  public Result run() {
    int sharedEpochs = (int) Math.round(replicas.shared() * spec.epochs());
    SharedPhase shared = new SharedPhase(network, spec, parts, sharedEpochs, tally);
    ExecutorService executor =
        Executors.newFixedThreadPool(
            Math.min(threads, replicas.count()),
            Thread.ofPlatform().daemon().name("fovea-replica-", 0).factory());
    try {
      if (sharedEpochs > 0) {
        if (spec.deterministic()) {
          rounds(executor, shared);
        } else {
          freely(executor, shared);
        }
      }
      if (sharedEpochs < spec.epochs() && !tally.isStopped()) {
        alone(executor, sharedEpochs);
      }
    } finally {
      executor.shutdownNow();
    }
    return new Result(shared.steps(), shared.dropped(), tally.loss(), !tally.isStopped());
  }

  /// Every replica computes a gradient, all are taken in order, and so on.
  private void rounds(ExecutorService executor, SharedPhase shared) {
    List<Boolean> more = List.of(true);
    while (more.contains(true)) {
      more = all(executor, k -> () -> shared.compute(k));
      for (int k = 0; k < more.size(); k++) {
        if (more.get(k)) {
          shared.take(k);
        }
      }
      for (int k = 0; k < more.size(); k++) {
        shared.pull(k);
      }
    }
  }

  /// Every replica goes on as fast as it can.
  private void freely(ExecutorService executor, SharedPhase shared) {
    all(
        executor,
        k ->
            () -> {
              while (shared.compute(k)) {
                synchronized (shared) {
                  shared.take(k);
                  shared.pull(k);
                }
              }
              return true;
            });
  }

  private void alone(ExecutorService executor, int from) {
    List<Solo> solos = new ArrayList<>();
    for (int k = 0; k < replicas.count(); k++) {
      Updaters updaters = Updaters.unshared(spec);
      solos.add(new Solo(network.copy(updaters), updaters, spec, parts.get(k), k, from, tally));
    }
    all(
        executor,
        k ->
            () -> {
              solos.get(k).train();
              return true;
            });
    average(network, solos.stream().map(Solo::network).toList());
    solos.forEach(solo -> solo.network().close());
  }

  /// Replaces a network by the average of its replicas: every layer with connections as
  /// [UnionAverage] says, everything else number by number.
  ///
  /// @param target a network that the replicas are copies of
  public static void average(Network target, List<Network> replicas) {
    for (int i = 0; i < target.connections().size(); i++) {
      int layer = i;
      List<SparseConnections> copies =
          replicas.stream().map(replica -> replica.connections().get(layer)).toList();
      UnionAverage.average(target.connections().get(i), copies);
    }
    DenseAverage.average(target, replicas);
  }

  private <T> List<T> all(ExecutorService executor, IntFunction<Callable<T>> work) {
    List<Future<T>> running = new ArrayList<>();
    for (int k = 0; k < replicas.count(); k++) {
      running.add(executor.submit(work.apply(k)));
    }
    List<T> results = new ArrayList<>();
    for (Future<T> future : running) {
      try {
        results.add(future.get());
      } catch (ExecutionException e) {
        throw TrainingException.of("a replica", e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new TrainingException("training was interrupted", e);
      }
    }
    return results;
  }
}
