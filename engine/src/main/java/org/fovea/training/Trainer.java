package org.fovea.training;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import org.fovea.data.ExampleReader;
import org.fovea.data.Examples;
import org.fovea.network.Network;
import org.fovea.network.Selector;
import org.fovea.network.WorkCount;
import org.fovea.spec.NetworkSpec;
import org.fovea.spec.Stopping;
import org.fovea.spec.TrainSpec;
import org.fovea.topology.Pruner;
import org.fovea.training.TrainEvent.RunEnded.Reason;
import org.fovea.training.metric.Measures;
import org.fovea.training.optimizer.Updaters;

/// Trains a network.
///
/// An epoch is cut into segments, between which nothing moves: there checkpoints are written and
/// measures taken.
///
/// **Threads** [#run] is called once; [#requestStop] by any thread.
public final class Trainer {

  private final Network network;
  private final TrainSpec spec;
  private final Updaters updaters;
  private final Examples training;
  private final Optional<Validation> validation;
  private final RunOptions options;
  private final Checkpointer checkpointer;
  private final Consumer<TrainEvent> listener;
  private final Clocks clocks;
  private final AtomicBoolean stopRequested = new AtomicBoolean();
  private volatile Optional<Segment> running = Optional.empty();
  private final LossWatch losses;
  private final Optional<Pruner> pruner;

  /// @param updaters those that the network was made with
  /// @param validation what to measure after each epoch
  /// @param listener is told what happens
  /// @throws IllegalArgumentException if examples may have features or labels that the network does
  ///   not have
  /// @throws TrainingException if there are no examples, or none has a label
  public Trainer(
      Network network,
      TrainSpec spec,
      Updaters updaters,
      Examples training,
      Optional<Validation> validation,
      RunOptions options,
      Checkpointer checkpointer,
      Consumer<TrainEvent> listener,
      Clocks clocks) {
    FittingData.requireLearnable(network.spec(), training);
    this.network = network;
    this.spec = spec;
    this.updaters = updaters;
    this.training = training;
    this.validation = validation;
    this.options = options;
    this.checkpointer = checkpointer;
    this.listener = listener;
    this.clocks = clocks;
    this.pruner = Pruner.create(network.spec());
    this.losses = new LossWatch(training.summary(), network.spec().output().loss());
  }

  /// The clocks that a run reads.
  ///
  /// @param nanoTime wall time
  /// @param cpuSeconds processor time of the whole process
  public record Clocks(LongSupplier nanoTime, DoubleSupplier cpuSeconds) {}

  /// Data to measure on after each epoch.
  ///
  /// @param measure name of the measure that decides, `"P@1"` say
  public record Validation(Evaluator evaluator, String measure) {}

  /// Where and why a run ended.
  public record Result(RunState state, Reason reason) {}

  /// Asks the run to write a checkpoint and end soon.
  public void requestStop() {
    stopRequested.set(true);
    running.ifPresent(Segment::stop);
  }

  /// Trains from a state to the end.
  ///
  /// @param from where to begin; [RunState#start] unless resumed
  /// @return where and why it ended
  /// @throws DivergedException if losses or gradients are not finite for several batches in a row,
  ///   if the loss stays far above that of knowing nothing, or if a parameter is not finite: then
  ///   nothing is kept, and the last checkpoint is the one before
  public Result run(RunState from) {
    long perEpoch = Math.ceilDiv(training.summary().exampleCount(), spec.batch());
    long total = perEpoch * spec.epochs();
    updaters
        .objection(total)
        .ifPresent(why -> {
          throw new TrainingException(why);
        });
    ProgressReport report = new ProgressReport(listener, clocks.nanoTime(), total, from.batch());
    SelectionWatch selection = new SelectionWatch(network, training, spec.seed(), listener);
    RowsWatch rows = new RowsWatch(network, listener);
    double cpuStart = clocks.cpuSeconds().getAsDouble();
    Safekeeping keeping =
        new Safekeeping(network, checkpointer, losses, spec.schedule().peak(), from);
    recordInputs(from.epoch());
    listener.accept(
        new TrainEvent.RunStarted(
            training.summary().exampleCount(),
            spec.epochs(),
            total,
            from.batch(),
            network.parameterCount(),
            options.threads()));
    RunState state = from;
    Reason reason = Reason.FINISHED;
    try (Workers workers = newWorkers(total)) {
      while (state.epoch() < spec.epochs() && reason == Reason.FINISHED) {
        report.epoch(state.epoch());
        EpochClock clock = new EpochClock(clocks, report);
        state = epoch(state, workers, total, new Told(report, selection, keeping));
        if (stopRequested.get() && state.batchInEpoch() < perEpoch) {
          reason = Reason.STOPPED;
        } else {
          selection.measure(state.batch());
          state = endEpoch(state, clock, keeping);
          rows.measure(state.batch());
          recordInputs(state.epoch());
          if (plateau(state)) {
            reason = Reason.PLATEAU;
          } else if (stopRequested.get() && state.epoch() < spec.epochs()) {
            reason = Reason.STOPPED;
          }
          if (state.epoch() < spec.epochs()) {
            prune(state, reason, workers, report);
            keeping.checkpoint(state);
          }
        }
      }
    }
    finish(state, reason, keeping);
    listener.accept(
        new TrainEvent.RunEnded(
            state.batch(),
            reason,
            report.elapsed(),
            clocks.cpuSeconds().getAsDouble() - cpuStart,
            state.skippedSteps()));
    return new Result(state, reason);
  }

