package org.fovea.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.fovea.text.PatternEdit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

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

  private final Console console;

  @Mixin private final PatternChanges changes = new PatternChanges();

  @Option(names = "--pattern", paramLabel = "TEXT", description = "a pattern")
  private Optional<String> pattern = Optional.empty();

  @Option(names = "--category", paramLabel = "NAME", description = "its category")
  private String category = "";

  @Option(names = "--weight", paramLabel = "W", description = "its weight (default: 1)")
  private float weight = 1;

  @Option(names = "--rule", paramLabel = "RULE", description = "a rule")
  private List<String> rules = List.of();

  PatternsAddCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    List<PatternEdit> edits = new ArrayList<>();
    try {
      pattern.ifPresent(text -> edits.add(new PatternEdit.Add(text, category, weight)));
    } catch (IllegalArgumentException e) {
      throw new UsageException(String.valueOf(e.getMessage()));
    }
    changes.read(
        file -> edits.add(new PatternEdit.AddRules(changes.text(file), file.toString())),
        line -> edits.add(new PatternEdit.Add(line.pattern(), line.category(), line.weight())),
        console);
    rules.forEach(rule -> edits.add(new PatternEdit.AddRules(rule, "--rule")));
    changes.make("added", edits, console);
    return 0;
  }
}
