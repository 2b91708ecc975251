package org.fovea.cli;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.fovea.data.Batch;
import org.fovea.data.ExampleReader;
import org.fovea.kernel.Block;
import org.fovea.model.Model;
import org.fovea.model.json.Json;
import org.fovea.network.FeatureConnections;
import org.fovea.network.NeuronLayer;
import org.fovea.network.Selector;
import org.fovea.network.Team;
import org.fovea.selection.Selectors;
import org.fovea.selection.lsh.HashedRows;
import org.fovea.selection.lsh.LshOptions;
import org.fovea.selection.lsh.LshSelector;
import org.fovea.selection.lsh.RecallPoint;
import org.fovea.selection.lsh.SelectionHealth;
import org.fovea.spec.LayerSpec;
import org.fovea.spec.NetworkSpec;
import org.fovea.spec.Selection;
import tools.jackson.databind.node.ObjectNode;

/// What finds the labels to predict among, instead of computing all.
///
/// Where the last hidden layer is dense it is an index that is tuned on examples to a wanted
/// recall; where it is sparse, the hash tables of the network or the usual ones.
///
/// @param selector finds labels
/// @param direct the network's direct connections, which find labels too
/// @param curve what more looking up would have bought; empty for hash tables
/// @param recall share of the five best labels that should be found
record Tables(Selector selector, FeatureConnections direct, List<RecallPoint> curve, double recall)
    implements AutoCloseable {

  private static final int QUERIES = 512;
  private static final int DEPTH = 5;

  /// Makes them for a model.
  ///
  /// @param examples read from, for tuning
  /// @throws CommandException if the network has no hidden layer
  static Tables of(Model model, ExampleReader examples, double recall) {
    NetworkSpec spec = model.info().network();
    if (spec.hidden().isEmpty()) {
      throw new CommandException(
          "tables were asked for, but the network has no hidden layer that they could look up");
    }
    FeatureConnections direct = FeatureConnections.of(model.network());
    if (spec.hidden().getLast() instanceof LayerSpec.Dense last
        && !(last.selection() instanceof Selection.All)) {
      Selection.Lsh lsh = lsh(spec).orElseGet(Selection.Lsh::defaults);
      return new Tables(hashTables(model, lsh), direct, List.of(), recall);
    }
    Batch sample = new Batch();
    examples.read(sample, QUERIES);
    model.network().inputWeights().apply(sample);
    Selectors.TunedIndex tuned =
        Selectors.forPrediction(model.network(), direct, sample, recall, options(model));
    return new Tables(tuned.index(), direct, tuned.curve(), recall);
  }

  private static HashedRows rows(Model model) {
    NeuronLayer labels = model.network().output().neurons();
    if (labels.stored().isPresent()) {
      throw new CommandException(
          "the hash tables of this network need the rows of its labels in the heap: leave out"
              + " --resident or --through-tables");
    }
    return HashedRows.of(labels);
  }

  private static LshOptions options(Model model) {
    return new LshOptions(model.info().training().seed(), true, Team.single());
  }

  private static Optional<Selection.Lsh> lsh(NetworkSpec spec) {
    return spec.output().selection() instanceof Selection.Lsh lsh
        ? Optional.of(lsh)
        : Optional.empty();
  }

  private static Selector hashTables(Model model, Selection.Lsh lsh) {
    return Selectors.create(lsh, rows(model), model.info().data().labelCounts(), options(model));
  }

  /// How the hash tables of a model's labels are filled, if it was trained with any.
  static Optional<SelectionHealth> health(Model model) {
    return lsh(model.info().network())
        .flatMap(lsh -> {
          try (Selector selector = hashTables(model, lsh)) {
            return selector instanceof LshSelector tables
                ? Optional.of(tables.health(new Block(), DEPTH))
                : Optional.empty();
          }
        });
  }

  /// The curve of recall against time, for people.
  List<String> lines() {
    return curve.stream()
        .map(point ->
            String.format(
                Locale.ROOT,
                "  recall@%s %.3f  %8.1f µs  %s clusters, %s labels",
                DEPTH,
                point.recall(),
                point.microseconds(),
                point.budget().probes(),
                point.budget().limit()))
        .toList();
  }

  /// The same for programs.
  ObjectNode tree() {
    ObjectNode tree = Json.object().put("wanted-recall", recall);
    for (RecallPoint point : curve) {
      tree.withArray("/curve")
          .addObject()
          .put("recall", point.recall())
          .put("microseconds", point.microseconds())
          .put("probes", point.budget().probes())
          .put("limit", point.budget().limit());
    }
    return tree;
  }

  @Override
  public void close() {
    selector.close();
  }
}
