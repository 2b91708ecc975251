package org.fovea.bench.suite;

import static org.fovea.bench.run.Markdown.number;
import static org.fovea.bench.run.Markdown.percent;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.fovea.bench.run.Machine;
import org.fovea.bench.run.Markdown;
import org.fovea.bench.run.Row;
import org.fovea.bench.run.Work;
import org.fovea.data.Batch;
import org.fovea.data.ExampleReader;
import org.fovea.data.Examples;
import org.fovea.kernel.RowMatrix;
import org.fovea.network.FeatureConnections;
import org.fovea.network.Network;
import org.fovea.network.NeuronLayer;
import org.fovea.network.Team;
import org.fovea.selection.Selectors;
import org.fovea.selection.lsh.LshOptions;
import org.fovea.selection.lsh.LshSelector;
import org.fovea.selection.lsh.PredictionIndex;
import org.fovea.selection.lsh.QueryBudget;
import org.fovea.selection.lsh.RecallPoint;
import org.fovea.spec.BucketPolicy;
import org.fovea.spec.HashFamily;
import org.fovea.spec.Rehash;
import org.fovea.spec.Retrieval;
import org.fovea.spec.Selection;
import org.fovea.spec.Sharing;

/// The whole curve of recall against time of prediction through tables, for some tables over a
/// trained output layer.
///
/// **Threads** confined.
final class TableCurve {

  private static final int[] PROBES = {1, 2, 4, 8, 16, 32, 64, 128};

  private static final double WANTED_RECALL = 0.9;
  private static final int QUERIES = 512;
  private static final int CURVE_POINTS = 10;

  private final Work work;
  private final Network network;
  private final Examples tuning;
  private final RowPrediction prediction;
  private final List<Map<String, Object>> points = new ArrayList<>();

  /// @param test a few of these, which training has not seen, serve to tune; the others are
  ///   predicted, one row at a time
  TableCurve(Work work, Network network, Examples test) {
    Examples.HoldOut parts =
        test.holdOut(Math.min(0.5, (double) QUERIES / test.summary().exampleCount()), 1);
    this.tuning = parts.validation();
    this.work = work;
    this.network = network;
    this.prediction =
        new RowPrediction(network, parts.training(), work.settings().size(3_000, 300));
  }

  /// Measures, and puts what it finds into the row.
  void measure() {
    add("all labels", 0, 0, 0, prediction.exactly());
    index();
    int labels = network.output().neurons().neurons();
    int bits = Math.max(4, 32 - Integer.numberOfLeadingZeros(labels) - 6);
    through(
        "SimHash, 16 tables of %s bits".formatted(bits),
        lsh(new HashFamily.SimHash(true), 16, bits, new Retrieval.Union(labels)),
        labels);
    work.row().put("predictions", points);
  }

  /// The engine's own index for prediction, tuned on examples that are not predicted.
  private void index() {
    double before = Machine.cpuSeconds();
    FeatureConnections direct = FeatureConnections.of(network);
    Selectors.TunedIndex tunedIndex =
        Selectors.forPrediction(
            network, direct, sample(), WANTED_RECALL, new LshOptions(1, false, Team.single()));
    double built = Machine.cpuSeconds() - before;
    PredictionIndex index = tunedIndex.index();
    List<RecallPoint> curve = tunedIndex.curve();
    work.row().put("index MB", (index.bytes() + direct.bytes()) / 1e6);
    QueryBudget tuned = index.budget();
    int step = Math.max(1, curve.size() / CURVE_POINTS);
    for (int i = 0; i < curve.size(); i++) {
      QueryBudget budget = curve.get(i).budget();
      if (i % step == 0 || i == curve.size() - 1 || budget.equals(tuned)) {
        index.budget(budget);
        add(
            budget.equals(tuned) ? "prediction index, as tuned" : "prediction index",
            budget.probes(),
            budget.limit(),
            built,
            prediction.through(index));
      }
    }
  }

  private Batch sample() {
    Batch batch = new Batch();
    try (ExampleReader reader = tuning.inOrder()) {
      reader.read(batch, QUERIES);
    }
    network.inputWeights().apply(batch);
    return batch;
  }

  private static Selection.Lsh lsh(HashFamily family, int tables, int hashes, Retrieval retrieval) {
    return new Selection.Lsh(
        family,
        tables,
        hashes,
        new BucketPolicy.Unbounded(),
        retrieval,
        Optional.empty(),
        new Rehash.Incremental(1_000_000),
        Sharing.EXAMPLE);
  }

  private void through(String name, Selection.Lsh spec, int labels) {
    NeuronLayer neurons = network.output().neurons();
    RowMatrix weights = neurons.weights().values();
    double before = Machine.cpuSeconds();
    try (LshSelector selector =
        (LshSelector)
            Selectors.create(spec, weights, neurons.bias().values(), new int[0], 1, false)) {
      double built = Machine.cpuSeconds() - before;
      for (int probes : PROBES) {
        selector.budget(new QueryBudget(probes, labels));
        RowPrediction.Outcome outcome = prediction.through(selector);
        add(name, probes, labels, built, outcome);
        if (outcome.recall() > 0.995 || outcome.scored() > labels / 2.0) {
          return;
        }
      }
    }
  }

  private void add(String how, int probes, int limit, double built, RowPrediction.Outcome outcome) {
    Map<String, Object> point = new LinkedHashMap<>();
    point.put("how", how);
    point.put("probes", probes);
    point.put("limit", limit);
    point.put("recall@5", outcome.recall());
    point.put("P@1", outcome.precision());
    point.put("ms CPU", outcome.cpuMillis());
    point.put("p50 ms", outcome.p50());
    point.put("p99 ms", outcome.p99());
    point.put("labels scored", outcome.scored());
    point.put("CPU seconds to build", built);
    points.add(point);
    work.say(
        "%s, %d probes: recall@5 %.3f, %.3f ms CPU, p50 %.3f ms, p99 %.3f ms, %.0f labels",
        how,
        probes,
        outcome.recall(),
        outcome.cpuMillis(),
        outcome.p50(),
        outcome.p99(),
        outcome.scored());
    work.row().put("predictions", points);
    work.keep();
  }

  /// The table of a row that was measured.
  static String table(Row row) {
    Markdown table =
        new Markdown(
            "one row through",
            "probes",
            "limit",
            "recall@5, %",
            "P@1, %",
            "ms CPU a row",
            "p50, ms wall",
            "p99, ms wall",
            "labels scored",
            "CPU s to build");
    for (Row point : row.rows("predictions")) {
      table.row(
          point.text("how"),
          point.text("probes"),
          point.text("limit"),
          percent(point.number("recall@5"), 1),
          percent(point.number("P@1"), 2),
          number(point.number("ms CPU"), 3),
          number(point.number("p50 ms"), 3),
          number(point.number("p99 ms"), 3),
          number(point.number("labels scored"), 0),
          number(point.number("CPU seconds to build"), 1));
    }
    return table.toString();
  }

  /// Curves of recall over CPU milliseconds, by kind of table.
  static Map<String, List<double[]>> curves(Row row) {
    Map<String, List<double[]>> curves = new LinkedHashMap<>();
    for (Row point : row.rows("predictions")) {
      curves
          .computeIfAbsent(point.text("how").replace(", as tuned", ""), _ -> new ArrayList<>())
          .add(new double[] {point.number("ms CPU"), point.number("recall@5")});
    }
    return curves;
  }
}
