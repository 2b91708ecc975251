package org.fovea.cli;

import java.util.Locale;
import java.util.Optional;
import org.fovea.data.DataSummary;
import org.fovea.data.Examples;
import org.fovea.model.Model;
import org.fovea.model.ModelInfo;
import org.fovea.network.NeuronLayer;
import org.fovea.network.Selector;
import org.fovea.selection.Selectors;
import org.fovea.spec.Selection;
import org.fovea.training.Evaluator;
import org.fovea.training.metric.Decision;
import org.fovea.training.metric.MeasureSpec;
import org.fovea.training.metric.Measures;
import org.fovea.training.metric.Propensities;
import tools.jackson.databind.node.ObjectNode;

/// What a model is worth on some data, and how long it took to find out.
///
/// @param measures by name
/// @param seconds wall time
/// @param cpuSeconds processor time
record Evaluation(Measures measures, double seconds, double cpuSeconds) {

  /// How to measure.
  ///
  /// @param ks places of the rankings
  /// @param propensities A and B of the propensities
  /// @param throughTables among the labels that hash tables find, instead of all
  /// @param threads how many work
  record Options(int[] ks, double[] propensities, boolean throughTables, int threads) {

    static Options usual(int threads) {
      return new Options(
          new int[] {1, 3, 5},
          new double[] {Propensities.DEFAULT_A, Propensities.DEFAULT_B},
          false,
          threads);
    }
  }

  /// Measures a model.
  static Evaluation of(Model model, Examples examples, Options options) {
    MeasureSpec spec = spec(model.info(), examples.summary(), options);
    Evaluator evaluator = new Evaluator(examples, spec, options.threads());
    long start = System.nanoTime();
    double cpu = ProcessorTime.seconds();
    Measures measures;
    if (options.throughTables()) {
      try (Selector tables = tables(model)) {
        start = System.nanoTime();
        cpu = ProcessorTime.seconds();
        measures = evaluator.evaluateSelected(model.network(), tables);
      }
    } else {
      measures = evaluator.evaluate(model.network());
    }
    return new Evaluation(
        measures, (System.nanoTime() - start) / 1e9, ProcessorTime.seconds() - cpu);
  }

  private static MeasureSpec spec(ModelInfo info, DataSummary data, Options options) {
    ModelInfo.Provenance trained = info.data();
    int labels = info.network().output().labels();
    MeasureSpec spec = MeasureSpec.at(options.ks());
    if (trained.examples() > 0) {
      spec =
          spec.with(
              Propensities.of(
                  frequencies(trained),
                  trained.examples(),
                  options.propensities()[0],
                  options.propensities()[1]));
    }
    boolean single = data.unlabelledCount() == 0 && data.labelEntryCount() == data.exampleCount();
    return single ? spec.with(new Decision.Best(labels)) : spec;
  }

  private static int[] frequencies(ModelInfo.Provenance trained) {
    int[] frequencies = new int[trained.labelFrequencies().length];
    for (int label = 0; label < frequencies.length; label++) {
      frequencies[label] = Math.clamp(trained.labelFrequencies()[label], 0, Integer.MAX_VALUE);
    }
    return frequencies;
  }

  /// Hash tables over a model's labels: as it was trained, or else the usual ones.
  static Selector tables(Model model) {
    NeuronLayer labels = model.network().output().neurons();
    Optional<Selector> trained = labels.selector();
    if (trained.isPresent()
        && model.info().network().output().selection() instanceof Selection.Lsh) {
      return trained.get();
    }
    Selection selection =
        model.info().network().output().selection() instanceof Selection.Lsh lsh
            ? lsh
            : KindDefaults.TABLES;
    return Selectors.create(
        selection,
        labels.weights().values(),
        labels.bias().values(),
        frequencies(model.info().data()),
        model.info().training().seed(),
        true);
  }

  /// The measures by the names that people write, the counts, and the seconds.
  ObjectNode tree() {
    ObjectNode tree = MeasureReport.tree(measures);
    tree.put("seconds", seconds);
    tree.put("CPU seconds", cpuSeconds);
    return tree;
  }

  /// Shows it to people.
  void print(Console console) {
    MeasureReport.print(measures, console);
    long examples = measures.examples();
    console.result(
        String.format(
            Locale.ROOT,
            "  %,d examples in %.1f s, %.2f ms CPU each%s",
            examples,
            seconds,
            1e3 * cpuSeconds / Math.max(1, examples),
            leftOut()));
  }

  private String leftOut() {
    double count = measures.has(Measures.LEFT_OUT) ? measures.value(Measures.LEFT_OUT) : 0;
    return count == 0
        ? ""
        : "; %s without features or labels were left out".formatted(Sizes.count((long) count));
  }
}
