package org.fovea.cli;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.node.ObjectNode;

/// `fovea train`: from data to a model directory.
@Command(
    name = "train",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    description = {
      "Trains a network and writes a model directory.",
      "What is not said is chosen from the data, and printed. Options override the file, the file"
          + " overrides the choice."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  fovea train --train train.txt.gz --test test.txt.gz --model model",
      "  fovea train --train train.txt.gz --dry-run > config.yaml",
      "  fovea train --train table.csv --folds 5",
      "  fovea train config.yaml --model model --epochs 3",
      "  fovea train config.yaml --model model --resume"
    })
final class TrainCommand implements Callable<Integer> {

  private final Console console;
  private Optional<CommandSpec> spec = Optional.empty();
  private Optional<Path> file = Optional.empty();

  @Option(names = "--resume", description = "go on from the latest checkpoint in the model")
  private boolean resume;

  @Option(
      names = "--overwrite",
      description = "replace a model, or an unfinished run, that is there")
  private boolean overwrite;

  @Option(
      names = "--dry-run",
      description = "print the plan, as a configuration, and what memory it takes; train nothing")
  private boolean dryRun;

  @Option(
      names = "--folds",
      paramLabel = "K",
      description = "cross-validate: train K times without a Kth, measure on it; writes no model")
  private Optional<Integer> folds = Optional.empty();

  @Option(names = "--json", description = "print the result, or the plan, as JSON")
  private boolean json;

  TrainCommand(Console console) {
    this.console = console;
  }

  @Spec
  void spec(CommandSpec commandSpec) {
    spec = Optional.of(commandSpec);
  }

  @Parameters(
      paramLabel = "CONFIG.yaml",
      arity = "0..1",
      description =
          "keys as the options are called, and network: and training: for everything else")
  void file(Path path) {
    file = Optional.ofNullable(path);
  }

  @Override
  public Integer call() {
    if (resume && overwrite) {
      throw new UsageException("--resume goes on with a run and --overwrite begins anew: say one");
    }
    ObjectNode options = TrainFlags.given(spec.orElseThrow().commandLine().getParseResult());
    TrainingJob.Mode mode = new TrainingJob.Mode(resume, overwrite, dryRun, json);
    TrainingJob job = new TrainingJob(new Configuration(file, options), mode, console);
    if (folds.isPresent()) {
      checkFolds(folds.get());
      job.validate(folds.get()).ifPresent(result -> result.print(json, console));
    } else {
      job.run().ifPresent(result -> result.print(json, console));
    }
    return 0;
  }

  private void checkFolds(int count) {
    if (resume || overwrite || dryRun) {
      throw new UsageException(
          "--folds writes no model: --resume, --overwrite and --dry-run are not for it");
    }
    if (count < 2) {
      throw new UsageException("--folds: 2 or more were expected, " + count + " came");
    }
  }
}
