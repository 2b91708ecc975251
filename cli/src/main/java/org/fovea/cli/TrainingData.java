package org.fovea.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.fovea.data.Batch;
import org.fovea.data.CsvSource;
import org.fovea.data.DataOptions;
import org.fovea.data.DataSummary;
import org.fovea.data.ExampleReader;
import org.fovea.data.ExampleSource;
import org.fovea.data.Examples;
import org.fovea.data.Names;
import org.fovea.data.TableFacts;
import org.fovea.data.XcSource;
import org.fovea.model.DataReading;
import org.fovea.model.ModelInfo;
import org.fovea.training.RunOptions;

/// The data of a training run: training examples, those for choices and those to report on, all
/// with the same features and labels.
final class TrainingData implements AutoCloseable {

  /// Of so many classes those without examples are listed.
  private static final int LISTED_CLASSES = 100;

  private final TrainSettings settings;
  private final Optional<ModelInfo> earlier;
  private final Console console;
  private final DataSettings reading;
  private final ExampleSource source;
  private final Examples training;
  private final DataSettings others;
  private final DataReading howRead;
  private final Optional<Examples> fold;

  /// Reads the training examples.
  ///
  /// @param earlier what a model tells that training goes on with: its features, labels and classes
  ///   come first
  /// @param spillDirectory where examples go that do not fit in memory
  TrainingData(
      TrainSettings settings, Optional<ModelInfo> earlier, Path spillDirectory, Console console) {
    this.settings = settings;
    this.earlier = earlier;
    this.console = console;
    this.reading =
        DataSettings.of(
                settings.indexBase(),
                settings.skipBad().orElse(false),
                settings.labels(),
                settings.memoryBudget(),
                spillDirectory)
            .withTable(
                settings.header(), settings.label(), settings.delimiter(), settings.categorical())
            .withWeight(settings.weight());
    this.source = openTraining();
    this.others = others(source);
    // Looked at now, so that what is wrong with them is found before the training and not after.
    otherFiles().forEach(file -> check(console.inputs().open(file, others.options())));
    requireLabels(source);
    this.training = reading.load(source, console);
    this.howRead = DataReading.of(source);
    this.fold = Optional.empty();
    if (earlier.isEmpty()) {
      warnOfEmptyClasses();
    }
  }

  private TrainingData(TrainingData whole, Examples.HoldOut held) {
    this.settings = whole.settings;
    this.earlier = whole.earlier;
    this.console = whole.console;
    this.reading = whole.reading;
    this.source = whole.source;
    this.others = whole.others;
    this.howRead = whole.howRead;
    this.training = held.training();
    this.fold = Optional.of(held.validation());
  }

  /// The same with a part of the training examples to train with and the other to report on.
  TrainingData fold(Examples.HoldOut held) {
    return new TrainingData(this, held);
  }

  /// How files besides the training data are read.
  private DataSettings others(ExampleSource source) {
    DataSettings same =
        reading.withoutLabels().withCounts(source.featureCount(), source.labelCount());
    return switch (source) {
      case XcSource text -> withClasses(same.withNumbering(text.numbering()), text);
      case CsvSource table -> same.withSchema(table.schema());
      default -> same;
    };
  }

  private static DataSettings withClasses(DataSettings settings, XcSource text) {
    return text.classes().map(settings::withClasses).orElse(settings);
  }

  /// Opening tells all but what rows of a table hold.
  private static void check(ExampleSource file) {
    if (file instanceof CsvSource) {
      Batch batch = new Batch();
      try (ExampleReader reader = file.open()) {
        while (reader.read(batch, 64) > 0) {
          batch.clear();
        }
      }
    }
  }

  /// Where every example has one class, one without examples cannot be learned.
  private void warnOfEmptyClasses() {
    DataSummary summary = training.summary();
    if (summary.labelEntryCount() != summary.exampleCount()
        || summary.unlabelledCount() > 0
        || summary.labelCount() > LISTED_CLASSES) {
      return;
    }
    List<String> empty = new ArrayList<>();
    for (int label = 0; label < summary.labelCount(); label++) {
      if (summary.labelFrequencies().of(label) == 0) {
        empty.add(String.valueOf(label));
      }
    }
    if (!empty.isEmpty()) {
      console.warn(
          "%s: %s of %s classes have no example and will not be learned: %s"
              .formatted(
                  summary.name(), empty.size(), summary.labelCount(), String.join(", ", empty)));
    }
  }

  private static Path trainFile(TrainSettings settings) {
    return Path.of(
        settings
            .train()
            .orElseThrow(() ->
                new UsageException(
                    "training data was expected: --train FILE, or train: in a file")));
  }