  /// Removes neurons whose time has come, unless the run ends here.
  private void prune(RunState state, Reason reason, Workers workers, ProgressReport report) {
    if (pruner.isEmpty() || reason == Reason.PLATEAU) {
      return;
    }
    List<ProgressReport.LayerSize> before = ProgressReport.LayerSize.of(network);
    if (pruner.get().prune(network, state.epoch())) {
      workers.renew();
      report.pruned(state.batch(), network, before);
    }
  }

  private void recordInputs(int epoch) {
    if (network.evolver().isPresent() && network.inputHistory().isPresent()) {
      network.inputHistory().get().record(epoch);
    }
  }

  /// Whether a run gives one batch at a time to a team, instead of batches to workers that step the
  /// same rows.
  static boolean isOneTeam(TrainSpec training, NetworkSpec network) {
    // connections move between the phases of one team, never under other workers
    return training.deterministic() || network.isSparse();
  }

  private Workers newWorkers(long total) {
    return isOneTeam(spec, network.spec())
        ? new DeterministicWorker(network, spec, updaters, options.threads(), total)
        : new AsynchronousWorkers(network, spec, updaters, options.threads(), total);
  }

  /// Who follows an epoch.
  private record Told(ProgressReport report, SelectionWatch selection, Safekeeping keeping) {}

  private RunState epoch(RunState from, Workers workers, long total, Told told) {
    RunState state = from;
    long skip = from.batchInEpoch() * spec.batch();
    WorkCount before = workers.work();
    try (ExampleReader reader =
        training.shuffled(spec.seed() + 0x9E3779B97F4A7C15L * (from.epoch() + 1), skip)) {
      Segment segment =
          new Segment(reader, training.summary(), spec, total, state, losses, told.report());
      running = Optional.of(segment);
      while (!segment.epochEnded()) {
        runSegment(segment, workers);
        state = segment.state(from, batch -> workSince(from, workers.work(), before));
        if (segment.failure().isPresent()) {
          throw told.keeping().diverged(state, segment.failure().get());
        }
        if (stopRequested.get()) {
          told.keeping().write(state);
          break;
        }
        if (state.batchInEpoch() < total / spec.epochs()) {
          told.selection().measure(state.batch());
          told.keeping().checkpoint(state);
        }
      }
    } finally {
      running = Optional.empty();
    }
    return state;
  }

  private void runSegment(Segment segment, Workers workers) {
    if (spec.deterministic()) {
      segment.extend(options.checkpointBatches(), Duration.ofDays(1_000));
    } else {
      segment.extend(Long.MAX_VALUE / 2, options.checkpointInterval());
    }
    if (stopRequested.get()) {
      segment.stop();
    }
    workers.run(segment);
  }

  private static long[] workSince(RunState from, WorkCount now, WorkCount before) {
    return new long[] {
      from.multiplyAdds() + now.done() - before.done(),
      from.selectionMultiplyAdds() + now.selection() - before.selection(),
      from.denseMultiplyAdds() + now.dense() + now.absent() - before.dense() - before.absent()
    };
  }

  private RunState endEpoch(RunState state, EpochClock clock, Safekeeping keeping) {
    Measures measures = measure();
    double value = validation.map(data -> measures.value(data.measure())).orElse(Double.NaN);
    double margin = spec.stopping() instanceof Stopping.Plateau(int _, double m) ? m : 0;
    boolean better = value > state.best() + (state.best() < 0 ? 0 : margin);
    listener.accept(
        new TrainEvent.EpochDone(
            state.epoch() + 1,
            state.batch(),
            state.lossSum() / Math.max(1, state.lossCount()),
            measures,
            state.multiplyAdds(),
            state.selectionMultiplyAdds(),
            state.denseMultiplyAdds(),
            clock.sinceStartOfRun(),
            clock.took(),
            clock.cpuSeconds()));
    RunState next =
        new RunState(
            state.epoch() + 1,
            0,
            state.batch(),
            0,
            0,
            better ? value : state.best(),
            better ? 0 : state.epochsSinceBest() + 1,
            state.skippedSteps(),
            state.multiplyAdds(),
            state.selectionMultiplyAdds(),
            state.denseMultiplyAdds());
    if (better && spec.stopping() instanceof Stopping.Plateau) {
      keeping.keep(next, measures);
    }
    return next;
  }

  private Measures measure() {
    return validation.map(data -> data.evaluator().evaluate(network)).orElseGet(Measures::none);
  }

  private boolean plateau(RunState state) {
    return spec.stopping() instanceof Stopping.Plateau(int patience, double _)
        && state.epochsSinceBest() >= patience;
  }

  private void finish(RunState state, Reason reason, Safekeeping keeping) {
    if (reason == Reason.STOPPED) {
      return;
    }
    if (losses.endedLost()) {
      throw keeping.diverged(state, losses.complaint());
    }
    updaters.finishAveraging();
    network.selectors().forEach(Selector::refresh);
    Measures measures = measure();
    boolean keepsBest = spec.stopping() instanceof Stopping.Plateau && validation.isPresent();
    if (!keepsBest || measures.value(validation.orElseThrow().measure()) > state.best()) {
      keeping.keep(state, measures);
    }
  }
}
