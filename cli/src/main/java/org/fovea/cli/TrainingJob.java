package org.fovea.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.fovea.data.DataSummary;
import org.fovea.model.ModelInfo;
import org.fovea.model.Predecessor;
import org.fovea.model.json.Json;
import org.fovea.model.json.SpecJson;
import org.fovea.spec.Residency;
import org.fovea.topology.Topologies;
import org.fovea.training.Plan;
import org.fovea.training.Planner;
import org.fovea.training.RunOptions;
import tools.jackson.databind.node.ObjectNode;

/// Training from what a user wants to a model directory: reads data, plans, checks that it fits,
/// trains, reports.
///
/// @param configuration what the user wants
/// @param mode how to go about it
record TrainingJob(Configuration configuration, Mode mode, Console console) {

  /// How to go about it.
  ///
  /// @param resume go on from a checkpoint, if there is one
  /// @param overwrite replace what is there
  /// @param dryRun only print the plan
  /// @param json print it as JSON
  record Mode(boolean resume, boolean overwrite, boolean dryRun, boolean json) {}

  /// Trains, or prints what would be trained.
  ///
  /// @return what came of it; nothing if it was stopped, or nothing was to be trained
  Optional<TrainingResult> run() {
    TrainSettings settings = configuration.settings();
    Optional<ModelPlace> place =
        settings.model().map(Path::of).map(path -> new ModelPlace(path, mode.overwrite()));
    if (place.isEmpty() && !mode.dryRun()) {
      throw new UsageException("--model DIR was expected: where the model goes");
    }
    options(settings);
    boolean begins = !mode.resume() && !mode.overwrite() && !mode.dryRun();
    if (begins) {
      place.orElseThrow().requireFree();
    }
    if (mode.resume() && !mode.dryRun()) {
      place.orElseThrow().requireResumable();
    }
    Path temporary =
        place.map(ModelPlace::beside).orElse(Path.of(System.getProperty("java.io.tmpdir")));
    try (EarlierModel earlier = EarlierModel.of(settings);
        TrainingData data = new TrainingData(settings, earlier.info(), temporary, console)) {
      return mode.dryRun() ? show(data, earlier) : train(data, earlier, place.orElseThrow());
    }
  }

  /// Cross-validates what would be trained.
  ///
  /// @param folds how many
  /// @return what came of it; nothing if it was stopped
  Optional<CrossValidation.Result> validate(int folds) {
    TrainSettings settings = configuration.settings();
    if (!(options(settings).labels() instanceof Residency.Heap)) {
      throw new UsageException("--folds trains with the rows of labels in the heap");
    }
    if (settings.earlierModel().isPresent()) {
      throw new UsageException("--folds trains anew each time: --from is not for it");
    }
    Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
    try (TrainingData data = new TrainingData(settings, Optional.empty(), temporary, console)) {
      PlanReport report = fresh(data, new EarlierModel(Optional.empty()));
      report.lines().forEach(console::say);
      memoryCheck(data).require(report.specs());
      return new CrossValidation(settings, report.specs(), data, folds, console).run();
    }
  }

  private Optional<TrainingResult> show(TrainingData data, EarlierModel earlier) {
    PlanReport report = fresh(data, earlier);
    if (mode.json()) {
      console.result(report.json().toString());
    } else {
      console.result(report.yaml(places(configuration.settings())));
    }
    console.flush();
    memoryCheck(data).require(report.specs());
    return Optional.empty();
  }

  private Optional<TrainingResult> train(
      TrainingData data, EarlierModel earlier, ModelPlace place) {
    Optional<ModelInfo> checkpoint = mode.resume() ? place.resumable(console) : Optional.empty();
    if (mode.resume() && checkpoint.isEmpty()) {
      console.say("there is no checkpoint yet: training starts from the beginning");
    }
    PlanReport report =
        checkpoint.map(info -> resumed(info, data)).orElseGet(() -> fresh(data, earlier));
    report.lines().forEach(console::say);
    memoryCheck(data).require(report.specs());
    TrainingSession session =
        new TrainingSession(configuration.settings(), report.specs(), data, place, console);
    return checkpoint.isPresent() ? session.resume() : session.start(earlier.predecessor());
  }

  /// What is chosen from the data, and over it what the user wants.
  private PlanReport fresh(TrainingData data, EarlierModel earlier) {
    if (earlier.predecessor().isPresent()) {
      return further(data, earlier.predecessor().get());
    }
    Plan plan = Planner.plan(data.training(), configuration.settings().seed().orElse(1L));
    Configuration.Specs planned = new Configuration.Specs(plan.network(), plan.training());
    Configuration.Specs wanted = data.fitted(configuration.over(planned));
    Topologies.notices(wanted.network()).forEach(console::warn);
    return report(data, plan, wanted);
  }

  /// What an earlier model was, and over it what the user wants.
  private PlanReport further(TrainingData data, Predecessor model) {
    DataSummary summary = data.training().summary();
    Configuration.Specs planned = EarlierModel.specs(model.info(), summary);
    Configuration.Specs wanted = data.fitted(configuration.over(planned));
    if (wanted.network().shapedAs(model.info().network()).isEmpty()) {
      throw new CommandException(
          "%s: layers and the weighting of the input cannot change when training goes on with a model"
              .formatted(model.path()));
    }
    EarlierModel.unseen(model.info(), summary).ifPresent(console::warn);
    return report(data, EarlierModel.plan(model, planned, wanted), wanted);
  }

  /// What the checkpoint says, whatever the user wants.
  private PlanReport resumed(ModelInfo checkpoint, TrainingData data) {
    Configuration.Specs specs =
        new Configuration.Specs(checkpoint.network(), checkpoint.training());
    Plan plan =
        new Plan(specs.network(), specs.training(), List.of("everything as in the checkpoint"));
    return report(data, plan, specs);
  }

  private PlanReport report(TrainingData data, Plan plan, Configuration.Specs specs) {
    return new PlanReport(
        data.training().summary(), data.classes(), plan, specs, memoryCheck(data).estimate(specs));
  }

  private MemoryCheck memoryCheck(TrainingData data) {
    return data.memoryCheck(options(configuration.settings()));
  }

  /// Threads that work, and where the rows of labels are.
  static RunOptions options(TrainSettings settings) {
    return RunOptions.threads(threads(settings)).withLabels(ResidencyOptions.training(settings));
  }

  /// Threads that work.
  static int threads(TrainSettings settings) {
    int threads = settings.threads().orElse(Runtime.getRuntime().availableProcessors());
    if (threads < 1 || threads > 1024) {
      throw new UsageException("--threads: 1 to 1024 was expected, " + threads + " came");
    }
    return threads;
  }

  /// The settings that specs do not hold: what to read and write.
  private static ObjectNode places(TrainSettings settings) {
    ObjectNode all = (ObjectNode) SpecJson.write(settings, TrainSettings.class);
    ObjectNode places = Json.object();
    List<String> specific =
        List.of(
            "hidden",
            "loss",
            "selection",
            "optimizer",
            "epochs",
            "batch",
            "rate",
            "seed",
            "deterministic",
            "replicas");
    all.properties()
        .forEach(property -> {
          if (!property.getValue().isNull() && !specific.contains(property.getKey())) {
            places.set(property.getKey(), property.getValue());
          }
        });
    return places;
  }
}
