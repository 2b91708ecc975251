package org.fovea.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.fovea.text.PatternEdit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

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

  private final Console console;

  @Mixin private final PatternChanges changes = new PatternChanges();

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

  PatternsRemoveCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    List<PatternEdit> edits = new ArrayList<>();
    pattern.ifPresent(text -> edits.add(new PatternEdit.Remove(text, category)));
    changes.read(
        file -> {
          throw new UsageException(file + ": rules are removed by name, with --pattern");
        },
        line -> edits.add(new PatternEdit.Remove(line.pattern(), line.category())),
        console);
    changes.make("removed", edits, console);
    return 0;
  }
}
