package org.fovea.cli;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.fovea.data.ExampleReader;
import org.fovea.data.ExampleSource;
import org.fovea.model.Model;
import org.fovea.network.TopK;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `fovea predict`: the best labels of each example, one line an example.
@Command(
    name = "predict",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    description = {
      "Prints the best labels of each example.",
      "A line is the number of the example, from 0, and then label:score, best first, separated by"
          + " tabs; with --json it is an object. Examples that --skip-bad leaves out are counted too;"
          + " with --json their line says what is wrong. A score is a probability if the model was trained"
          + " with the logistic loss, or with --probabilities, and otherwise a net input: higher is"
          + " better."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  fovea predict model --data test.txt.gz --top 3 --names",
      "  fovea predict model --data test.txt.gz --probabilities --threshold 0.5",
      "  zcat test.txt.gz | fovea predict model --data - --json"
    })
final class PredictCommand implements Callable<Integer> {

  private final Console console;
  private Path directory = Path.of("");

  @Option(
      names = "--data",
      required = true,
      paramLabel = "FILE|-",
      description = "what to predict for; - is standard input")
  private Path data = Path.of("");

  @Option(
      names = "--top",
      paramLabel = "K",
      description = "how many labels at most (default: 5; with --threshold all)")
  private Optional<Integer> top = Optional.empty();

  @Option(names = "--json", description = "print a JSON object a line")
  private boolean json;

  @Option(names = "--names", description = "print names of labels instead of numbers")
  private boolean names;

  @Mixin private final ProbabilityOptions scores = new ProbabilityOptions();

  @Mixin private final TablesOptions tables = new TablesOptions();

  @Mixin private final ResidencyOptions residency = new ResidencyOptions();

  @Mixin private final UnknownOption unknown = new UnknownOption();

  @Mixin private final ReadingOptions reading = new ReadingOptions();

  PredictCommand(Console console) {
    this.console = console;
  }

  @Parameters(paramLabel = "MODEL", description = "a model directory")
  void directory(Path path) {
    directory = path;
  }

  @Override
  public Integer call() {
    if (top.orElse(1) < 1 || top.orElse(1) > TopK.MAX_K) {
      throw new UsageException(
          "--top: 1 to %s was expected, %s came".formatted(TopK.MAX_K, top.get()));
    }
    try (Model model = Model.open(directory, residency.residency())) {
      if (names && model.info().names().labels().isEmpty()) {
        throw new CommandException(directory + ": the model knows no names of labels");
      }
      predict(model);
    }
    return 0;
  }

  private void predict(Model model) {
    DataSettings settings =
        reading.settings(model.info(), console).withUnknown(unknown.entries().withLabels(true));
    ExampleSource source = settings.open(data, console);
    scores.requireAllLabels(model.info(), tables.recall().isPresent());
    scores.warn(model.info(), console);
    Optional<Double> threshold = scores.threshold(model.info());
    PredictionFormat format = new PredictionFormat(model.info(), json, names, threshold);
    try (PredictionStream stream =
        new PredictionStream(
            model,
            scores.calibration(model.info()),
            top.orElse(threshold.isPresent() ? TopK.MAX_K : 5),
            tables(model, source),
            reading.threads())) {
      console.inputs().lastReading(data);
      BatchesAhead.Told told = stream.run(source.open(), format, console);
      told.notes().forEach(console::warn);
      if (told.skippedCount() > 0) {
        console.warn(
            "%s: %s malformed examples were left out"
                .formatted(source.name(), Sizes.count(told.skippedCount())));
      }
      if (top.isEmpty() && format.cutCount() > 0) {
        console.warn(
            "%s examples have more than %s labels that reach the threshold; the best were printed"
                .formatted(Sizes.count(format.cutCount()), Sizes.count(TopK.MAX_K)));
      }
    }
  }

  private Optional<Tables> tables(Model model, ExampleSource source) {
    return tables
        .recall()
        .map(recall -> {
          try (ExampleReader sample = source.open()) {
            return Tables.of(model, sample, recall);
          }
        });
  }
}
