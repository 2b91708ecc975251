package org.fovea.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.fovea.kernel.SparsePattern;
import org.fovea.model.json.Json;
import org.fovea.model.json.SpecJson;
import org.fovea.network.DirectConnections;
import org.fovea.network.Network;
import org.fovea.network.SparseConnections;
import org.fovea.spec.LayerSpec;
import org.fovea.spec.NetworkSpec;
import org.fovea.spec.OutputSpec;
import org.fovea.spec.Retrieval;
import org.fovea.spec.Selection;
import tools.jackson.databind.node.ObjectNode;

/// What a layer is made of, and what an example costs in it.
///
/// Costs are multiply-adds of one forward pass of training. That of tables is the most that it may
/// be, without the search in them; features that direct connections begin at are taken to have as
/// many of them as others, unless examples were looked at.
///
/// @param name of the layer
/// @param inputs what reaches it
/// @param neurons how many
/// @param kind activation or loss, and what else matters
/// @param selection which neurons take part
/// @param parameters weights and biases
/// @param denseCost with every neuron, every place of a connection, and every feature, whether an
///   example has it or not; of direct connections with those that exist
/// @param usedCost with the neurons that training selects, the connections that exist, and the
///   features that an example has; not a number if nobody knows how many these are
record LayerFacts(
    String name,
    int inputs,
    int neurons,
    String kind,
    String selection,
    long parameters,
    double denseCost,
    double usedCost) {

  /// Above one in so many features a sparse layer works on all of them.
  private static final int ENTRY_COST = 12;

  /// The layers of a network, from the input upward, direct connections last.
  static List<LayerFacts> of(Network network, ExampleFacts example) {
    NetworkSpec spec = network.spec();
    List<LayerFacts> layers = new ArrayList<>();
    double arriving = example.seen();
    int inputs = spec.input().features();
    int nextSparse = 0;
    for (int i = 0; i < spec.hidden().size(); i++) {
      String name = "hidden " + (i + 1);
      switch (spec.hidden().get(i)) {
        case LayerSpec.Sparse sparse -> {
          SparseConnections connections = network.connections().get(nextSparse++);
          double present = i == 0 ? share(arriving, inputs) : 1;
          layers.add(
              sparse(name, name(sparse.activation()), connections, sparse.neurons(), present));
          arriving = sparse.neurons();
        }
        case LayerSpec.Dense dense -> {
          layers.add(dense(name, inputs, dense, arriving));
          arriving = active(dense);
        }
      }
      inputs = spec.hidden().get(i).neurons();
    }
    if (network.sparseOutput().isPresent()) {
      SparseConnections connections = network.sparseOutput().get();
      double present = spec.hidden().isEmpty() ? share(arriving, inputs) : 1;
      String loss = name(spec.output().loss());
      layers.add(sparse("output", loss, connections, spec.output().labels(), present));
    } else {
      double reaching = spec.outputInputs() == 0 ? 0 : arriving;
      layers.add(output(spec.output(), spec.outputInputs(), reaching, example.labels()));
    }
    if (!network.output().direct().isEmpty()) {
      layers.add(direct(network, example));
    }
    return layers;
  }

  /// Share of the inputs that a sparse layer over the network's input works on: entries where there
  /// are few, otherwise all.
  private static double share(double features, int inputs) {
    double share = features / inputs;
    return share * ENTRY_COST < 1 || Double.isNaN(share) ? share : 1;
  }

  private static LayerFacts dense(String name, int inputs, LayerSpec.Dense layer, double arriving) {
    double computed =
        switch (layer.selection()) {
          case Selection.All _, Selection.TopK _, Selection.AdaptiveDropout _ -> layer.neurons();
          case Selection.Sampled sampled -> Math.min(layer.neurons(), sampled.count());
          case Selection.Lsh lsh -> found(lsh, layer.neurons());
        };
    return new LayerFacts(
        name,
        inputs,
        layer.neurons(),
        name(layer.activation()),
        describe(layer.selection()),
        (inputs + 1L) * layer.neurons(),
        (double) inputs * layer.neurons(),
        arriving * computed);
  }

  /// @param present share of the inputs that are worked on
  private static LayerFacts sparse(
      String name, String kind, SparseConnections connections, int biases, double present) {
    SparsePattern pattern = connections.matrix().pattern();
    return new LayerFacts(
        name,
        pattern.columns(),
        pattern.rows(),
        kind,
        String.format(
            Locale.ROOT,
            "all, over %.2f %% of the places",
            100.0 * pattern.count() / pattern.places()),
        pattern.count() + biases,
        pattern.places(),
        pattern.count() * present);
  }

  private static LayerFacts output(
      OutputSpec spec, int inputs, double arriving, LabelActivity labels) {
    return new LayerFacts(
        "output",
        inputs,
        spec.labels(),
        name(spec.loss()),
        describe(spec.selection()),
        (inputs + 1L) * spec.labels(),
        (double) inputs * spec.labels(),
        arriving * labels.expected());
  }

  private static LayerFacts direct(Network network, ExampleFacts example) {
    DirectConnections direct = network.output().direct();
    int features = network.spec().input().features();
    int labels = network.spec().output().labels();
    double share = (double) direct.count() / features / labels;
    double reaching =
        example.direct().orElse(example.features() / features * direct.count())
            * (1 - example.inputDropout());
    return new LayerFacts(
        "direct",
        features,
        labels,
        "connections",
        String.format(Locale.ROOT, "%.4f %% of all pairs", 100 * share),
        direct.count(),
        direct.count(),
        reaching * example.labels().share(direct));
  }

  /// Neurons of a hidden layer that the layer above sees, at most.
  private static double active(LayerSpec.Dense layer) {
    return switch (layer.selection()) {
      case Selection.All _ -> layer.neurons();
      case Selection.TopK(int count) -> count;
      case Selection.AdaptiveDropout(int count) -> count;
      case Selection.Sampled sampled -> Math.min(layer.neurons(), sampled.count());
      case Selection.Lsh lsh ->
          lsh.retrieval() instanceof Retrieval.Best best
              ? Math.min(layer.neurons(), best.kept())
              : found(lsh, layer.neurons());
    };
  }

  /// Neurons that tables give, at most.
  private static double found(Selection.Lsh lsh, int neurons) {
    int padding = lsh.padding().map(Selection.Sampled::count).orElse(0);
    return Math.min(neurons, lsh.retrieval().limit() + padding);
  }

  private static String describe(Selection selection) {
    return switch (selection) {
      case Selection.All _ -> "all";
      case Selection.TopK(int count) -> "the best " + count;
      case Selection.AdaptiveDropout(int count) -> "about %s by chance".formatted(count);
      case Selection.Sampled sampled ->
          "%s sampled, by %s".formatted(sampled.count(), name(sampled.sharing()));
      case Selection.Lsh lsh ->
          "at most %s of %s hash tables, by %s"
              .formatted(lsh.retrieval().limit(), lsh.tables(), name(lsh.sharing()));
    };
  }

  private static String name(Object spec) {
    return spec.getClass().isRecord()
        ? kind(SpecJson.write(spec, family(spec)).toString())
        : spec.toString().toLowerCase(Locale.ROOT);
  }

  @SuppressWarnings("unchecked") // A record of a family implements the family's interface.
  private static <T> Class<T> family(T spec) {
    return (Class<T>) spec.getClass().getInterfaces()[0];
  }

  private static String kind(String tree) {
    return tree.replaceAll("[\"{}]", "").replace(":", " ");
  }

  /// For programs.
  ObjectNode tree() {
    return Json.object()
        .put("name", name)
        .put("inputs", inputs)
        .put("neurons", neurons)
        .put("kind", kind)
        .put("selection", selection)
        .put("parameters", parameters)
        .put("dense-multiply-adds", denseCost)
        .put("used-multiply-adds", Double.isNaN(usedCost) ? null : (Double) usedCost);
  }
}
