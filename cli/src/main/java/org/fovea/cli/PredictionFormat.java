package org.fovea.cli;

import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import org.fovea.data.Names;
import org.fovea.data.SkippedExample;
import org.fovea.model.ModelInfo;
import org.fovea.model.json.Json;
import org.fovea.network.TopK;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// How predictions are printed.
///
/// **Threads** immutable, safe.
final class PredictionFormat {

  private final Names names;
  private final int labels;
  private final double threshold;
  private final LongAdder cut = new LongAdder();
  private final boolean json;
  private final boolean named;

  /// @param json objects instead of columns
  /// @param named names instead of numbers in columns
  /// @param threshold the least score of a label that is printed, if not all are
  PredictionFormat(ModelInfo info, boolean json, boolean named, Optional<Double> threshold) {
    this.names = info.names();
    this.labels = info.network().output().labels();
    this.threshold = threshold.orElse(Double.NEGATIVE_INFINITY);
    this.json = json;
    this.named = named;
  }

  /// The line of an example.
  ///
  /// @param best ranked
  String line(long example, TopK best) {
    int count = count(best);
    if (count == TopK.MAX_K && count < labels) {
      cut.increment();
    }
    return json ? object(example, best, count) : columns(example, best, count);
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

  /// Examples of which more labels may reach the threshold than were ranked.
  long cutCount() {
    return threshold == Double.NEGATIVE_INFINITY ? 0 : cut.sum();
  }

  private int count(TopK best) {
    int count = 0;
    while (count < best.size() && best.score(count) >= threshold) {
      count++;
    }
    return count;
  }

  private String object(long example, TopK best, int count) {
    ObjectNode line = Json.object();
    line.put("example", example);
    ArrayNode labels = line.putArray("labels");
    for (int place = 0; place < count; place++) {
      ObjectNode label = labels.addObject();
      label.put("id", best.id(place));
      names.label(best.id(place)).ifPresent(name -> label.put("name", name));
      label.put("score", best.score(place));
    }
    return line.toString();
  }

  private String columns(long example, TopK best, int count) {
    StringBuilder line = new StringBuilder().append(example);
    for (int place = 0; place < count; place++) {
      line.append('\t').append(name(best.id(place)));
      line.append(':').append(best.score(place));
    }
    return line.toString();
  }

  private String name(int label) {
    return named
        ? names.label(label).map(OneLine::of).orElse(String.valueOf(label))
        : String.valueOf(label);
  }
}
