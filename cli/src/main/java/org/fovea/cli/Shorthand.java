package org.fovea.cli;

import java.util.List;
import java.util.Map;
import org.fovea.model.json.Json;
import org.fovea.spec.LayerSpec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The short keys of some settings as trees that can be laid over those of specs.
///
/// @param settings may say nothing
record Shorthand(TrainSettings settings) {

  /// Learning rates that an optimizer starts from when nobody says one: gradients of row-wise
  /// Adagrad are measured in their own root mean square, those of plain descent are not.
  private static final Map<String, Double> USUAL_RATES =
      Map.of("sgd", 0.1, "momentum", 0.02, "adagrad", 0.01, "row-adagrad", 0.01, "adam", 0.001);

  /// What is said of the network.
  ///
  /// @param below the network's tree so far: new hidden layers are like its first
  ObjectNode network(JsonNode below) {
    ObjectNode network = Json.object();
    settings
        .hidden()
        .ifPresent(widths -> {
          ArrayNode layers = network.putArray("hidden");
          for (int width : widths) {
            if (width != 0 || widths.size() > 1) {
              layers.add(layer(below.path("hidden").path(0), width));
            }
          }
        });
    settings.loss().ifPresent(loss -> network.withObject("/output").put("loss", loss));
    settings
        .selection()
        .ifPresent(selection -> network.withObject("/output").put("selection", selection));
    return network;
  }

  private static JsonNode layer(JsonNode like, int width) {
    JsonNode layer = like.isObject() ? like.deepCopy() : usual();
    for (String kind : List.of("dense", "sparse")) {
      if (layer.path(kind) instanceof ObjectNode keys) {
        keys.put("neurons", width);
      }
    }
    return layer;
  }

  private static JsonNode usual() {
    ObjectNode layer = Json.object();
    KindDefaults.of(LayerSpec.Dense.class).ifPresent(keys -> layer.set("dense", keys));
    return layer;
  }

  /// What is said of the training.
  ///
  /// @param below the training's tree so far
  ObjectNode training(JsonNode below) {
    ObjectNode training = Json.object();
    settings.epochs().ifPresent(epochs -> training.put("epochs", epochs));
    settings.batch().ifPresent(batch -> training.put("batch", batch));
    settings.seed().ifPresent(seed -> training.put("seed", seed));
    settings.replicas().ifPresent(count -> training.putObject("replicas").put("count", count));
    settings.deterministic().ifPresent(truth -> training.put("deterministic", truth));
    settings
        .optimizer()
        .ifPresent(optimizer -> {
          training.put("optimizer", optimizer);
          Double rate = USUAL_RATES.get(optimizer);
          if (rate != null && !kind(below.path("optimizer")).equals(optimizer)) {
            peak(training, below, rate);
          }
        });
    settings.rate().ifPresent(rate -> peak(training, below, rate));
    return training;
  }

  private static void peak(ObjectNode training, JsonNode below, double rate) {
    ObjectNode schedule = Json.object();
    schedule.putObject(kind(below.path("schedule"))).put("peak", rate);
    training.set("schedule", schedule);
  }

  private static String kind(JsonNode member) {
    return member.isObject() ? member.propertyNames().iterator().next() : member.asString("");
  }
}
