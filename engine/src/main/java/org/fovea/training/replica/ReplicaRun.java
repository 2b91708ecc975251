package org.fovea.training.replica;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.fovea.data.Examples;
import org.fovea.model.files.ModelStore;
import org.fovea.network.Network;
import org.fovea.spec.LayerSpec;
import org.fovea.spec.NetworkSpec;
import org.fovea.spec.Pruning;
import org.fovea.spec.TrainSpec;
import org.fovea.training.Evaluator;
import org.fovea.training.ModelCheckpointer;
import org.fovea.training.Preparation;
import org.fovea.training.RunState;
import org.fovea.training.SuspendedLabels;
import org.fovea.training.TrainEvent;
import org.fovea.training.Trainer;
import org.fovea.training.TrainingException;
import org.fovea.training.TrainingRun;
import org.fovea.training.metric.MeasureSpec;
import org.fovea.training.metric.Measures;
import org.fovea.training.optimizer.Updaters;

/// A training run by replicas, from data to a model directory, as [TrainingRun] is one of a single
/// network.
///
/// It leaves no checkpoints: replicas that train alone are worth something only together.
/// Validation data are measured at the end.
///
/// **Threads** [#run] is called once; [#requestStop] by any thread.
public final class ReplicaRun {

  private final TrainingRun.Setup setup;
  private final Consumer<TrainEvent> listener;
  private final Trainer.Clocks clocks;
  private final long startNanos;
  private final double startCpu;
  private volatile Optional<ReplicaTraining> running = Optional.empty();
  private volatile boolean stopRequested;
  private long epochNanos;
  private double epochCpu;

  /// A run that has not begun.
  ///
  /// @throws IllegalArgumentException if examples may have features or labels that the network does
  ///   not have
  /// @throws TrainingException if the network is of a kind that replicas cannot train, there are no
  ///   training examples, or none has a label
  public ReplicaRun(TrainingRun.Setup setup, Consumer<TrainEvent> listener, Trainer.Clocks clocks) {
    requireSparse(setup.network());
    setup.requireFitting();
    SuspendedLabels.require(
        setup.network(), setup.training(), setup.data().summary(), setup.options().labels());
    this.setup = setup;
    this.listener = listener;
    this.clocks = clocks;
    this.startNanos = clocks.nanoTime().getAsLong();
    this.startCpu = clocks.cpuSeconds().getAsDouble();
    this.epochNanos = startNanos;
    this.epochCpu = startCpu;
  }

  private static void requireSparse(NetworkSpec network) {
    if (!network.isSparse()) {
      throw new TrainingException("replicas train sparse networks, and no layer here is sparse");
    }
    for (LayerSpec layer : network.hidden()) {
      if (layer instanceof LayerSpec.Sparse sparse && !(sparse.pruning() instanceof Pruning.None)) {
        throw new TrainingException(
            "replicas keep their neurons, so that they can be averaged: pruning must be none");
      }
    }
  }

  /// Asks the run to end soon. What was learned is lost.
  public void requestStop() {
    stopRequested = true;
    running.ifPresent(ReplicaTraining::requestStop);
  }

  /// Trains and writes the model.
  ///
  /// @return the state counts the steps of all replicas
  /// @throws TrainingException if the network cannot be copied, a replica fails, or a model would
  ///   be replaced without [org.fovea.training.RunOptions#replacing]
  public TrainingRun.Outcome run() {
    try (ModelStore store = ModelStore.open(setup.directory())) {
      setup.takeDirectory(store);
      Network network = prepared();
      RunState state = trained(network);
      boolean finished = state.epoch() == setup.training().epochs();
      if (finished) {
        Measures measures =
            setup.validation().map(data -> measure(data, network)).orElseGet(Measures::none);
        new ModelCheckpointer(
                store,
                network,
                setup.info(network.spec(), setup.training()),
                setup.validation(),
                listener,
                clocks.nanoTime())
            .keep(state, measures);
      }
      ended(state, finished);
      return new TrainingRun.Outcome(network, state, finished);
    }
  }

  private Network prepared() {
    Preparation preparation =
        new Preparation(
            setup.network(), setup.training(), setup.data(), Updaters.unshared(setup.training()));
    return setup.warmStart().isPresent()
        ? preparation.warmStart(setup.warmStart().get())
        : preparation.prepare();
  }

  private RunState trained(Network network) {
    TrainSpec spec = setup.training();
    long examples = setup.data().summary().exampleCount();
    try {
      ReplicaTraining training =
          new ReplicaTraining(
              network, spec, setup.data(), setup.options().threads(), this::epochDone);
      listener.accept(
          new TrainEvent.RunStarted(
              examples,
              spec.epochs(),
              training.batches(),
              0,
              network.parameterCount(),
              setup.options().threads()));
      running = Optional.of(training);
      if (stopRequested) {
        training.requestStop();
      }
      ReplicaTraining.Result result = training.run();
      int epochs = result.finished() ? spec.epochs() : 0;
      return new RunState(epochs, 0, training.batches(), 0, 0, -1, 0, 0, 0, 0, 0);
    } catch (IllegalArgumentException e) {
      throw new TrainingException("replicas: " + e.getMessage(), e);
    }
  }

  private void epochDone(int epoch, long steps, double loss) {
    long nanos = clocks.nanoTime().getAsLong();
    double cpu = clocks.cpuSeconds().getAsDouble();
    listener.accept(
        new TrainEvent.EpochDone(
            epoch,
            steps,
            loss,
            Measures.none(),
            0,
            0,
            0,
            Duration.ofNanos(nanos - startNanos),
            Duration.ofNanos(nanos - epochNanos),
            cpu - epochCpu));
    epochNanos = nanos;
    epochCpu = cpu;
  }

  private Measures measure(Examples data, Network network) {
    return new Evaluator(data, MeasureSpec.at(1, 3, 5), setup.options().threads())
        .evaluate(network);
  }

  private void ended(RunState state, boolean finished) {
    listener.accept(
        new TrainEvent.RunEnded(
            state.batch(),
            finished ? TrainEvent.RunEnded.Reason.FINISHED : TrainEvent.RunEnded.Reason.STOPPED,
            Duration.ofNanos(clocks.nanoTime().getAsLong() - startNanos),
            clocks.cpuSeconds().getAsDouble() - startCpu,
            0));
  }
}
