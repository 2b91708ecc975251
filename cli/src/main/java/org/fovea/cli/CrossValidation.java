package org.fovea.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Stream;
import org.fovea.data.DataSummary;
import org.fovea.data.Examples;
import org.fovea.data.Strata;
import org.fovea.model.json.Json;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Trains on all folds but one, measures on that one, for each fold in turn, and tells mean and
/// deviation. No model is kept.
///
/// Where every example has one label, each fold has its share of each class.
final class CrossValidation {

  private final TrainSettings settings;
  private final Configuration.Specs specs;
  private final TrainingData data;
  private final int count;
  private final Console console;

  /// @param count of the folds
  CrossValidation(
      TrainSettings settings,
      Configuration.Specs specs,
      TrainingData data,
      int count,
      Console console) {
    this.settings = settings;
    this.specs = specs;
    this.data = data;
    this.count = count;
    this.console = console;
  }

  /// What came of it.
  ///
  /// @param folds the measures on each fold
  record Result(List<SequencedMap<String, Number>> folds) {

    double mean(String measure) {
      return folds.stream()
          .mapToDouble(fold -> fold.getOrDefault(measure, 0.0).doubleValue())
          .average()
          .orElse(0);
    }

    /// The deviation of the sample: that of one fold from the mean.
    double deviation(String measure) {
      double mean = mean(measure);
      double squares =
          folds.stream()
              .mapToDouble(
                  fold -> Math.pow(fold.getOrDefault(measure, 0.0).doubleValue() - mean, 2))
              .sum();
      return Math.sqrt(squares / (folds.size() - 1));
    }

    /// Measures that every fold has, counts left out.
    private List<String> measures() {
      return folds.getFirst().entrySet().stream()
          .filter(entry -> !(entry.getValue() instanceof Long))
          .map(Map.Entry::getKey)
          .filter(name -> folds.stream().allMatch(fold -> fold.containsKey(name)))
          .toList();
    }

    /// Shows it.
    void print(boolean json, Console console) {
      if (json) {
        console.result(tree().toString());
        return;
      }
      console.result("mean and deviation over %s folds:".formatted(folds.size()));
      for (String name : measures()) {
        console.result(
            String.format(
                Locale.ROOT,
                "  %-9s %7.2f %%  +- %.2f",
                name,
                100 * mean(name),
                100 * deviation(name)));
      }
    }

    private ObjectNode tree() {
      ObjectNode tree = Json.object();
      tree.put("folds", folds.size());
      ObjectNode means = tree.putObject("mean");
      ObjectNode deviations = tree.putObject("deviation");
      for (String name : measures()) {
        means.put(name, mean(name));
        deviations.put(name, deviation(name));
      }
      ArrayNode each = tree.putArray("each");
      for (SequencedMap<String, Number> fold : folds) {
        ObjectNode one = each.addObject();
        fold.forEach((name, value) -> MeasureReport.put(one, name, value));
      }
      return tree;
    }
  }

  /// Trains and measures.
  ///
  /// @return nothing if it was stopped
  Optional<Result> run() {
    Examples examples = data.training();
    long seed = specs.training().seed();
    List<SequencedMap<String, Number>> measured = new ArrayList<>();
    List<long[]> folds = folds(examples, seed);
    for (int i = 0; i < count; i++) {
      console.say("fold %s of %s".formatted(i + 1, count));
      Examples.HoldOut held = examples.holdOut(folds.get(i));
      Optional<TrainingResult> result = train(held);
      if (result.isEmpty()) {
        return Optional.empty();
      }
      measured.add(new LinkedHashMap<>(result.get().test().orElseThrow().measures().values()));
    }
    return Optional.of(new Result(measured));
  }

  private List<long[]> folds(Examples examples, long seed) {
    DataSummary summary = examples.summary();
    boolean single =
        summary.unlabelledCount() == 0 && summary.labelEntryCount() == summary.exampleCount();
    if (count > summary.exampleCount()) {
      throw new UsageException(
          "--folds: at most as many as the %s examples were expected, %s came"
              .formatted(summary.exampleCount(), count));
    }
    Strata strata = single ? Strata.byLabel(examples) : Strata.alike(examples);
    return strata.folds(count, seed);
  }

  private Optional<TrainingResult> train(Examples.HoldOut held) {
    try {
      Path folder = Files.createTempDirectory("fovea-fold-");
      try {
        ModelPlace place = new ModelPlace(folder.resolve("model"), false);
        return new TrainingSession(settings, specs, data.fold(held), place, console)
            .start(Optional.empty());
      } finally {
        remove(folder);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("a fold cannot be kept for a while: " + e.getMessage(), e);
    }
  }

  private static void remove(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path path : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
