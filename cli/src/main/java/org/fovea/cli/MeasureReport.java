package org.fovea.cli;

import java.util.Locale;
import java.util.Map;
import org.fovea.model.json.Json;
import org.fovea.training.metric.Measures;
import tools.jackson.databind.node.ObjectNode;

/// Shows measures: to people in percent, to programs as JSON from 0 to 1.
final class MeasureReport {

  private MeasureReport() {}

  /// Measures by the names that people write.
  static ObjectNode tree(Measures measures) {
    ObjectNode tree = Json.object();
    measures.values().forEach((name, value) -> put(tree, name, value));
    return tree;
  }

  static void put(ObjectNode tree, String name, Number value) {
    if (value instanceof Long count) {
      tree.put(name, count);
    } else {
      tree.put(name, value.doubleValue());
    }
  }

  /// A table: one line for each kind of measure, one column for each k.
  static void print(Measures measures, Console console) {
    String open = "";
    StringBuilder line = new StringBuilder();
    for (Map.Entry<String, Number> entry : measures.values().entrySet()) {
      if (entry.getValue() instanceof Long) {
        continue;
      }
      String name = entry.getKey();
      String kind = name.contains("@") ? name.substring(0, name.indexOf('@')) : name;
      if (!kind.equals(open) && !line.isEmpty()) {
        console.result(line.toString());
        line.setLength(0);
      }
      open = kind;
      String percent = String.format(Locale.ROOT, "%.2f %%", 100 * entry.getValue().doubleValue());
      line.append(String.format(Locale.ROOT, "  %-9s %8s", name, percent));
    }
    if (!line.isEmpty()) {
      console.result(line.toString());
    }
  }
}
