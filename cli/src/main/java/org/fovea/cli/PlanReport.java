package org.fovea.cli;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.fovea.data.DataSummary;
import org.fovea.model.json.Json;
import org.fovea.model.json.SpecJson;
import org.fovea.spec.NetworkSpec;
import org.fovea.spec.TrainSpec;
import org.fovea.training.MemoryEstimate;
import org.fovea.training.Plan;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Shows what is going to be trained, why, and what it will take.
///
/// @param data the training data
/// @param classes which column of a table has the classes, and why
/// @param plan what was chosen from the data
/// @param specs what is going to be trained: the plan, and over it what the user wants
/// @param memory what it will take
record PlanReport(
    DataSummary data,
    Optional<String> classes,
    Plan plan,
    Configuration.Specs specs,
    MemoryEstimate memory) {

  /// The plan for people, line by line.
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    String from = classes.map(column -> "; " + column).orElse("");
    lines.add("data      " + describe(data) + from);
    lines.add("plan");
    plan.reasons().forEach(reason -> lines.add("  - " + reason));
    List<String> changes = changes();
    if (!changes.isEmpty()) {
      lines.add("changed as you wanted");
      changes.forEach(change -> lines.add("  - " + change));
    }
    lines.add("memory    " + describe(memory));
    return lines;
  }

  /// What a data set holds, in a line.
  static String describe(DataSummary data) {
    return String.format(
        Locale.ROOT,
        "%s: %,d examples, %,d features, %,d labels; %.1f features and %.1f labels an example",
        data.name(),
        data.exampleCount(),
        data.featureCount(),
        data.labelCount(),
        data.featuresPerExample(),
        data.labelsPerExample());
  }

  private static String describe(MemoryEstimate memory) {
    return memory.parts().entrySet().stream()
        .filter(part -> part.getValue() > 0)
        .map(part -> part.getKey() + " " + Sizes.bytes(part.getValue()))
        .collect(
            Collectors.joining(
                ", ",
                "about %s of a heap of %s: "
                    .formatted(
                        Sizes.bytes(memory.bytes()), Sizes.bytes(Runtime.getRuntime().maxMemory())),
                ""));
  }

  /// The plan as a configuration that can be trained from, with the rest as comments.
  String yaml(ObjectNode settings) {
    ObjectNode tree = settings.deepCopy();
    tree.set("network", network());
    tree.set("training", SpecJson.write(specs.training(), TrainSpec.class));
    String comments =
        lines().stream().map(line -> "# " + OneLine.of(line)).collect(Collectors.joining("\n"));
    return comments + "\n" + YamlFile.format(tree);
  }

  /// The plan for programs.
  ObjectNode json() {
    ObjectNode tree = Json.object();
    tree.set("network", network());
    tree.set("training", SpecJson.write(specs.training(), TrainSpec.class));
    classes.ifPresent(column -> tree.put("classes", column));
    plan.reasons().forEach(tree.putArray("reasons")::add);
    ObjectNode parts = tree.putObject("memory");
    memory.parts().forEach((name, bytes) -> parts.put(name, bytes));
    parts.put("total", memory.bytes()).put("heap", Runtime.getRuntime().maxMemory());
    return tree;
  }

  /// Without the counts, which are the data's, so that it fits other data as well.
  private JsonNode network() {
    ObjectNode network = (ObjectNode) SpecJson.write(specs.network(), NetworkSpec.class);
    network.withObject("/input").remove("features");
    network.withObject("/output").remove("labels");
    return network;
  }

  private List<String> changes() {
    List<String> changes = new ArrayList<>();
    compare(
        "network",
        SpecJson.write(plan.network(), NetworkSpec.class),
        SpecJson.write(specs.network(), NetworkSpec.class),
        changes);
    compare(
        "training",
        SpecJson.write(plan.training(), TrainSpec.class),
        SpecJson.write(specs.training(), TrainSpec.class),
        changes);
    return changes;
  }

  private static void compare(
      String path, JsonNode planned, JsonNode wanted, List<String> changes) {
    Set<String> keys = new LinkedHashSet<>(planned.propertyNames());
    // of two kinds of a family none of the keys agree; what is optional may be missing in one
    boolean alike = keys.stream().anyMatch(wanted::has);
    keys.addAll(wanted.propertyNames());
    if (planned.isObject() && wanted.isObject() && alike) {
      keys.forEach(key -> compare(path + "." + key, planned.path(key), wanted.path(key), changes));
    } else if (!planned.equals(wanted)) {
      changes.add("%s: %s instead of %s".formatted(path, orNone(wanted), orNone(planned)));
    }
  }

  private static String orNone(JsonNode tree) {
    return tree.isMissingNode() ? "none" : tree.toString();
  }
}
