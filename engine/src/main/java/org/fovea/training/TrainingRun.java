package org.fovea.training;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.fovea.data.DataSummary;
import org.fovea.data.Examples;
import org.fovea.data.Names;
import org.fovea.model.DataReading;
import org.fovea.model.ModelInfo;
import org.fovea.model.Predecessor;
import org.fovea.model.files.Checkpoint;
import org.fovea.model.files.CheckpointStore;
import org.fovea.model.files.ModelStore;
import org.fovea.model.json.SpecJson;
import org.fovea.network.Network;
import org.fovea.network.SuspendedRows;
import org.fovea.spec.Balancing;
import org.fovea.spec.Loss;
import org.fovea.spec.NetworkSpec;
import org.fovea.spec.TrainSpec;
import org.fovea.training.metric.MeasureSpec;
import org.fovea.training.optimizer.Updaters;

/// A training run from data to a model directory: prepares or resumes a network, trains it, and
/// leaves the model.
///
/// **Threads** [#run] is called once; [#requestStop] by any thread, a shutdown hook for instance.
public final class TrainingRun {

  private static final String MEASURE = "P@1";

  private final Setup setup;
  private final Consumer<TrainEvent> listener;
  private final Trainer.Clocks clocks;
  private volatile Optional<Trainer> trainer = Optional.empty();
  private volatile boolean stopRequested;

  /// What a run needs.
  ///
  /// @param network what to train
  /// @param training how
  /// @param data training data
  /// @param reading how it was read, kept in the model
  /// @param validation data that choices use, if choices are made
  /// @param names names of labels and features, kept in the model
  /// @param options threads and checkpoints
  /// @param directory model directory
  /// @param warmStart model whose parameters to begin with; stays open until the run has begun
  public record Setup(
      NetworkSpec network,
      TrainSpec training,
      Examples data,
      DataReading reading,
      Optional<Examples> validation,
      Names names,
      RunOptions options,
      Path directory,
      Optional<Predecessor> warmStart) {

    /// With data of which nobody knows how it was read.
    public Setup(
        NetworkSpec network,
        TrainSpec training,
        Examples data,
        Optional<Examples> validation,
        Names names,
        RunOptions options,
        Path directory,
        Optional<Predecessor> warmStart) {
      this(
          network,
          training,
          data,
          DataReading.unknown(),
          validation,
          names,
          options,
          directory,
          warmStart);
    }

    /// Requires that the network can read the examples, and learn from them.
    ///
    /// @throws IllegalArgumentException if examples may have features or labels that the network
    ///   does not have
    /// @throws TrainingException if there are no training examples, or none has a label
    public void requireFitting() {
      FittingData.requireLearnable(network, data);
      validation.ifPresent(examples -> FittingData.require(network, examples));
    }

    /// Takes the directory for a run that begins anew.
    ///
    /// @throws TrainingException if there is a model or an unfinished run, and the options do not
    ///   say that it is replaced
    public void takeDirectory(ModelStore store) {
      CheckpointStore checkpoints = store.checkpoints(2);
      if (options.replaces()) {
        // nobody shall resume from them
        checkpoints.clear();
      } else if (store.hasModel() || !checkpoints.isEmpty()) {
        throw new TrainingException(
            "%s: there is %s already, and the options of this run do not say that it is replaced"
                .formatted(directory, store.hasModel() ? "a model" : "an unfinished run"));
      }
    }

    /// What a model of the run tells, beside its parameters.
    ///
    /// @param spec of the network
    /// @param run how it is trained
    public ModelInfo info(NetworkSpec spec, TrainSpec run) {
      DataSummary summary = data.summary();
      ModelInfo.Provenance provenance =
          new ModelInfo.Provenance(
              summary.name(),
              summary.contentDigest(),
              summary.exampleCount(),
              // features that are reconstructed have no frequencies
              spec.output().loss() instanceof Loss.Reconstruction
                  ? new long[spec.output().labels()]
                  : summary.labelFrequencies().toArray(),
              OptionalLong.of(summary.featureEntryCount()),
              reading);
      return new ModelInfo(
          spec,
          run,
          warmStart.map(model -> provenance.after(model.info().data())).orElse(provenance),
          names,
          Map.of());
    }
  }

  /// How a run ended.
  ///
  /// @param network as trained; closed by the caller
  /// @param finished false if it was asked to stop: there is a checkpoint, but no model
  public record Outcome(Network network, RunState state, boolean finished) {}

  /// A run that has not begun.
  ///
  /// @throws IllegalArgumentException if examples may have features or labels that the network does
  ///   not have
  /// @throws TrainingException if there are no training examples, or none has a label
  public TrainingRun(Setup setup, Consumer<TrainEvent> listener, Trainer.Clocks clocks) {
    setup.requireFitting();
    this.setup = setup;
    this.listener = listener;
    this.clocks = clocks;
  }

  /// Asks the run to write a checkpoint and end.
  public void requestStop() {
    stopRequested = true;
    trainer.ifPresent(Trainer::requestStop);
  }

