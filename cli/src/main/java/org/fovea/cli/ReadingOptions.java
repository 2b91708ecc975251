package org.fovea.cli;

import java.nio.file.Path;
import java.util.Optional;
import org.fovea.spec.NetworkSpec;
import picocli.CommandLine.Option;

/// Options of the commands that read data with a model.
final class ReadingOptions {

  @Option(names = "--labels", paramLabel = "FILE", description = "labels of IDX images")
  private Optional<String> labels = Optional.empty();

  @Option(
      names = "--index-base",
      paramLabel = "0|1",
      description = "number of the first feature in libsvm text")
  private Optional<Integer> indexBase = Optional.empty();

  @Option(names = "--skip-bad", description = "leave malformed examples out and count them")
  private boolean skipBad;

  @Option(
      names = "--memory-budget",
      paramLabel = "SIZE",
      description = "memory for examples, such as 2g; others go to disk")
  private Optional<String> memoryBudget = Optional.empty();

  @Option(names = "--threads", paramLabel = "N", description = "threads (default: all processors)")
  private int threads = Runtime.getRuntime().availableProcessors();

  /// How to read data.
  ///
  /// @param network what has decided how many features and labels there are
  DataSettings settings(Optional<NetworkSpec> network) {
    DataSettings settings =
        DataSettings.of(
            indexBase,
            skipBad,
            labels,
            memoryBudget,
            Path.of(System.getProperty("java.io.tmpdir")));
    return network
        .map(known -> settings.withCounts(known.input().features(), known.output().labels()))
        .orElse(settings);
  }

  /// Threads that work.
  int threads() {
    if (threads < 1 || threads > 1024) {
      throw new UsageException("--threads: 1 to 1024 was expected, " + threads + " came");
    }
    return threads;
  }
}
