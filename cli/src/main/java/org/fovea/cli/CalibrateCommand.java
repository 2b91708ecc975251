package org.fovea.cli;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.fovea.data.Examples;
import org.fovea.model.Model;
import org.fovea.model.NetworkFiles;
import org.fovea.model.files.ModelContents;
import org.fovea.model.files.ModelStore;
import org.fovea.training.Calibrator;
import org.fovea.training.TrainEvent;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `fovea calibrate`: makes the probabilities of a finished model those of data.
@Command(
    name = "calibrate",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    description = {
      "Fits the probabilities of a model to examples that training has not seen, and keeps the fit in"
          + " the model.",
      "What training holds back it fits at once; this is for models trained without."
    },
    footerHeading = "%nExample:%n",
    footer = "  fovea calibrate model --data validation.csv")
final class CalibrateCommand implements Callable<Integer> {

  private final Console console;
  private Path directory = Path.of("");

  @Option(
      names = "--data",
      required = true,
      paramLabel = "FILE",
      description = "examples with labels that training has not seen")
  private Path data = Path.of("");

  @Mixin private final ReadingOptions reading = new ReadingOptions();

  CalibrateCommand(Console console) {
    this.console = console;
  }

  @Parameters(paramLabel = "MODEL", description = "a model directory")
  void directory(Path path) {
    directory = path;
  }

  @Override
  public Integer call() {
    try (Model model = Model.open(directory)) {
      DataSettings settings = reading.settings(model.info(), console);
      Calibrator.Found found;
      try (Examples examples = settings.load(settings.open(data, console), console)) {
        Optional<Calibrator.Found> fitted =
            Calibrator.fit(model.network(), examples, model.info().training().seed());
        found =
            fitted.orElseThrow(() ->
                new CommandException(
                    data + ": 20 or more examples with labels were expected to calibrate with"));
      }
      ModelContents contents = model.info().withCalibration(found.calibration()).contents();
      NetworkFiles.addParameters(contents, model.network());
      try (ModelStore store = ModelStore.open(directory)) {
        store.publish(contents);
      }
      console.result(
          ProgressLines.calibratedLine(
              new TrainEvent.Calibrated(0, found.calibration(), found.before(), found.after())));
      console.result("model     " + directory);
    }
    return 0;
  }
}
