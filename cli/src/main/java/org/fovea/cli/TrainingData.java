package org.fovea.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.fovea.data.DataFiles;
import org.fovea.data.DataOptions;
import org.fovea.data.ExampleSource;
import org.fovea.data.Examples;
import org.fovea.data.Names;
import org.fovea.data.XcSource;
import org.fovea.model.DataReading;

/// The data of a training run: training examples, those for choices and those to report on, all
/// with the same features and labels.
final class TrainingData implements AutoCloseable {

  private final TrainSettings settings;
  private final Console console;
  private final DataSettings reading;
  private final Examples training;
  private final DataSettings others;
  private final DataReading howRead;

  /// Reads the training examples.
  ///
  /// @param spillDirectory where examples go that do not fit in memory
  TrainingData(TrainSettings settings, Path spillDirectory, Console console) {
    this.settings = settings;
    this.console = console;
    this.reading =
        DataSettings.of(
            settings.indexBase(),
            settings.skipBad().orElse(false),
            settings.labels(),
            settings.memoryBudget(),
            spillDirectory);
    for (Path file : otherFiles()) {
      // Opened now, so that what is wrong with it is found before the training and not after.
      DataFiles.open(file, reading.withoutLabels().options());
    }
    ExampleSource source = openTraining();
    this.training = reading.load(source, console);
    this.howRead = DataReading.of(source);
    DataSettings same =
        reading.withoutLabels().withCounts(source.featureCount(), source.labelCount());
    this.others = source instanceof XcSource text ? same.withNumbering(text.numbering()) : same;
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
    ExampleSource source = reading.open(file, console);
    if (!(source instanceof XcSource text) || text.announcedCount().isPresent()) {
      return source;
    }
    DataOptions numbered = reading.options().withNumbering(text.numbering());
    int features = source.featureCount();
    int labels = source.labelCount();
    for (Path other : otherFiles()) {
      ExampleSource more = DataFiles.open(other, numbered);
      features = Math.max(features, more.featureCount());
      labels = Math.max(labels, more.labelCount());
    }
    return features == source.featureCount() && labels == source.labelCount()
        ? source
        : DataFiles.open(file, numbered.withCounts(features, labels));
  }

  /// The training examples, those of a tenth that may be held back included.
  Examples training() {
    return training;
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
    return settings.test().map(file -> load(Path.of(file)));
  }

  private Examples load(Path file) {
    return others.load(others.open(file, console), console);
  }

  /// Names of labels and features: those of the file that was named or is beside the data.
  Names names() {
    Optional<Path> file =
        settings.names().map(Path::of).or(() -> Names.fileBeside(trainFile(settings)));
    if (settings.names().isPresent() && !Files.exists(file.orElseThrow())) {
      throw new CommandException(file.get() + ": there is no such file of names");
    }
    return file.map(path -> Names.read(path, DataOptions.strict())).orElseGet(Names::none);
  }

  /// What tells whether a run fits in memory.
  MemoryCheck memoryCheck(int threads) {
    return new MemoryCheck(
        training.summary(), reading.memoryBudget(), threads, Runtime.getRuntime().maxMemory());
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
          "the network has %d features and %d labels, %s has %d and %d: leave them out of the configuration"
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
