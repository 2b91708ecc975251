package org.fovea.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.fovea.model.json.Json;
import org.fovea.text.PatternFiles;
import org.fovea.text.PatternNetwork;
import org.fovea.text.PatternNetworkBuilder;
import org.fovea.text.PatternStore;
import org.fovea.text.Stemming;
import org.fovea.text.Tokenization;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `fovea patterns build`: a network of names, phrases and rules.
@Command(
    name = "build",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    description = {
      "Makes a network of names, phrases and rules.",
      "A file of patterns has one a line: the pattern, its category and its weight, separated by"
          + " tabs; the last two may be missing. A file whose name ends in .rules has rules"
          + " (docs/patterns.md). Files may be packed by gzip."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  fovea patterns build cities.tsv people.tsv.gz --out network",
      "  fovea patterns build companies.tsv events.rules --stem english --out network"
    })
final class PatternsBuildCommand implements Callable<Integer> {

  /// Lists of names repeat themselves, and pack well: more is allowed than for numbers.
  private static final int MOST_INFLATION = 1000;

  private final Console console;
  private List<Path> files = List.of();

  @Option(
      names = "--out",
      required = true,
      paramLabel = "NETWORK",
      description = "the directory of the network; one that is there is replaced")
  private Path directory = Path.of("");

  @Option(names = "--case-sensitive", description = "tell upper case from lower case")
  private boolean caseSensitive;

  @Option(names = "--fold-accents", description = "read café as cafe")
  private boolean foldAccents;

  @Option(
      names = "--stem",
      paramLabel = "LANGUAGE",
      description = "cut endings off: ${COMPLETION-CANDIDATES} (default: none)")
  private Stemming stemming = Stemming.NONE;

  @Option(
      names = "--skip-bad",
      description = "leave malformed lines of patterns out and count them")
  private boolean skipBad;

  @Option(names = "--json", description = "print one JSON object")
  private boolean json;

  PatternsBuildCommand(Console console) {
    this.console = console;
  }

  @Parameters(paramLabel = "FILE", arity = "1..*", description = "files of patterns or rules")
  void files(List<Path> paths) {
    files = List.copyOf(paths);
  }

  @Override
  public Integer call() {
    long start = System.nanoTime();
    PatternFiles reader = new PatternFiles(MOST_INFLATION, skipBad);
    PatternNetworkBuilder builder =
        new PatternNetworkBuilder(new Tokenization(!caseSensitive, foldAccents, stemming));
    for (Path file : files) {
      int before = builder.patternCount();
      reader.read(file, builder, _ -> {});
      console.say("%s: %s patterns".formatted(file, Sizes.count(builder.patternCount() - before)));
    }
    if (builder.patternCount() == 0) {
      throw new CommandException(
          "no patterns: %s %s nothing"
              .formatted(
                  String.join(", ", files.stream().map(Path::toString).toList()),
                  files.size() == 1 ? "has" : "have"));
    }
    if (reader.skippedCount() > 0) {
      console.warn(
          "%s malformed lines were left out; the first: %s"
              .formatted(Sizes.count(reader.skippedCount()), reader.firstSkipped()));
    }
    if (builder.duplicateCount() > 0) {
      console.say(
          "%s patterns were in their category already"
              .formatted(Sizes.count(builder.duplicateCount())));
    }
    PatternNetwork network = builder.build();
    PatternStore.create(directory, network);
    report(network, builder, Duration.ofNanos(System.nanoTime() - start));
    return 0;
  }

  private void report(PatternNetwork network, PatternNetworkBuilder builder, Duration took) {
    int neurons = network.network().neuronCount();
    if (json) {
      console.result(
          Json.object()
              .put("network", directory.toString())
              .put("patterns", network.patternCount())
              .put("categories", network.categories().size())
              .put("words", network.wordCount())
              .put("neurons", neurons)
              .put("synapses", network.network().synapseCount())
              .put("bytes", network.network().bytes())
              .put("duplicates", builder.duplicateCount())
              .put("seconds", took.toMillis() / 1e3)
              .toString());
      return;
    }
    console.result(
        "%s: %s patterns in %s categories, %s words; %s neurons, %s synapses, %s; %s"
            .formatted(
                directory,
                Sizes.count(network.patternCount()),
                Sizes.count(network.categories().size()),
                Sizes.count(network.wordCount()),
                Sizes.count(neurons),
                Sizes.count(network.network().synapseCount()),
                Sizes.bytes(network.network().bytes()),
                Sizes.duration(took)));
  }
}
