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

/// `fovea patterns remove`: fewer patterns.
@Command(
    name = "remove",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    description = {
      "Removes patterns or rules from a network, all or none.",
      "When the command ends, the change is on disk, whatever happens to the machine. Rules that"
          + " read a removed rule stay, and find it absent."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  fovea patterns remove network old.tsv",
      "  fovea patterns remove network --pattern 'New York' --category city"
    })
final class PatternsRemoveCommand implements Callable<Integer> {

  private static final int MOST_INFLATION = 1000;

  private final Console console;
  private Path directory = Path.of("");
  private List<Path> files = List.of();

  @Option(
      names = "--pattern",
      paramLabel = "TEXT",
      description = "a pattern, or the name of a rule")
  private Optional<String> pattern = Optional.empty();

  @Option(
      names = "--category",
      paramLabel = "NAME",
      description = "the one it is taken out of (default: all)")
  private String category = "";

  @Option(names = "--json", description = "print one JSON object")
  private boolean json;

  PatternsRemoveCommand(Console console) {
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
      description = "files of patterns, with their categories or without")
  void files(List<Path> paths) {
    files = List.copyOf(paths);
  }

  @Override
  public Integer call() {
    List<PatternEdit> edits = new ArrayList<>();
    pattern.ifPresent(text -> edits.add(new PatternEdit.Remove(text, category)));
    PatternFiles reader = new PatternFiles(MOST_INFLATION, false);
    for (Path file : files) {
      if (PatternFiles.hasRules(file)) {
        throw new UsageException(file + ": rules are removed by name, with --pattern");
      }
      reader.table(
          file,
          line -> edits.add(new PatternEdit.Remove(line.pattern(), line.category())),
          _ -> {});
    }
    new PatternChanges(directory, edits).make("removed", json, console);
    return 0;
  }
}
