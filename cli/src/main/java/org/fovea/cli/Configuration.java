package org.fovea.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.fovea.model.json.Json;
import org.fovea.model.json.SpecFormatException;
import org.fovea.model.json.SpecJson;
import org.fovea.spec.NetworkSpec;
import org.fovea.spec.TrainSpec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What a user wants of a training run, in layers: a file, and over it the options.
///
/// A file has the keys of [TrainSettings], and `network` and `training` for whole specs as
/// [SpecJson] reads them. Within a layer the whole specs are over the short keys.
final class Configuration {

  private static final String NETWORK = "network";
  private static final String TRAINING = "training";

  private final List<Layer> layers = new ArrayList<>();
  private final TrainSettings settings;

  /// What one source says.
  ///
  /// @param source what messages call it; empty for the options
  private record Layer(
      String source, TrainSettings settings, JsonNode network, JsonNode training) {}

  /// Specs as wanted.
  record Specs(NetworkSpec network, TrainSpec training) {}

  /// @param file a configuration file
  /// @param options keys and values given as options
  Configuration(Optional<Path> file, ObjectNode options) {
    ObjectNode fromFile = file.map(YamlFile::read).orElseGet(Json::object);
    file.ifPresent(path -> add(path.toString(), fromFile.deepCopy()));
    add("", options);
    ObjectNode plain = fromFile.deepCopy();
    plain.remove(List.of(NETWORK, TRAINING));
    JsonNode merged = SpecMerge.over(plain(plain), options, TrainSettings.class);
    settings = SpecJson.read(merged, TrainSettings.class);
  }

  /// The tree with its keys spelled as the record's.
  private static JsonNode plain(ObjectNode tree) {
    return SpecMerge.over(Json.object(), listed(tree), TrainSettings.class);
  }

  private void add(String source, ObjectNode tree) {
    JsonNode network = Optional.ofNullable(tree.remove(NETWORK)).orElseGet(Json::object);
    JsonNode training = Optional.ofNullable(tree.remove(TRAINING)).orElseGet(Json::object);
    TrainSettings read = attributed(source, () -> SpecJson.read(plain(tree), TrainSettings.class));
    layers.add(new Layer(source, read, network, training));
  }

  /// A single hidden layer may be written as a number, and so may the column of classes; whether
  /// there is a header is true or false to YAML.
  private static ObjectNode listed(ObjectNode tree) {
    JsonNode hidden = tree.get("hidden");
    if (hidden != null && hidden.isNumber()) {
      tree.set("hidden", Json.array().add(hidden));
    }
    JsonNode label = tree.get("label");
    if (label != null && label.isIntegralNumber()) {
      tree.put("label", label.asString());
    }
    JsonNode header = tree.get("header");
    if (header != null && header.isBoolean()) {
      tree.put("header", header.asBoolean() ? "yes" : "no");
    }
    return tree;
  }

  /// All layers' settings, the upper over the lower.
  TrainSettings settings() {
    return settings;
  }

  /// Lays everything that is wanted over a plan.
  ///
  /// @throws CommandException naming the source and the key, if it does not fit
  Specs over(Specs plan) {
    Specs specs = plan;
    for (Layer layer : layers) {
      Specs below = specs;
      specs = attributed(layer.source(), () -> over(below, layer));
    }
    return specs;
  }

  private static Specs over(Specs below, Layer layer) {
    Shorthand shorthand = new Shorthand(layer.settings());
    JsonNode network = SpecJson.write(below.network(), NetworkSpec.class);
    network = SpecMerge.over(network, shorthand.network(network), NetworkSpec.class);
    network = SpecMerge.over(network, layer.network(), NetworkSpec.class);
    if (!layer.network().path("output").has("neighbours")) {
      network = withoutNeedlessNeighbours(network);
    }
    JsonNode training = SpecJson.write(below.training(), TrainSpec.class);
    training = SpecMerge.over(training, shorthand.training(training), TrainSpec.class);
    training = SpecMerge.over(training, layer.training(), TrainSpec.class);
    return new Specs(
        read(NETWORK, network, NetworkSpec.class), read(TRAINING, training, TrainSpec.class));
  }

  private static <T> T read(String key, JsonNode tree, Class<T> type) {
    try {
      return SpecJson.read(tree, type);
    } catch (SpecFormatException e) {
      String dot = e.keyPath().isEmpty() ? ": " : ".";
      throw new CommandException(key + dot + e.getMessage(), e);
    }
  }

  /// Hard negatives mean nothing where all labels take part.
  private static JsonNode withoutNeedlessNeighbours(JsonNode network) {
    if (network.path("output") instanceof ObjectNode output
        && output.path("selection").asString("").equals("all")) {
      output.put("neighbours", 0);
    }
    return network;
  }

  private static <T> T attributed(String source, Supplier<T> work) {
    try {
      return work.get();
    } catch (SpecFormatException | CommandException e) {
      if (source.isEmpty()) {
        throw new UsageException(String.valueOf(e.getMessage()));
      }
      throw new CommandException(source + ": " + e.getMessage(), e);
    }
  }
}
