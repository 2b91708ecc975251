package org.fovea.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.fovea.text.PatternStore;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `fovea patterns suspend`: the neurons of a network on pages.
@Command(
    name = "suspend",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    description = {
      "Puts the neurons of a network on pages, so that annotate can leave them on disk.",
      "Edits are folded in. After further edits it is to be done again."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  fovea patterns suspend network",
      "  fovea annotate network --text articles.txt --resident suspended --memory 64m"
    })
final class PatternsSuspendCommand implements Callable<Integer> {

  private final Console console;
  private Path directory = Path.of("");

  PatternsSuspendCommand(Console console) {
    this.console = console;
  }

  @Parameters(paramLabel = "NETWORK", description = "a directory made by patterns build")
  void directory(Path path) {
    directory = path;
  }

  @Override
  public Integer call() {
    long start = System.nanoTime();
    List<String> notes = new ArrayList<>();
    try (PatternStore store = PatternStore.edit(directory, notes)) {
      notes.forEach(console::say);
      long bytes = store.suspend();
      console.result(
          "%s: %s neurons on pages of %s; %s"
              .formatted(
                  directory,
                  Sizes.count(store.network().neurons().neuronCount()),
                  Sizes.bytes(bytes),
                  Sizes.duration(Duration.ofNanos(System.nanoTime() - start))));
    }
    return 0;
  }
}
