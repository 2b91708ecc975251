package org.fovea.cli;

import org.fovea.data.Names;
import org.fovea.data.SkippedExample;
import org.fovea.model.ModelInfo;
import org.fovea.model.json.Json;
import org.fovea.network.TopK;
import org.fovea.spec.Loss;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// How predictions are printed.
///
/// **Threads** immutable, safe.
final class PredictionFormat {

  private final Names names;
  private final boolean probabilities;
  private final boolean json;
  private final boolean named;

  /// @param json objects instead of columns
  /// @param named names instead of numbers in columns
  PredictionFormat(ModelInfo info, boolean json, boolean named) {
    this.names = info.names();
    this.probabilities = info.network().output().loss() instanceof Loss.Logistic;
    this.json = json;
    this.named = named;
  }

  /// The line of an example.
  ///
  /// @param best ranked
  String line(long example, TopK best) {
    return json ? object(example, best) : columns(example, best);
  }

  /// Tells of an example that was left out: an object like the others, or a warning.
  void skipped(SkippedExample skipped, Console console) {
    if (json) {
      ObjectNode line = Json.object();
      line.put("example", skipped.example()).put("error", skipped.error());
      console.result(line.toString());
    } else {
      console.flush();
      console.warn(DataSettings.leftOut(skipped));
    }
  }

  private String object(long example, TopK best) {
    ObjectNode line = Json.object();
    line.put("example", example);
    ArrayNode labels = line.putArray("labels");
    for (int place = 0; place < best.size(); place++) {
      ObjectNode label = labels.addObject();
      label.put("id", best.id(place));
      names.label(best.id(place)).ifPresent(name -> label.put("name", name));
      label.put("score", score(best.score(place)));
    }
    return line.toString();
  }

  private String columns(long example, TopK best) {
    StringBuilder line = new StringBuilder().append(example);
    for (int place = 0; place < best.size(); place++) {
      line.append('\t').append(name(best.id(place)));
      line.append(':').append(score(best.score(place)));
    }
    return line.toString();
  }

  private String name(int label) {
    return named
        ? names.label(label).map(OneLine::of).orElse(String.valueOf(label))
        : String.valueOf(label);
  }

  /// A logistic model's net input is the log odds of a probability.
  private float score(float netInput) {
    return probabilities ? (float) (1 / (1 + Math.exp(-netInput))) : netInput;
  }
}
