package org.fovea.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.fovea.data.Examples;
import org.fovea.model.Predecessor;
import org.fovea.spec.Stopping;
import org.fovea.training.RunOptions;
import org.fovea.training.TrainEvent;
import org.fovea.training.Trainer;
import org.fovea.training.TrainingRun;
import org.fovea.training.replica.ReplicaRun;

/// A training run as a command: shown, logged, stopped by signals, reported.
final class TrainingSession {

  /// Share of the training examples that choices are made with when no file of them is named.
  private static final double HELD_BACK = 0.1;

  private static final Pattern WHOLE = Pattern.compile("[0-9]{1,18}");

  private final TrainSettings settings;
  private final Configuration.Specs specs;
  private final TrainingData data;
  private final ModelPlace place;
  private final Console console;
  private final Curves curves = new Curves();

  /// @param specs what to train; when resumed, those of the checkpoint
  TrainingSession(
      TrainSettings settings,
      Configuration.Specs specs,
      TrainingData data,
      ModelPlace place,
      Console console) {
    this.settings = settings;
    this.specs = specs;
    this.data = data;
    this.place = place;
    this.console = console;
  }

  /// Trains from the beginning.
  ///
  /// @param earlier a model to begin with
  /// @return what came of it; nothing if it was stopped
  Optional<TrainingResult> start(Optional<Predecessor> earlier) {
    return run(false, earlier);
  }

  /// Goes on from a checkpoint.
  ///
  /// @return what came of it; nothing if it was stopped
  Optional<TrainingResult> resume() {
    return run(true, Optional.empty());
  }

  private Optional<TrainingResult> run(boolean resume, Optional<Predecessor> earlier) {
    Parts parts = parts();
    Ending ending = new Ending();
    try (EventLog log = new EventLog(logFile(), resume);
        ProgressDisplay display = new ProgressDisplay(console)) {
      Consumer<TrainEvent> shown = console.draws() ? display : new ProgressLines(console);
      List<Consumer<TrainEvent>> listeners = List.of(shown, log, curves, ending);
      Running run =
          running(
              setup(parts, earlier),
              event -> listeners.forEach(listener -> listener.accept(event)));
      try (StopSignal signal = StopSignal.watch(run.stop(), whenStopped(), console)) {
        boolean finished = trainAndClose(run, resume);
        display.clear();
        if (!signal.isAsked()) {
          writeCurves();
        }
        if (!finished) {
          console.warn(stopped());
          return Optional.empty();
        }
      }
    }
    settings.log().ifPresent(file -> console.say(file + ": the log of the run"));
    settings.curves().ifPresent(file -> console.say(file + ": the curves of the run"));
    return Optional.of(
        TrainingResult.of(place.directory(), ending, data.test(), TrainingJob.threads(settings)));
  }

  /// A run of one network or of replicas.
  ///
  /// @param train told whether to go on from a checkpoint
  private record Running(Function<Boolean, TrainingRun.Outcome> train, Runnable stop) {}

  private Running running(TrainingRun.Setup setup, Consumer<TrainEvent> listener) {
    Trainer.Clocks clocks = new Trainer.Clocks(System::nanoTime, ProcessorTime::seconds);
    if (specs.training().replicas().isPresent()) {
      ReplicaRun run = new ReplicaRun(setup, listener, clocks);
      return new Running(_ -> run.run(), run::requestStop);
    }
    TrainingRun run = new TrainingRun(setup, listener, clocks);
    return new Running(run::run, run::requestStop);
  }

  /// The network is let go of at once: reporting opens the model that was written.
  private static boolean trainAndClose(Running run, boolean resume) {
    TrainingRun.Outcome outcome = run.train().apply(resume);
    outcome.network().close();
    return outcome.finished();
  }

  private TrainingRun.Setup setup(Parts parts, Optional<Predecessor> earlier) {
    return new TrainingRun.Setup(
        specs.network(),
        specs.training(),
        parts.training(),
        data.howRead(),
        parts.validation(),
        data.names(),
        runOptions(),
        place.directory(),
        earlier);
  }

  /// The training examples and those for choices: from a file, or a tenth held back if a choice is
  /// to be made, or none.
  private Parts parts() {
    Optional<Examples> validation = data.validation();
    if (validation.isPresent() || !(specs.training().stopping() instanceof Stopping.Plateau)) {
      return new Parts(data.training(), validation);
    }
    console.say("a tenth of the training examples is held back, to see when to stop");
    Examples.HoldOut held = data.training().holdOut(HELD_BACK, specs.training().seed());
    return new Parts(held.training(), Optional.of(held.validation()));
  }

  private record Parts(Examples training, Optional<Examples> validation) {}

  private RunOptions runOptions() {
    RunOptions given = TrainingJob.options(settings);
    RunOptions usual = place.replaceable() ? given.replacing() : given;
    if (settings.checkpointEvery().isEmpty()) {
      return usual;
    }
    String text = settings.checkpointEvery().get();
    boolean batches = WHOLE.matcher(text).matches();
    if (batches != specs.training().deterministic()) {
      throw new UsageException(
          batches
              ? "--checkpoint-every: a time such as 10m was expected, '%s' came; batches are for --deterministic"
                  .formatted(text)
              : "--checkpoint-every: with --deterministic a number of batches was expected, '%s' came"
                  .formatted(text));
    }
    if (batches) {
      return usual.withCheckpoints(Long.parseLong(text), usual.checkpointInterval());
    }
    Duration interval = Sizes.parseDuration("--checkpoint-every", text);
    return usual.withCheckpoints(usual.checkpointBatches(), interval);
  }

  private Path logFile() {
    return settings.log().map(Path::of).orElse(place.directory().resolve("log.jsonl"));
  }

  private String whenStopped() {
    if (specs.training().replicas().isPresent()) {
      return "stopping: replicas leave no checkpoint, what they learned is lost ...";
    }
    return isKept() ? "stopping: a checkpoint is written first ..." : "stopping ...";
  }

  private String stopped() {
    if (specs.training().replicas().isPresent()) {
      return "stopped; replicas leave no checkpoint";
    }
    return isKept()
        ? "stopped; the checkpoint is in %s: the same command with --resume goes on from it"
            .formatted(place.directory())
        : "stopped; a fold leaves no checkpoint";
  }

  /// Whether what a run leaves stays: a fold's goes when it has been measured.
  private boolean isKept() {
    return settings.model().map(Path::of).equals(Optional.of(place.directory()));
  }

  /// A picture that cannot be drawn, for want of fonts say, is no reason to lose a model.
  private void writeCurves() {
    Path file = settings.curves().map(Path::of).orElse(place.directory().resolve("curves.png"));
    try {
      curves.write(file);
    } catch (RuntimeException | LinkageError e) {
      console.warn("the curves were not drawn: " + e.getMessage());
    }
  }

  /// Keeps how a run ended.
  static final class Ending implements Consumer<TrainEvent> {

    private Optional<TrainEvent.RunEnded> ended = Optional.empty();
    private Optional<TrainEvent.EpochDone> lastEpoch = Optional.empty();

    @Override
    public void accept(TrainEvent event) {
      if (event instanceof TrainEvent.RunEnded end) {
        ended = Optional.of(end);
      } else if (event instanceof TrainEvent.EpochDone done) {
        lastEpoch = Optional.of(done);
      }
    }

    Optional<TrainEvent.RunEnded> ended() {
      return ended;
    }

    Optional<TrainEvent.EpochDone> lastEpoch() {
      return lastEpoch;
    }
  }
}
