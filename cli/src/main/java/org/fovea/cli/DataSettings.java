package org.fovea.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.fovea.data.DataOptions;
import org.fovea.data.DataSummary;
import org.fovea.data.ExampleSource;
import org.fovea.data.Examples;
import org.fovea.data.Numbering;
import org.fovea.data.SkippedExample;
import org.fovea.data.TableOptions;
import org.fovea.data.TableSchema;
import org.fovea.data.UnknownEntries;

/// How data files are to be read, as far as users say it.
///
/// @param options what the reader is told
/// @param memoryBudget bytes that examples may take in memory
/// @param spillDirectory where examples go that need more
record DataSettings(DataOptions options, long memoryBudget, Path spillDirectory) {

  /// Share of the heap that examples may take when nobody says otherwise.
  private static final double HEAP_SHARE = 0.3;

  /// Of so many malformed examples each is named.
  private static final int NAMED = 20;

  /// @param indexBase number of the first feature in libsvm text
  static DataSettings of(
      Optional<Integer> indexBase,
      boolean skipBad,
      Optional<String> labels,
      Optional<String> memoryBudget,
      Path spillDirectory) {
    DataOptions options =
        DataOptions.strict().withNumbering(numbering(indexBase)).withSkipBad(skipBad);
    if (labels.isPresent()) {
      options = options.withLabels(Path.of(labels.get()));
    }
    long budget =
        memoryBudget
            .map(text -> Sizes.parseBytes("--memory-budget", text))
            .orElse((long) (HEAP_SHARE * Runtime.getRuntime().maxMemory()));
    return new DataSettings(options, budget, spillDirectory);
  }

  private static Numbering numbering(Optional<Integer> indexBase) {
    return switch (indexBase.orElse(-1)) {
      case -1 -> Numbering.AUTO;
      case 0 -> Numbering.FROM_ZERO;
      case 1 -> Numbering.FROM_ONE;
      default ->
          throw new UsageException(
              "--index-base: 0 or 1 was expected, " + indexBase.get() + " came");
    };
  }

  /// The same with the features and labels that a model or other data have decided.
  DataSettings withCounts(int features, int labels) {
    return new DataSettings(options.withCounts(features, labels), memoryBudget, spillDirectory);
  }

  /// The same with the classes that labels of libsvm text are.
  DataSettings withClasses(List<String> classes) {
    return new DataSettings(options.withClasses(classes), memoryBudget, spillDirectory);
  }

  /// The same with another fate of features and labels that are unknown.
  DataSettings withUnknown(UnknownEntries unknown) {
    return new DataSettings(options.withUnknown(unknown), memoryBudget, spillDirectory);
  }

  /// The same with another numbering.
  DataSettings withNumbering(Numbering numbering) {
    return new DataSettings(options.withNumbering(numbering), memoryBudget, spillDirectory);
  }

  /// The same with another header and column of classes.
  DataSettings withTable(boolean header, String label) {
    return withTable(options.table().withLabel(header, label));
  }

  /// The same for tables, as far as users say how they are to be read.
  ///
  /// @param header `yes` or `no`
  /// @param label name or number of the column of classes
  /// @param delimiter its name or itself
  /// @param categorical names or numbers of columns of texts, with commas between
  DataSettings withTable(
      Optional<String> header,
      Optional<String> label,
      Optional<String> delimiter,
      Optional<String> categorical) {
    Optional<Boolean> named =
        header.map(text ->
            switch (text) {
              case "yes" -> true;
              case "no" -> false;
              default ->
                  throw new UsageException(
                      "--header: yes or no was expected, '%s' came".formatted(text));
            });
    List<String> texts =
        categorical
            .map(names -> Stream.of(names.split(",")).map(String::strip).toList())
            .orElse(List.of());
    return withTable(
        new TableOptions(
            named,
            label,
            options.table().schema(),
            delimiter.map(DataSettings::mark),
            texts,
            options.table().weight()));
  }

  /// The same for tables with a column of weights, if there is one.
  ///
  /// @param weight its name or number
  DataSettings withWeight(Optional<String> weight) {
    return weight.map(column -> withTable(options.table().withWeight(column))).orElse(this);
  }

  private static char mark(String delimiter) {
    return switch (delimiter) {
      case "comma", "," -> ',';
      case "semicolon", ";" -> ';';
      case "bar", "|" -> '|';
      case "tab", "\t", "\\t" -> '\t';
      case "space", " " -> ' ';
      default ->
          throw new UsageException(
              "--delimiter: comma, semicolon, bar, tab or space was expected, '%s' came"
                  .formatted(delimiter));
    };
  }

  /// The same for files whose columns must be those of a table.
  DataSettings withSchema(TableSchema schema) {
    return withTable(options.table().withSchema(schema));
  }

  private DataSettings withTable(TableOptions table) {
    return new DataSettings(options.withTable(table), memoryBudget, spillDirectory);
  }

  /// The same without the file of labels, for data that has its own.
  DataSettings withoutLabels() {
    DataOptions plain =
        new DataOptions(
            options.numbering(),
            options.skipBad(),
            options.featureCount(),
            options.labelCount(),
            Optional.empty(),
            options.table(),
            options.classes(),
            options.unknown(),
            options.maximumInflation(),
            options.maximumEntryCount());
    return new DataSettings(plain, memoryBudget, spillDirectory);
  }

  /// Opens a file and tells what was decided while opening.
  ExampleSource open(Path file, Console console) {
    ExampleSource source = console.inputs().open(file, options);
    source.notices().forEach(notice -> console.say("note: " + notice));
    return source;
  }

  /// Reads a whole file, but for examples of weight 0.
  ///
  /// @throws CommandException if it holds no examples
  Examples load(ExampleSource source, Console console) {
    return told(Examples.load(source, memoryBudget, spillDirectory), source, console);
  }

  /// Reads a whole file and keeps all its examples, so that ids are places in it.
  ///
  /// @throws CommandException if it holds no examples
  Examples loadEvery(ExampleSource source, Console console) {
    return told(Examples.loadEvery(source, memoryBudget, spillDirectory), source, console);
  }

  private static Examples told(Examples examples, ExampleSource source, Console console) {
    long weightless = examples.summary().weightlessCount();
    if (weightless > 0) {
      console.say(
          "note: %s: %s examples of weight 0 are left out"
              .formatted(source.name(), Sizes.count(weightless)));
    }
    warnOfSkipped(examples.summary(), console);
    examples.summary().notes().forEach(console::warn);
    if (examples.summary().exampleCount() == 0) {
      examples.close();
      throw new CommandException(source.name() + ": examples were expected, none came");
    }
    return examples;
  }

  /// The first are named; the numbers of the others would fill the screen.
  private static void warnOfSkipped(DataSummary summary, Console console) {
    summary.skipped().stream().limit(NAMED).forEach(skipped -> console.warn(leftOut(skipped)));
    if (summary.skippedCount() > 0) {
      console.warn(
          "%s: %s malformed examples were left out"
              .formatted(summary.name(), Sizes.count(summary.skippedCount())));
    }
  }

  /// What is told of an example that is left out.
  static String leftOut(SkippedExample skipped) {
    return "%s; row %s is left out".formatted(skipped.error(), skipped.example());
  }
}
