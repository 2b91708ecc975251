package org.fovea.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.fovea.text.PatternEdit;
import org.fovea.text.PatternFiles;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `fovea patterns add`: more patterns for a network that is there.
@Command(
    name = "add",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    description = {
      "Adds patterns or rules to a network, all or none; a pattern that is there gets its new"
          + " weight.",
      "When the command ends, the change is on disk, whatever happens to the machine."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  fovea patterns add network more.tsv",
      "  fovea patterns add network --pattern 'New York' --category city",
      "  fovea patterns add network --rule 'merger : event = near(5: company, \"buys\", company)'"
    })
final class PatternsAddCommand implements Callable<Integer> {

  private static final int MOST_INFLATION = 1000;

  private final Console console;
  private Path directory = Path.of("");
  private List<Path> files = List.of();

  @Option(names = "--pattern", paramLabel = "TEXT", description = "a pattern")
  private Optional<String> pattern = Optional.empty();

  @Option(names = "--category", paramLabel = "NAME", description = "its category")
  private String category = "";

  @Option(names = "--weight", paramLabel = "W", description = "its weight (default: 1)")
  private float weight = 1;

  @Option(names = "--rule", paramLabel = "RULE", description = "a rule")
  private List<String> rules = List.of();

  @Option(names = "--json", description = "print one JSON object")
  private boolean json;

  PatternsAddCommand(Console console) {
    this.console = console;
  }

  @Parameters(
      index = "0",
      paramLabel = "NETWORK",
      description = "a directory made by patterns build")
  void directory(Path path) {
    directory = path;
  }

  @Parameters(
      index = "1..*",
      paramLabel = "FILE",
      arity = "0..*",
      description = "files of patterns or rules")
  void files(List<Path> paths) {
    files = List.copyOf(paths);
  }

  @Override
  public Integer call() {
    List<PatternEdit> edits = new ArrayList<>();
    try {
      pattern.ifPresent(text -> edits.add(new PatternEdit.Add(text, category, weight)));
    } catch (IllegalArgumentException e) {
      throw new UsageException(String.valueOf(e.getMessage()));
    }
    PatternFiles reader = new PatternFiles(MOST_INFLATION, false);
    for (Path file : files) {
      if (PatternFiles.hasRules(file)) {
        edits.add(new PatternEdit.AddRules(reader.text(file), file.toString()));
      } else {
        reader.table(
            file,
            line -> edits.add(new PatternEdit.Add(line.pattern(), line.category(), line.weight())),
            _ -> {});
      }
    }
    rules.forEach(rule -> edits.add(new PatternEdit.AddRules(rule, "--rule")));
    new PatternChanges(directory, edits).make("added", json, console);
    return 0;
  }
}
