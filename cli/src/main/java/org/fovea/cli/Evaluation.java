package org.fovea.cli;

import java.util.Locale;
import java.util.Optional;
import org.fovea.data.DataSummary;
import org.fovea.data.ExampleReader;
import org.fovea.data.Examples;
import org.fovea.model.Model;
import org.fovea.model.ModelInfo;
import org.fovea.spec.Calibration;
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
/// @param tables what labels were looked up in, closed, if not all were computed
record Evaluation(Measures measures, double seconds, double cpuSeconds, Optional<Tables> tables) {

  /// How to measure.
  ///
  /// @param ks places of the rankings
  /// @param propensities A and B of the propensities
  /// @param recall of tables through which to predict; nothing for all labels
  /// @param threads how many work
  record Options(int[] ks, double[] propensities, Optional<Double> recall, int threads) {

    static Options usual(int threads) {
      return new Options(
          new int[] {1, 3, 5},
          new double[] {Propensities.DEFAULT_A, Propensities.DEFAULT_B},
          Optional.empty(),
          threads);
    }
  }

  /// Measures a model.
  static Evaluation of(Model model, Examples examples, Options options) {
    return of(model, examples, options, new ProbabilityOptions());
  }

  /// Measures a model, its probabilities or labels that reach a threshold as well.
  static Evaluation of(Model model, Examples examples, Options options, ProbabilityOptions scores) {
    MeasureSpec spec = spec(model.info(), examples.summary(), options);
    Optional<Double> threshold = scores.threshold(model.info());
    if (threshold.isPresent()) {
      int labels = model.info().network().output().labels();
      spec = spec.with(new Decision.Threshold(labels, threshold.get().floatValue()));
    }
    if (scores.wantsProbabilities()) {
      spec = spec.withReliability();
    }
    Optional<Calibration> calibration =
        scores.wantsProbabilities() || threshold.isPresent()
            ? scores.calibration(model.info())
            : Optional.empty();
    Evaluator evaluator = new Evaluator(examples, spec, options.threads(), calibration);
    Optional<Tables> tables = options.recall().map(recall -> tables(model, examples, recall));
    long start = System.nanoTime();
    double cpu = ProcessorTime.seconds();
    Measures measures;
    try {
      measures =
          tables.isPresent()
              ? evaluator.evaluateSelected(
                  model.network(), tables.get().direct(), tables.get().selector())
              : evaluator.evaluate(model.network());
    } finally {
      tables.ifPresent(Tables::close);
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    return new Evaluation(measures, seconds, ProcessorTime.seconds() - cpu, tables);
  }

  private static Tables tables(Model model, Examples examples, double recall) {
    try (ExampleReader reader = examples.shuffled(model.info().training().seed(), 0)) {
      return Tables.of(model, reader, recall);
    }
  }

  private static MeasureSpec spec(ModelInfo info, DataSummary data, Options options) {
    ModelInfo.Provenance trained = info.data();
    int labels = info.network().output().labels();
    MeasureSpec spec = MeasureSpec.at(options.ks());
    if (trained.examples() > 0) {
      spec =
          spec.with(
              Propensities.of(
                  trained.labelCounts(),
                  trained.examples(),
                  options.propensities()[0],
                  options.propensities()[1]));
    }
    boolean single = data.unlabelledCount() == 0 && data.labelEntryCount() == data.exampleCount();
    return single ? spec.with(new Decision.Best(labels)) : spec;
  }

  /// The measures by the names that people write, the counts, and the seconds.
  ObjectNode tree() {
    ObjectNode tree = MeasureReport.tree(measures);
    tree.put("seconds", seconds);
    tree.put("CPU seconds", cpuSeconds);
    tables.ifPresent(found -> tree.set("tables", found.tree()));
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
    tables.ifPresent(found -> found.lines().forEach(console::result));
  }

  private String leftOut() {
    double count = measures.has(Measures.LEFT_OUT) ? measures.value(Measures.LEFT_OUT) : 0;
    return count == 0
        ? ""
        : "; %s without features or labels were left out".formatted(Sizes.count((long) count));
  }
}