  private List<Path> otherFiles() {
    List<Path> files = new ArrayList<>();
    settings.validation().map(Path::of).ifPresent(files::add);
    settings.test().map(Path::of).ifPresent(files::add);
    return files;
  }

  /// Opens the training file; where no header says how many features and labels there are, those
  /// that only the other files have count as well.
  private ExampleSource openTraining() {
    Path file = trainFile(settings);
    if (earlier.isPresent()) {
      return new FurtherData(earlier.get(), reading).open(file, otherFiles(), console);
    }
    ExampleSource source = reading.open(file, console);
    if (!(source instanceof XcSource text) || text.announcedCount().isPresent()) {
      return source;
    }
    DataOptions numbered = withClasses(reading.withNumbering(text.numbering()), text).options();
    int features = source.featureCount();
    int labels = source.labelCount();
    for (Path other : otherFiles()) {
      ExampleSource more = console.inputs().open(other, numbered);
      requireIds(text, more);
      features = Math.max(features, more.featureCount());
      labels = Math.max(labels, more.labelCount());
    }
    return features == source.featureCount() && labels == source.labelCount()
        ? source
        : console.inputs().open(file, numbered.withCounts(features, labels));
  }

  private static void requireLabels(ExampleSource source) {
    if (source instanceof XcSource text
        && text.announcedCount().isEmpty()
        && source.labelCount() == 0
        && source.featureCount() > 0) {
      throw new CommandException(
          source.name() + ": no example has a label, so there is nothing to learn");
    }
  }

  /// Where the labels of the training data are ids, so must those of other files be.
  private static void requireIds(XcSource training, ExampleSource other) {
    if (training.classes().isEmpty()
        && other instanceof XcSource text
        && text.classes().isPresent()) {
      throw new CommandException(
          "%s: labels that are ids from 0 were expected, as in %s, classes (%s) came"
              .formatted(
                  other.name(),
                  training.name(),
                  String.join(", ", text.classes().get().stream().limit(4).toList())));
    }
  }

  /// The training examples, those of a tenth that may be held back included.
  Examples training() {
    return training;
  }

  /// Which column of a table has the classes, and why.
  Optional<String> classes() {
    return source instanceof CsvSource table
        ? table.facts().map(TableFacts::classes)
        : Optional.empty();
  }

  /// How the training examples were read.
  DataReading howRead() {
    return howRead;
  }

  /// The examples for choices, if a file was named.
  Optional<Examples> validation() {
    return settings.validation().map(file -> load(Path.of(file)));
  }

  /// The examples to report on, if a file was named.
  Optional<Examples> test() {
    return fold.isPresent() ? fold : settings.test().map(file -> load(Path.of(file)));
  }

  private Examples load(Path file) {
    return others.load(others.open(file, console), console);
  }

  /// Names of labels and features: those of the file that was named or is beside the data. A table
  /// names its classes itself, and with a header its features too.
  Names names() {
    Names found = FurtherData.names(earlier, namesFound(), trainFile(settings));
    if (source instanceof XcSource text && text.classes().isPresent()) {
      return new Names(text.classes().get(), found.features());
    }
    if (!(source instanceof CsvSource table)) {
      return found;
    }
    Names own = table.names();
    return own.features().isEmpty() ? new Names(own.labels(), found.features()) : own;
  }

  private Names namesFound() {
    Optional<Path> file =
        settings.names().map(Path::of).or(() -> Names.fileBeside(trainFile(settings)));
    if (settings.names().isPresent() && !Files.exists(file.orElseThrow())) {
      throw new CommandException(file.get() + ": there is no such file of names");
    }
    return file.map(path -> Names.read(path, DataOptions.strict())).orElseGet(Names::none);
  }

  /// What tells whether a run fits in memory.
  MemoryCheck memoryCheck(RunOptions options) {
    return new MemoryCheck(
        training.summary(), reading.memoryBudget(), options, Runtime.getRuntime().maxMemory());
  }

  /// Specs as they are.
  ///
  /// @throws CommandException if they have other features or labels than the data
  Configuration.Specs fitted(Configuration.Specs specs) {
    int features = training.summary().featureCount();
    int labels = training.summary().labelCount();
    if (specs.network().input().features() != features
        || specs.network().output().labels() != labels) {
      throw new CommandException(
          "the network has %s features and %s labels, %s has %s and %s: leave them out of the configuration"
              .formatted(
                  specs.network().input().features(),
                  specs.network().output().labels(),
                  training.summary().name(),
                  features,
                  labels));
    }
    return specs;
  }

  @Override
  public void close() {
    training.close();
  }
}
