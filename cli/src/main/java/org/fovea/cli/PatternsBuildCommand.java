package org.fovea.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.fovea.model.json.Json;
import org.fovea.text.BuiltNetwork;
import org.fovea.text.NetworkFacts;
import org.fovea.text.PatternFiles;
import org.fovea.text.PatternNetwork;
import org.fovea.text.PatternNetworkBuilder;
import org.fovea.text.PatternStore;
import org.fovea.text.Stemming;
import org.fovea.text.SuspendedPatternBuilder;
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
      "  fovea patterns build companies.tsv events.rules --stem english --out network",
      "  fovea patterns build names.tsv.gz --out network --on-pages --memory 256m"
    })
final class PatternsBuildCommand implements Callable<Integer> {

  /// Lists of names repeat themselves, and pack well: more is allowed than for numbers.
  private static final int MOST_INFLATION = 1000;

  /// Sorting gets one part of so many of the heap.
  private static final int USUAL_SHARE = 4;

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

  @Option(
      names = "--fold-accents",
      description = "read café as cafe, and letters of other scripts without their accents too")
  private boolean foldAccents;

  @Option(
      names = "--stem",
      paramLabel = "LANGUAGE",
      description = "cut endings off: ${COMPLETION-CANDIDATES} (default: none)")
  private Stemming stemming = Stemming.NONE;

  @Option(
      names = "--within-words",
      description =
          "find patterns inside of words of scripts that put no spaces between words or add endings"
              + " to them: Hangul, Katakana, Thai, Lao, Khmer, Burmese and others of Southeast Asia")
  private boolean withinWords;

  @Option(
      names = "--skip-bad",
      description = "leave malformed lines of patterns out and count them")
  private boolean skipBad;

  @Option(
      names = "--on-pages",
      description =
          "for lists of names that are larger than memory: sort them on disk and put the neurons on"
              + " pages only; annotate reads them there, and the network cannot be edited")
  private boolean onPages;

  @Option(
      names = "--memory",
      paramLabel = "SIZE",
      description =
          "heap for sorting with --on-pages (default: a quarter of the Java heap); words and"
              + " categories take some besides")
  private String memory = "";

  @Option(names = "--json", description = "print one JSON object")
  private boolean json;

  PatternsBuildCommand(Console console) {
    this.console = console;
  }

  @Parameters(
      paramLabel = "FILE|-",
      arity = "1..*",
      description = "files of patterns or rules; - is standard input, with patterns")
  void files(List<Path> paths) {
    files = List.copyOf(paths);
  }

  @Override
  public Integer call() {
    long start = System.nanoTime();
    if (!onPages && !memory.isEmpty()) {
      throw new UsageException("--memory needs --on-pages");
    }
    Tokenization tokenization =
        new Tokenization(!caseSensitive, foldAccents, stemming, true, withinWords);
    PatternFiles reader = new PatternFiles(MOST_INFLATION, skipBad);
    reader.standardInput(console.input());
    Built built = onPages ? onPages(reader, tokenization) : inMemory(reader, tokenization);
    report(built, Duration.ofNanos(System.nanoTime() - start));
    return 0;
  }

  /// What there is to say of a network.
  private record Built(
      int patterns,
      int categories,
      int words,
      int neurons,
      long synapses,
      long bytes,
      long duplicates) {}

  private Built inMemory(PatternFiles reader, Tokenization tokenization) {
    PatternNetworkBuilder builder = new PatternNetworkBuilder(tokenization);
    for (Path file : files) {
      int before = builder.patternCount();
      reader.read(file, builder, _ -> {});
      console.say("%s: %s patterns".formatted(file, Sizes.count(builder.patternCount() - before)));
    }
    check(builder.patternCount(), reader, builder.duplicateCount());
    tellSigns(builder.droppedSignsCount(), builder.firstDroppedSigns());
    PatternNetwork network = builder.build();
    PatternStore.create(directory, network);
    return new Built(
        network.patternCount(),
        network.categories().size(),
        network.wordCount(),
        network.network().neuronCount(),
        network.network().synapseCount(),
        network.network().bytes(),
        builder.duplicateCount());
  }

  private Built onPages(PatternFiles reader, Tokenization tokenization) {
    try (BuildProgress progress = new BuildProgress(console);
        SuspendedPatternBuilder builder =
            new SuspendedPatternBuilder(directory, tokenization, reader, sortingMemory())) {
      files.forEach(SuspendedPatternBuilder::requireNames);
      ReadingProgress reading = new ReadingProgress(files, progress);
      for (Path file : files) {
        long before = builder.lineCount();
        builder.read(file, reading.of(file));
        progress.clear();
        console.say("%s: %s names".formatted(file, Sizes.count(builder.lineCount() - before)));
      }
      builder.sort(progress);
      progress.clear();
      check(builder.patternCount(), reader, builder.duplicateCount());
      tellSigns(builder.droppedSignsCount(), builder.firstDroppedSigns());
      BuiltNetwork network = builder.store(progress);
      NetworkFacts facts = network.facts();
      return new Built(
          facts.patterns(),
          facts.categories(),
          facts.words(),
          facts.neurons(),
          network.synapses(),
          network.bytes(),
          builder.duplicateCount());
    }
  }

  private long sortingMemory() {
    long least = SuspendedPatternBuilder.LEAST_MEMORY;
    if (memory.isEmpty()) {
      return Math.max(least, Runtime.getRuntime().maxMemory() / USUAL_SHARE);
    }
    long asked = Sizes.parseBytes("--memory", memory);
    if (asked < least) {
      throw new UsageException(
          "--memory: at least %s was expected, %s came".formatted(Sizes.bytes(least), memory));
    }
    return asked;
  }

  /// Tells what is worth knowing about what was read.
  private void check(int patterns, PatternFiles reader, long duplicates) {
    if (patterns == 0) {
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
    if (duplicates > 0) {
      console.say("%s patterns were in their category already".formatted(Sizes.count(duplicates)));
    }
  }

  private void tellSigns(long count, String first) {
    if (count > 0) {
      console.say(PatternChanges.signs(count, first));
    }
  }

  private void report(Built built, Duration took) {
    if (json) {
      console.result(
          Json.object()
              .put("network", directory.toString())
              .put("patterns", built.patterns())
              .put("categories", built.categories())
              .put("words", built.words())
              .put("neurons", built.neurons())
              .put("synapses", built.synapses())
              .put("bytes", built.bytes())
              .put("duplicates", built.duplicates())
              .put("seconds", took.toMillis() / 1e3)
              .toString());
      return;
    }
    console.result(
        "%s: %s patterns in %s categories, %s words; %s neurons, %s synapses, %s%s; %s"
            .formatted(
                directory,
                Sizes.count(built.patterns()),
                Sizes.count(built.categories()),
                Sizes.count(built.words()),
                Sizes.count(built.neurons()),
                Sizes.count(built.synapses()),
                Sizes.bytes(built.bytes()),
                onPages ? " of pages" : "",
                Sizes.duration(took)));
  }
}
