package org.fovea.cli;

import java.nio.file.Path;
import java.util.Optional;
import org.fovea.data.Numbering;
import org.fovea.data.TableSchema;
import org.fovea.model.ModelInfo;
import org.fovea.spec.NetworkSpec;
import picocli.CommandLine.Option;

/// Options of the commands that read data with a model.
final class ReadingOptions {

  @Option(names = "--labels", paramLabel = "FILE", description = "labels of IDX images")
  private Optional<String> labels = Optional.empty();

  @Option(
      names = "--index-base",
      paramLabel = "0|1",
      description = "number of the first feature in libsvm text (default: as in training)")
  private Optional<Integer> indexBase = Optional.empty();

  @Option(
      names = "--label",
      paramLabel = "NAME|NUMBER",
      description = "column of the classes in a table (default: as in training)")
  private Optional<String> label = Optional.empty();

  @Option(
      names = "--header",
      paramLabel = "yes|no",
      description = "whether the first line of a table names the columns")
  private Optional<String> header = Optional.empty();

  @Option(
      names = "--delimiter",
      paramLabel = "MARK",
      description =
          "what separates the fields of a table: comma, semicolon, bar, tab or space (default: found"
              + " out)")
  private Optional<String> delimiter = Optional.empty();

  @Option(
      names = "--categorical",
      paramLabel = "NAMES",
      description =
          "columns of a table whose values are texts, with commas between: names or numbers"
              + " (default: found out, or as in training)")
  private Optional<String> categorical = Optional.empty();

  @Option(names = "--skip-bad", description = "leave malformed examples out and count them")
  private boolean skipBad;

  @Option(
      names = "--memory-budget",
      paramLabel = "SIZE",
      description = "memory for examples, such as 2g; others go to disk")
  private Optional<String> memoryBudget = Optional.empty();

  @Option(names = "--threads", paramLabel = "N", description = "threads (default: all processors)")
  private int threads = Runtime.getRuntime().availableProcessors();

  /// How to read data as the options say.
  DataSettings settings() {
    Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
    return DataSettings.of(indexBase, skipBad, labels, memoryBudget, temporary)
        .withTable(header, label, delimiter, categorical);
  }

  /// How to read data for a model: with its features and labels, and numbered as what it was
  /// trained on unless the options say otherwise.
  DataSettings settings(ModelInfo model, Console console) {
    NetworkSpec network = model.network();
    DataSettings settings =
        settings().withCounts(network.input().features(), network.output().labels());
    Optional<TableSchema> table = model.table();
    if (table.isPresent()) {
      return settings.withSchema(table.get());
    }
    if (model.classes().isPresent()) {
      settings = settings.withClasses(model.classes().get());
    }
    Numbering trained = model.data().reading().numbering();
    if (trained == Numbering.AUTO) {
      return settings;
    }
    if (indexBase.isEmpty()) {
      return settings.withNumbering(trained);
    }
    if (settings.options().numbering() != trained) {
      console.say(
          "note: features are numbered from %s as asked; the model was trained on data that numbers them from %s"
              .formatted(indexBase.get(), 1 - indexBase.get()));
    }
    return settings;
  }

  /// Threads that work.
  int threads() {
    if (threads < 1 || threads > 1024) {
      throw new UsageException("--threads: 1 to 1024 was expected, " + threads + " came");
    }
    return threads;
  }
}
