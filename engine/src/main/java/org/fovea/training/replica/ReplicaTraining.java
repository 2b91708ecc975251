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
  private final List<Examples> parts;

  /// @param network what is trained, prepared, with what moves its connections
  /// @param spec how; its number of threads and its mode are those of `replicas`
  /// @param examples training data
  public ReplicaTraining(Network network, TrainSpec spec, Examples examples, Replicas replicas) {
    this.network = network;
    this.spec = spec;
    this.replicas = replicas;
    this.parts = replicas.divide(examples, spec.seed());
  }

  /// What a run did.
  ///
  /// @param steps gradients that the network took in the first phase
  /// @param dropped gradients of single connections that came too late
  /// @param loss mean over the examples of the last epoch
  public record Result(long steps, long dropped, double loss) {}

  /// Trains to the end.
  ///
  /// @throws TrainingException if a thread fails or is interrupted
  public Result run() {
    int sharedEpochs = (int) Math.round(replicas.shared() * spec.epochs());
    SharedPhase shared = new SharedPhase(network, spec, parts, sharedEpochs);
    double loss = Double.NaN;
    ExecutorService executor =
        Executors.newFixedThreadPool(
            Math.min(replicas.threads(), replicas.count()),
            Thread.ofPlatform().daemon().name("fovea-replica-", 0).factory());
    try {
      if (sharedEpochs > 0) {
        loss = replicas.deterministic() ? rounds(executor, shared) : freely(executor, shared);
      }
      if (sharedEpochs < spec.epochs()) {
        loss = alone(executor, sharedEpochs);
      }
    } finally {
      executor.shutdownNow();
    }
    return new Result(shared.steps(), shared.dropped(), loss);
  }

  /// Every replica computes a gradient, all are taken in order, and so on.
  private double rounds(ExecutorService executor, SharedPhase shared) {
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
    return shared.loss();
  }

  /// Every replica goes on as fast as it can.
  private double freely(ExecutorService executor, SharedPhase shared) {
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
    return shared.loss();
  }

  private double alone(ExecutorService executor, int from) {
    List<Solo> solos = new ArrayList<>();
    for (int k = 0; k < replicas.count(); k++) {
      Updaters updaters = new Updaters(spec);
      solos.add(new Solo(network.copy(updaters), updaters, spec, parts.get(k), k, from));
    }
    List<Double> losses = all(executor, k -> () -> solos.get(k).train());
    average(network, solos.stream().map(Solo::network).toList());
    solos.forEach(solo -> solo.network().close());
    double sum = 0;
    for (double loss : losses) {
      sum += loss;
    }
    return sum / losses.size();
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
