package org.fovea.cli;

import java.io.InputStream;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.fovea.data.UnpackedFile;
import org.fovea.model.json.Json;
import org.fovea.text.Annotator;
import org.fovea.text.DocumentReader;
import org.fovea.text.Documents;
import org.fovea.text.Explanation;
import org.fovea.text.PatternNetwork;
import org.fovea.text.PatternStore;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ObjectNode;

/// `fovea patterns explain`: why a neuron fires in a text, or why not.
@Command(
    name = "explain",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    description = {
      "Tells why a pattern, a rule or a category is found in a text, or why not: which inputs are"
          + " active and where, what each gives, what is missing."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  fovea patterns explain network --pattern merger --sentence 'Acme buys Foo'",
      "  fovea patterns explain network --pattern 'New York' --text articles.txt --document 17"
    })
final class PatternsExplainCommand implements Callable<Integer> {

  private static final int MOST_INFLATION = 1000;

  private final Console console;
  private Path directory = Path.of("");

  @Option(
      names = "--pattern",
      required = true,
      paramLabel = "NAME",
      description = "a pattern, or the name of a rule or a category")
  private String pattern = "";

  @Option(names = "--sentence", paramLabel = "TEXT", description = "the text itself")
  private Optional<String> sentence = Optional.empty();

  @Option(names = "--text", paramLabel = "FILE|-", description = "a text, one document a line")
  private Optional<String> text = Optional.empty();

  @Option(names = "--document", paramLabel = "N", description = "which of them, from 0 (default)")
  private long document;

  @Option(names = "--json", description = "print one JSON object")
  private boolean json;

  PatternsExplainCommand(Console console) {
    this.console = console;
  }

  @Parameters(paramLabel = "NETWORK", description = "a directory made by patterns build")
  void directory(Path path) {
    directory = path;
  }

  @Override
  public Integer call() {
    if (sentence.isPresent() == text.isPresent()) {
      throw new UsageException("either --sentence or --text was expected");
    }
    Explanation explanation;
    try (PatternNetwork network =
        PatternStore.openAsBuilt(directory, NeuronResidencyOptions.usualBudget()).network()) {
      String read = sentence.orElseGet(() -> document(text.orElseThrow()));
      if (read.length() > Annotator.LONGEST_TEXT) {
        throw new CommandException("a document of at most a million letters was expected");
      }
      explanation = Explanation.of(network, pattern, read);
    }
    if (json) {
      ObjectNode tree = Json.object();
      tree.put("pattern", explanation.name()).put("active", explanation.active());
      explanation.lines().forEach(tree.withArray("/lines")::add);
      console.result(tree.toString());
    } else {
      explanation.lines().forEach(line -> console.result(OneLine.of(line)));
    }
    return 0;
  }

  private String document(String name) {
    boolean input = name.equals(Inputs.STANDARD_INPUT);
    InputStream stream =
        input
            ? UnpackedFile.of(console.input(), name, MOST_INFLATION)
            : UnpackedFile.open(Path.of(name), MOST_INFLATION);
    Documents batch = new Documents();
    try (DocumentReader reader = new DocumentReader(stream, name, false)) {
      while (reader.read(batch)) {
        for (int d = 0; d < batch.count(); d++) {
          if (batch.number(d) == document) {
            if (batch.isPart()) {
              throw new CommandException("a document of at most a million letters was expected");
            }
            return new String(batch.text(), batch.start(d), batch.length(d));
          }
        }
      }
      throw new CommandException(
          "%s: document %s was asked for, and there are %s"
              .formatted(name, document, reader.documentCount()));
    }
  }
}
