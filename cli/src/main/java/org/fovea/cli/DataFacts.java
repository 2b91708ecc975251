package org.fovea.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.fovea.data.Batch;
import org.fovea.data.DataSummary;
import org.fovea.data.ExampleReader;
import org.fovea.data.Examples;
import org.fovea.data.TableFacts;
import org.fovea.model.json.Json;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What a data file holds.
///
/// @param summary counts
/// @param features of an example, of the first million examples
/// @param labels of an example, of the same
/// @param frequencies examples of each label
/// @param least the least value of a feature; of a table the least number as it was read
/// @param most the most
/// @param table the columns of a table
/// @param names the file of names beside it
record DataFacts(
    DataSummary summary,
    Distribution features,
    Distribution labels,
    Distribution frequencies,
    double least,
    double most,
    Optional<TableFacts> table,
    Optional<Path> names) {

  private static final int LOOKED_AT = 1_000_000;
  private static final int GROUP = 256;
  private static final int SHOWN_COLUMNS = 20;

  /// Reads all examples once more.
  static DataFacts of(Examples examples, Optional<TableFacts> table, Optional<Path> names) {
    DataSummary summary = examples.summary();
    int count = (int) Math.min(LOOKED_AT, summary.exampleCount());
    double[] features = new double[count];
    double[] labels = new double[count];
    double least = Double.POSITIVE_INFINITY;
    double most = Double.NEGATIVE_INFINITY;
    int example = 0;
    Batch batch = new Batch();
    try (ExampleReader reader = examples.inOrder()) {
      while (reader.read(batch, GROUP) > 0) {
        for (int i = 0; i < batch.exampleCount() && example < count; i++, example++) {
          features[example] = batch.featureOffsets()[i + 1] - batch.featureOffsets()[i];
          labels[example] = batch.labelOffsets()[i + 1] - batch.labelOffsets()[i];
        }
        for (int i = 0; i < batch.featureCount(); i++) {
          least = Math.min(least, batch.values()[i]);
          most = Math.max(most, batch.values()[i]);
        }
        batch.clear();
      }
    }
    if (table.isPresent()) {
      least = table.get().least();
      most = table.get().most();
    }
    return new DataFacts(
        summary,
        Distribution.of(features),
        Distribution.of(labels),
        frequencies(summary),
        least > most ? 0 : least,
        least > most ? 0 : most,
        table,
        names);
  }

  /// Of all labels, however many a file claims: those without examples take no room.
  private static Distribution frequencies(DataSummary summary) {
    long[] occurring = summary.labelFrequencies().occurring();
    return Distribution.of(
        Arrays.stream(occurring).asDoubleStream().toArray(),
        summary.labelCount() - (long) occurring.length);
  }

  /// For people.
  List<String> lines() {
    List<String> lines = new ArrayList<>(counts());
    table.ifPresent(facts -> addColumns(facts, lines));
    return lines;
  }

  private static void addColumns(TableFacts table, List<String> lines) {
    int count = table.columns().size();
    lines.add("  columns     " + Sizes.count(count));
    for (TableFacts.Column column : table.columns().subList(0, Math.min(SHOWN_COLUMNS, count))) {
      lines.add("    %s: %s".formatted(column.name(), column.holds()));
    }
    if (count > SHOWN_COLUMNS) {
      lines.add("    and %s more".formatted(Sizes.count(count - SHOWN_COLUMNS)));
    }
  }

  private List<String> counts() {
    return List.of(
        summary.name(),
        "  examples    %s, of which %s without features, %s without labels"
            .formatted(
                Sizes.count(summary.exampleCount()),
                Sizes.count(summary.featurelessCount()),
                Sizes.count(summary.unlabelledCount())),
        "  left out    %s malformed".formatted(Sizes.count(summary.skippedCount())),
        "  features    %s; of an example%s: %s"
            .formatted(Sizes.count(summary.featureCount()), lookedAt(), features),
        "  values      from %s to %s".formatted(shown(least), shown(most)),
        "  labels      %s; of an example%s: %s"
            .formatted(Sizes.count(summary.labelCount()), lookedAt(), labels),
        "  examples of a label: %s; %s labels have none"
            .formatted(frequencies, Sizes.count(frequencies.zeros())),
        "  names       %s"
            .formatted(names.map(Path::toString).orElse("no file of names beside it")),
        "  digest      %s".formatted(summary.contentDigest()));
  }

  private static String shown(double value) {
    return value == (float) value && Math.abs(value) < 1e7
        ? Float.toString((float) value)
        : Double.toString(value);
  }

  /// Of which examples the counts of each are.
  private String lookedAt() {
    return summary.exampleCount() > LOOKED_AT
        ? " of the first %s".formatted(Sizes.count(LOOKED_AT))
        : "";
  }

  /// For programs.
  ObjectNode tree() {
    ObjectNode tree = Json.object();
    tree.put("name", summary.name()).put("examples", summary.exampleCount());
    tree.put("features", summary.featureCount()).put("labels", summary.labelCount());
    tree.put("without-features", summary.featurelessCount());
    tree.put("without-labels", summary.unlabelledCount());
    tree.put("malformed", summary.skippedCount());
    tree.set("features-of-an-example", features.tree());
    tree.set("labels-of-an-example", labels.tree());
    tree.set("examples-of-a-label", frequencies.tree());
    tree.put("least-value", least).put("most-value", most);
    table.ifPresent(facts -> {
      ArrayNode columns = tree.putArray("columns");
      facts
          .columns()
          .forEach(column ->
              columns.addObject().put("name", column.name()).put("holds", column.holds()));
    });
    names.ifPresent(file -> tree.put("names", file.toString()));
    tree.put("digest", summary.contentDigest());
    return tree;
  }
}
