package org.fovea.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.fovea.MalformedDataException;
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
          + " tabs; with --json it is an object. A score is a probability if the model was trained"
          + " with the logistic loss, and otherwise a net input: higher is better."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  fovea predict model --data test.txt.gz --top 3 --names",
      "  zcat test.txt.gz | fovea predict model --data - --json"
    })
final class PredictCommand implements Callable<Integer> {

  private static final String STANDARD_INPUT = "standard input";

  private final Console console;
  private Path directory = Path.of("");

  @Option(
      names = "--data",
      required = true,
      paramLabel = "FILE|-",
      description = "what to predict for; - is standard input")
  private String data = "";

  @Option(names = "--top", paramLabel = "K", description = "how many labels (default: 5)")
  private int top = 5;

  @Option(names = "--json", description = "print a JSON object a line")
  private boolean json;

  @Option(names = "--names", description = "print names of labels instead of numbers")
  private boolean names;

  @Mixin private final TablesOptions tables = new TablesOptions();

  @Mixin private final ResidencyOptions residency = new ResidencyOptions();

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
    if (top < 1 || top > TopK.MAX_K) {
      throw new UsageException("--top: 1 to %d was expected, %d came".formatted(TopK.MAX_K, top));
    }
    try (Model model = Model.open(directory, residency.residency())) {
      if (names && model.info().names().labels().isEmpty()) {
        throw new CommandException(directory + ": the model knows no names of labels");
      }
      if (data.equals("-")) {
        predictInput(model);
      } else {
        predict(model, Path.of(data));
      }
    }
    return 0;
  }

  private void predict(Model model, Path file) {
    DataSettings settings = reading.settings(model.info(), console);
    ExampleSource source = settings.open(file, console);
    PredictionFormat format = new PredictionFormat(model.info(), json, names);
    try (ExampleReader reader = source.open();
        PredictionStream stream =
            new PredictionStream(model, top, tables(model, source), reading.threads())) {
      stream.run(reader, format, console);
      if (reader.skippedCount() > 0) {
        console.warn(
            "%s: %s malformed examples were left out"
                .formatted(file, Sizes.count(reader.skippedCount())));
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

  /// Standard input goes to a file first, because readers look at the beginning of data twice.
  private void predictInput(Model model) {
    try {
      Path file = Files.createTempFile("fovea-input-", ".data");
      try {
        Files.copy(console.input(), file, StandardCopyOption.REPLACE_EXISTING);
        predict(model, file);
      } catch (MalformedDataException e) {
        throw new MalformedDataException(STANDARD_INPUT, e.position(), e.reason()).because(e);
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(STANDARD_INPUT + ": it cannot be read: " + e.getMessage(), e);
    }
  }
}
