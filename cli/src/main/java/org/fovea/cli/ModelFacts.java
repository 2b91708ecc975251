package org.fovea.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;
import org.fovea.kernel.RowMatrix;
import org.fovea.model.Model;
import org.fovea.model.ModelInfo;
import org.fovea.model.files.ModelDirectory;
import org.fovea.model.json.Json;
import org.fovea.model.json.SpecJson;
import org.fovea.network.DirectConnections;
import org.fovea.network.Network;
import org.fovea.network.Parameters;
import org.fovea.selection.lsh.SelectionHealth;
import org.fovea.spec.NetworkSpec;
import org.fovea.spec.TrainSpec;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Everything that `inspect` tells of a model.
///
/// @param info what the directory tells
/// @param version of the Fovea that wrote it
/// @param fileCount files that were verified
/// @param fileBytes their length in all
/// @param layers from the input upward
/// @param sparse which connections the sparse ones have
/// @param evolution how the connections of the inputs came to be what they are
/// @param strengths of each input, how much it matters
/// @param parameters weights and biases in all
/// @param memory bytes of the weights in memory
/// @param degrees direct connections of each label
/// @param frequencies training examples of each label
/// @param norms length of each label's weights
/// @param tables how the hash tables of the labels are filled, if there are any
/// @param inputs what matters most
/// @param featuresPerExample that costs were computed for; not a number if nobody knows
record ModelFacts(
    ModelInfo info,
    String version,
    int fileCount,
    long fileBytes,
    List<LayerFacts> layers,
    List<SparseFacts> sparse,
    InputEvolution evolution,
    InputImportance strengths,
    long parameters,
    long memory,
    Distribution degrees,
    Distribution frequencies,
    Distribution norms,
    Optional<SelectionHealth> tables,
    List<InputImportance.Ranked> inputs,
    double featuresPerExample) {

  /// Of a model; opening it has verified it.
  ///
  /// @param example that costs are computed for
  /// @param top how many inputs to tell
  static ModelFacts of(Path directory, Model model, ExampleFacts example, int top) {
    Network network = model.network();
    String version;
    SequencedSet<String> files;
    long bytes = 0;
    try (ModelDirectory opened = ModelDirectory.open(directory)) {
      version = opened.engineVersion();
      files = opened.files();
      for (String file : files) {
        bytes += length(opened, file);
      }
    }
    long memory = 0;
    for (Parameters matrix : network.parameters()) {
      memory += RowMatrix.bytes(matrix.values().rows(), matrix.values().columns());
    }
    InputImportance strengths = InputImportance.of(network);
    return new ModelFacts(
        model.info(),
        version,
        files.size(),
        bytes,
        LayerFacts.of(network, example),
        SparseFacts.of(network),
        InputEvolution.of(network),
        strengths,
        network.parameterCount(),
        memory + 8L * network.output().direct().count(),
        degrees(network.output().direct()),
        frequencies(model.info().data().labelFrequencies()),
        norms(network.output().neurons().weights().values()),
        Tables.health(model),
        strengths.top(top, model),
        example.features());
  }

  private static long length(ModelDirectory model, String name) {
    Path path = model.path(name);
    try {
      return Files.size(path);
    } catch (IOException e) {
      throw new UncheckedIOException(path + ": it cannot be read: " + e.getMessage(), e);
    }
  }

  private static Distribution degrees(DirectConnections direct) {
    double[] degrees = new double[direct.offsets().length - 1];
    for (int label = 0; label < degrees.length; label++) {
      degrees[label] = direct.offsets()[label + 1] - direct.offsets()[label];
    }
    return Distribution.of(degrees);
  }

  private static Distribution frequencies(long[] counts) {
    double[] values = new double[counts.length];
    for (int label = 0; label < values.length; label++) {
      values[label] = counts[label];
    }
    return Distribution.of(values);
  }

  private static Distribution norms(RowMatrix matrix) {
    double[] norms = new double[matrix.columns() == 0 ? 0 : matrix.rows()];
    for (int row = 0; row < norms.length; row++) {
      float[] chunk = matrix.chunk(row);
      int offset = matrix.offset(row);
      double squares = 0;
      for (int column = 0; column < matrix.columns(); column++) {
        squares += (double) chunk[offset + column] * chunk[offset + column];
      }
      norms[row] = Math.sqrt(squares);
    }
    return Distribution.of(norms);
  }

  double denseCost() {
    return layers.stream().mapToDouble(LayerFacts::denseCost).sum();
  }

  double usedCost() {
    return layers.stream().mapToDouble(LayerFacts::usedCost).sum();
  }

  private static @Nullable Double known(double number) {
    return Double.isNaN(number) ? null : (Double) number;
  }

  /// For programs.
  ObjectNode tree() {
    ObjectNode tree = Json.object();
    ObjectNode verified = tree.putObject("verified");
    verified.put("sound", true).put("files", fileCount).put("bytes", fileBytes);
    verified.put("version", version);
    tree.put("parameters", parameters).put("memory-bytes", memory);
    layers.forEach(layer -> tree.withArray("/layers").add(layer.tree()));
    sparse.forEach(layer -> tree.withArray("/sparse-layers").add(layer.tree()));
    tree.put("features-per-example", known(featuresPerExample));
    tree.put("dense-multiply-adds", denseCost()).put("used-multiply-adds", known(usedCost()));
    tree.set("direct-connections-of-a-label", degrees.tree());
    tree.set("training-examples-of-a-label", frequencies.tree());
    tree.set("length-of-a-label", norms.tree());
    tables.ifPresent(health ->
        tree.putObject("tables")
            .put("mean-load", health.meanLoad())
            .put("largest-load", health.largestLoad())
            .put("empty-share", health.emptyShare()));
    tree.putObject("data")
        .put("name", info.data().name())
        .put("digest", info.data().digest())
        .put("examples", info.data().examples());
    ObjectNode measures = tree.putObject("measures");
    info.measures().forEach((name, value) -> MeasureReport.put(measures, name, value));
    for (InputImportance.Ranked input : inputs) {
      ObjectNode told =
          tree.withArray("/inputs")
              .addObject()
              .put("feature", input.feature())
              .put("name", input.name())
              .put("hidden", input.hidden())
              .put("direct", input.direct());
      evolution
          .points()
          .forEach(point -> told.withArray("/connections").add(point.counts()[input.feature()]));
    }
    evolution.points().forEach(point -> tree.withArray("/input-history").add(point.name()));
    tree.set("network", SpecJson.write(info.network(), NetworkSpec.class));
    tree.set("training", SpecJson.write(info.training(), TrainSpec.class));
    return tree;
  }
}
