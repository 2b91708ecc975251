package org.fovea.cli;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.fovea.data.Batch;
import org.fovea.data.ExampleReader;
import org.fovea.model.Model;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ObjectNode;

/// `fovea inspect`: what a model is made of.
@Command(
    name = "inspect",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    description = {
      "Verifies a model and tells what it is made of: layers, parameters, memory, cost in"
          + " multiply-adds, labels, training, measures, and which inputs matter."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  fovea inspect model",
      "  fovea inspect model --data test.txt.gz --html report.html"
    })
final class InspectCommand implements Callable<Integer> {

  private static final int LOOKED_AT = 10_000;

  private final Console console;
  private Path directory = Path.of("");

  @Option(names = "--html", paramLabel = "FILE", description = "write a page with pictures")
  private Optional<Path> html = Optional.empty();

  @Option(names = "--json", description = "print one JSON object")
  private boolean json;

  @Option(
      names = "--data",
      paramLabel = "FILE",
      description =
          "whose examples tell how many features are usual, for costs (default: those of the"
              + " training data), and what events would touch")
  private Optional<Path> data = Optional.empty();

  @Option(names = "--top", paramLabel = "K", description = "how many inputs to tell (default: 20)")
  private int top = 20;

  @Mixin private final ReadingOptions reading = new ReadingOptions();

  InspectCommand(Console console) {
    this.console = console;
  }

  @Parameters(paramLabel = "MODEL", description = "a model directory")
  void directory(Path path) {
    directory = path;
  }

  @Override
  public Integer call() {
    if (top < 1) {
      throw new UsageException("--top: 1 or more was expected, " + top + " came");
    }
    try (Model model = Model.open(directory)) {
      Optional<Batch> examples = data.map(file -> examples(model, file));
      ExampleFacts example = ExampleFacts.of(model.info(), model.network(), examples);
      ModelFacts facts = ModelFacts.of(directory, model, example, top);
      Optional<EventFacts> events = data.map(file -> events(model, file));
      if (json) {
        ObjectNode tree = facts.tree();
        events.ifPresent(found -> tree.set("events", found.tree()));
        console.result(tree.toString());
      } else {
        new InspectReport(facts).sections().forEach(this::print);
        events.ifPresent(found -> print(found.section()));
      }
      html.ifPresent(file -> {
        new HtmlReport(facts).write(file, directory.toString(), console);
        console.say(file + ": the report with pictures");
      });
    }
    return 0;
  }

  private Batch examples(Model model, Path file) {
    DataSettings settings = reading.settings(model.info(), console);
    Batch batch = new Batch();
    try (ExampleReader reader = settings.open(file, console).open()) {
      int count = 1;
      while (count > 0 && batch.exampleCount() < LOOKED_AT) {
        count = reader.read(batch, LOOKED_AT - batch.exampleCount());
      }
    }
    return batch;
  }

  private EventFacts events(Model model, Path file) {
    DataSettings settings = reading.settings(model.info(), console);
    try (ExampleReader reader = settings.open(file, console).open()) {
      return EventFacts.of(model.network(), reader);
    }
  }

  private void print(InspectReport.Section section) {
    console.result(section.title());
    section.lines().forEach(line -> console.result("  " + line));
  }
}
