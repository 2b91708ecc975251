package org.fovea.cli;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.fovea.data.CsvSource;
import org.fovea.data.ExampleSource;
import org.fovea.data.Examples;
import org.fovea.data.Names;
import org.fovea.data.TableFacts;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `fovea data info`: what a data file holds.
@Command(
    name = "info",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    description = "Reads a data file to its end and tells what it holds.")
final class DataInfoCommand implements Callable<Integer> {

  private final Console console;
  private Path file = Path.of("");

  @Option(names = "--json", description = "print one JSON object")
  private boolean json;

  @Mixin private final ReadingOptions reading = new ReadingOptions();

  DataInfoCommand(Console console) {
    this.console = console;
  }

  @Parameters(
      paramLabel = "FILE|-",
      description = "XC text, libsvm, CSV or images; .gz too; - is standard input")
  void file(Path path) {
    file = path;
  }

  @Override
  public Integer call() {
    DataSettings settings = reading.settings();
    ExampleSource source = settings.open(file, console);
    try (Examples examples = settings.load(source, console)) {
      Optional<TableFacts> table =
          source instanceof CsvSource columns ? columns.facts() : Optional.empty();
      DataFacts facts = DataFacts.of(examples, table, Names.fileBeside(file));
      if (json) {
        console.result(facts.tree().toString());
      } else {
        facts.lines().forEach(console::result);
      }
    }
    return 0;
  }
}