  /// Trains from the beginning, or from the latest sound checkpoint.
  ///
  /// @param resume whether to go on from a checkpoint
  /// @throws TrainingException if there is no checkpoint to resume from, or it does not fit the
  ///   data; or if a run that begins anew would replace a model, or an unfinished run, without
  ///   [RunOptions#replacing]
  public Outcome run(boolean resume) {
    try (ModelStore store = ModelStore.open(setup.directory())) {
      return resume ? resume(store) : start(store);
    }
  }

  private Outcome start(ModelStore store) {
    setup.takeDirectory(store);
    Updaters updaters = updaters(setup.training(), setup.network());
    Parts parts = parts(setup.training());
    Preparation preparation =
        new Preparation(
            setup.network(),
            setup.training(),
            parts.training(),
            updaters,
            rows(setup.network(), setup.training()));
    Network network =
        setup.warmStart().isPresent()
            ? preparation.warmStart(setup.warmStart().get())
            : preparation.prepare();
    ModelInfo info = setup.info(setup.network(), setup.training());
    return train(store, network, info, updaters, parts, RunState.start());
  }

  private Outcome resume(ModelStore store) {
    try (Checkpoint checkpoint =
        store
            .checkpoints(2)
            .latest()
            .orElseThrow(() ->
                new TrainingException(
                    setup.directory() + ": there is no checkpoint to resume from"))) {
      ModelInfo info = ModelInfo.read(checkpoint.model());
      String digest = setup.data().summary().contentDigest();
      if (!info.data().digest().equals(digest)) {
        throw new TrainingException(
            "%s: the checkpoint was trained on %s with digest %.12s, not on %s with digest %.12s"
                .formatted(
                    setup.directory(),
                    info.data().name(),
                    info.data().digest(),
                    setup.data().summary().name(),
                    digest));
      }
      RunState state =
          SpecJson.read(checkpoint.model().section(ModelCheckpointer.STATE), RunState.class);
      Updaters updaters = updaters(info.training(), info.network());
      Parts parts = parts(info.training());
      Network network =
          new Preparation(
                  info.network(),
                  info.training(),
                  parts.training(),
                  updaters,
                  rows(info.network(), info.training()))
              .resume(checkpoint.model());
      // what the network was trained on before stays known
      ModelInfo told =
          new ModelInfo(info.network(), info.training(), info.data(), setup.names(), Map.of());
      return train(store, network, told, updaters, parts, state);
    }
  }

  private Updaters updaters(TrainSpec training, NetworkSpec network) {
    return Trainer.isOneTeam(training, network) || setup.options().threads() == 1
        ? Updaters.unshared(training)
        : new Updaters(training);
  }

  private Optional<SuspendedRows.Opener> rows(NetworkSpec network, TrainSpec training) {
    return SuspendedLabels.opener(
        network, training, setup.data().summary(), setup.options().labels(), setup.directory());
  }

  private Outcome train(
      ModelStore store,
      Network network,
      ModelInfo info,
      Updaters updaters,
      Parts parts,
      RunState from) {
    TrainSpec training = info.training();
    Checkpointer keeper =
        new ModelCheckpointer(
            store,
            network,
            info,
            parts.unseen().or(setup::validation),
            listener,
            clocks.nanoTime());
    Optional<BalancedCheckpointer> balanced =
        parts.unseen().map(unseen -> balanced(keeper, network, parts.training(), unseen));
    Trainer running =
        new Trainer(
            network,
            training,
            updaters,
            parts.training(),
            setup.validation().map(this::validation),
            setup.options(),
            balanced.isPresent() ? balanced.get() : keeper,
            listener,
            clocks);
    trainer = Optional.of(running);
    if (stopRequested) {
      running.requestStop();
    }
    boolean ended = false;
    try {
      Trainer.Result result = running.run(from);
      balanced.ifPresent(end -> end.end(result.state()));
      ended = true;
      return new Outcome(
          network, result.state(), result.reason() != TrainEvent.RunEnded.Reason.STOPPED);
    } finally {
      if (!ended) {
        network.close();
      }
    }
  }

  /// What to train on, and what training must not see because balancing needs it.
  private record Parts(Examples training, Optional<Examples> unseen) {}

  private Parts parts(TrainSpec training) {
    if (!(training.balancing() instanceof Balancing.HeldBack(double share, int most))) {
      return new Parts(setup.data(), Optional.empty());
    }
    if (setup.validation().isPresent()) {
      return new Parts(setup.data(), setup.validation());
    }
    long examples = setup.data().summary().exampleCount();
    Examples.HoldOut held =
        setup.data().holdOut(Math.min(share, (double) most / examples), training.seed());
    return held.validation().summary().exampleCount() == 0
        ? new Parts(setup.data(), Optional.empty())
        : new Parts(held.training(), Optional.of(held.validation()));
  }

  private BalancedCheckpointer balanced(
      Checkpointer keeper, Network network, Examples seen, Examples unseen) {
    return new BalancedCheckpointer(
        keeper,
        network,
        unseen,
        seen.summary().labelFrequencies().toArray(),
        setup.validation().map(this::evaluator),
        listener);
  }

  private Trainer.Validation validation(Examples examples) {
    return new Trainer.Validation(evaluator(examples), MEASURE);
  }

  private Evaluator evaluator(Examples examples) {
    return new Evaluator(examples, MeasureSpec.at(1, 3, 5), setup.options().threads());
  }
}
