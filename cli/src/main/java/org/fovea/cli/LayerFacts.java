package org.fovea.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.fovea.kernel.SparsePattern;
import org.fovea.model.json.Json;
import org.fovea.model.json.SpecJson;
import org.fovea.network.Network;
import org.fovea.network.SparseConnections;
import org.fovea.spec.LayerSpec;
import org.fovea.spec.NetworkSpec;
import org.fovea.spec.OutputSpec;
import org.fovea.spec.Selection;
import tools.jackson.databind.node.ObjectNode;

/// What a layer is made of, and what an example costs in it.
///
/// Costs are multiply-adds of one forward pass for the features that an example has.
///
/// @param name of the layer
/// @param inputs what reaches it
/// @param neurons how many
/// @param kind activation or loss, and what else matters
/// @param selection which neurons take part
/// @param parameters weights and biases
/// @param denseCost with every neuron and every connection that there is
/// @param usedCost with the neurons that training selects
record LayerFacts(
    String name,
    int inputs,
    int neurons,
    String kind,
    String selection,
    long parameters,
    double denseCost,
    double usedCost) {

  /// The layers of a network, from the input upward, direct connections last.
  ///
  /// @param featuresPerExample of a typical example
  static List<LayerFacts> of(Network network, double featuresPerExample) {
    NetworkSpec spec = network.spec();
    List<LayerFacts> layers = new ArrayList<>();
    double arriving = featuresPerExample;
    double arrivingAtAll = featuresPerExample;
    int inputs = spec.input().features();
    int nextSparse = 0;
    for (int i = 0; i < spec.hidden().size(); i++) {
      if (spec.hidden().get(i) instanceof LayerSpec.Sparse sparse) {
        SparseConnections connections = network.connections().get(nextSparse++);
        layers.add(
            sparse(
                "hidden " + (i + 1),
                name(sparse.activation()),
                connections,
                sparse.neurons(),
                arriving / inputs));
        arriving = sparse.neurons();
        arrivingAtAll = arriving;
        inputs = sparse.neurons();
        continue;
      }
      LayerSpec.Dense layer = (LayerSpec.Dense) spec.hidden().get(i);
      double active = active(layer.selection(), layer.neurons());
      boolean computesAll = !(layer.selection() instanceof Selection.Lsh);
      layers.add(
          new LayerFacts(
              "hidden " + (i + 1),
              inputs,
              layer.neurons(),
              name(layer.activation()),
              describe(layer.selection()),
              (inputs + 1L) * layer.neurons(),
              arrivingAtAll * layer.neurons(),
              arriving * (computesAll ? layer.neurons() : active)));
      arriving = active;
      arrivingAtAll = layer.neurons();
      inputs = layer.neurons();
    }
    if (network.sparseOutput().isPresent()) {
      layers.add(
          sparse(
              "output",
              name(spec.output().loss()),
              network.sparseOutput().get(),
              spec.output().labels(),
              arriving / inputs));
    } else {
      layers.add(output(spec.output(), spec.outputInputs(), arriving));
    }
    if (!network.output().direct().isEmpty()) {
      layers.add(direct(network, featuresPerExample));
    }
    return layers;
  }

  /// @param arriving share of the inputs that reach the layer
  private static LayerFacts sparse(
      String name, String kind, SparseConnections connections, int biases, double arriving) {
    SparsePattern pattern = connections.matrix().pattern();
    return new LayerFacts(
        name,
        pattern.columns(),
        pattern.rows(),
        kind,
        "all, over %.2f %% of the places".formatted(100.0 * pattern.count() / pattern.places()),
        pattern.count() + biases,
        pattern.places() * arriving,
        pattern.count() * arriving);
  }

  private static LayerFacts output(OutputSpec spec, int inputs, double arriving) {
    return new LayerFacts(
        "output",
        inputs,
        spec.labels(),
        name(spec.loss()),
        describe(spec.selection()),
        (inputs + 1L) * spec.labels(),
        (double) inputs * spec.labels(),
        (inputs == 0 ? 0 : arriving) * active(spec.selection(), spec.labels()));
  }

  private static LayerFacts direct(Network network, double featuresPerExample) {
    long count = network.output().direct().count();
    int features = network.spec().input().features();
    int labels = network.spec().output().labels();
    double active = active(network.spec().output().selection(), labels);
    double share = (double) count / features / labels;
    return new LayerFacts(
        "direct",
        features,
        labels,
        "connections",
        "%.4f %% of all pairs".formatted(100 * share),
        count,
        featuresPerExample * labels * share,
        featuresPerExample * active * share);
  }

  private static double active(Selection selection, int neurons) {
    return switch (selection) {
      case Selection.All _ -> neurons;
      case Selection.TopK(int count) -> count;
      case Selection.AdaptiveDropout(int count) -> count;
      case Selection.Sampled sampled -> Math.min(neurons, sampled.count());
      case Selection.Lsh lsh -> Math.min(neurons, lsh.retrieval().limit());
    };
  }

  private static String describe(Selection selection) {
    return switch (selection) {
      case Selection.All _ -> "all";
      case Selection.TopK(int count) -> "the best " + count;
      case Selection.AdaptiveDropout(int count) -> "about %d by chance".formatted(count);
      case Selection.Sampled sampled ->
          "%d sampled, by %s".formatted(sampled.count(), name(sampled.sharing()));
      case Selection.Lsh lsh ->
          "at most %d of %d hash tables, by %s"
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
        .put("used-multiply-adds", usedCost);
  }
}
