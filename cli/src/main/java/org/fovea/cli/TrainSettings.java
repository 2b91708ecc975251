package org.fovea.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// What `train` is told, by a configuration file and by options; what is not told is chosen.
///
/// The first part says what to read and write, the second is short for keys of the network and of
/// the training. Public, because `SpecJson` makes it.
public record TrainSettings(
    Optional<String> train,
    Optional<String> test,
    Optional<String> validation,
    Optional<String> labels,
    Optional<String> names,
    Optional<String> label,
    Optional<String> header,
    Optional<String> delimiter,
    Optional<String> categorical,
    Optional<String> weight,
    Optional<Integer> indexBase,
    Optional<Boolean> skipBad,
    Optional<String> model,
    Optional<String> from,
    Optional<String> warmStart,
    Optional<Integer> threads,
    Optional<String> memoryBudget,
    Optional<String> resident,
    Optional<String> memory,
    Optional<String> checkpointEvery,
    Optional<String> log,
    Optional<String> curves,
    Optional<List<Integer>> hidden,
    Optional<String> loss,
    Optional<String> selection,
    Optional<String> optimizer,
    Optional<Integer> epochs,
    Optional<Integer> batch,
    Optional<Double> rate,
    Optional<Long> seed,
    Optional<Integer> replicas,
    Optional<Boolean> deterministic) {

  /// The model to go on with, under either of its names.
  Optional<Path> earlierModel() {
    if (from.isPresent() && warmStart.isPresent()) {
      throw new UsageException("--warm-start is the older name of --from: say one");
    }
    return from.or(() -> warmStart).map(Path::of);
  }
}
