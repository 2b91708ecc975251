package org.fovea.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.fovea.model.json.SpecJson;
import org.fovea.spec.TrainSpec;

/// What `inspect` tells, for people, as sections of lines.
///
/// @param facts of the model
record InspectReport(ModelFacts facts) {

  /// A heading and its lines.
  record Section(String title, List<String> lines) {}

  /// All sections, in order.
  List<Section> sections() {
    List<Section> sections = new ArrayList<>();
    sections.add(new Section("Model", model()));
    sections.add(new Section("Layers", layers()));
    if (!facts.sparse().isEmpty()) {
      List<String> lines = new ArrayList<>();
      facts.sparse().forEach(layer -> lines.addAll(layer.lines()));
      sections.add(new Section("Connections of the sparse layers", lines));
    }
    sections.add(new Section("Labels", labels()));
    sections.add(new Section("Training", training()));
    sections.add(new Section("Measures on validation data", measures()));
    sections.add(new Section("Inputs that the network listens to most", inputs()));
    return sections;
  }

  private List<String> model() {
    return List.of(
        "sound: %s files of %s agree with their checksums; written by Fovea %s"
            .formatted(facts.fileCount(), Sizes.bytes(facts.fileBytes()), facts.version()),
        "%s parameters, %s in memory"
            .formatted(Sizes.count(facts.parameters()), Sizes.bytes(facts.memory())),
        "trained on %s examples of %s"
            .formatted(Sizes.count(facts.info().data().examples()), facts.info().data().name()),
        "data digest %s".formatted(facts.info().data().digest()));
  }

  private List<String> layers() {
    List<String> lines = new ArrayList<>();
    lines.add(
        "%-9s %11s %11s %14s %14s %14s  %s"
            .formatted("", "inputs", "neurons", "parameters", "dense", "used", "active"));
    for (LayerFacts layer : facts.layers()) {
      lines.add(
          String.format(
              Locale.ROOT,
              "%-9s %,11d %,11d %,14d %14s %14s  %s (%s)",
              layer.name(),
              layer.inputs(),
              layer.neurons(),
              layer.parameters(),
              cost(layer.denseCost()),
              cost(layer.usedCost()),
              layer.selection(),
              layer.kind()));
    }
    lines.add(costs());
    return lines;
  }

  private String costs() {
    if (Double.isNaN(facts.featuresPerExample())) {
      return "the model does not tell how many features an example has, so what it costs is not"
          + " known: name examples with --data FILE";
    }
    double kept = 1 - facts.info().network().input().dropout();
    return String.format(
        Locale.ROOT,
        "multiply-adds of a training example of %s of %,d features%s, forward: %s used, %s dense:"
            + " %.3g %%",
        mean(facts.featuresPerExample()),
        facts.info().network().input().features(),
        kept < 1 ? " (%s after dropout)".formatted(mean(kept * facts.featuresPerExample())) : "",
        cost(facts.usedCost()),
        cost(facts.denseCost()),
        100 * facts.usedCost() / Math.max(1, facts.denseCost()));
  }

  private static String mean(double number) {
    return number == Math.rint(number)
        ? String.format(Locale.ROOT, "%,.0f", number)
        : String.format(Locale.ROOT, "%,.1f", number);
  }

  static String cost(double multiplyAdds) {
    if (Double.isNaN(multiplyAdds)) {
      return "?";
    }
    return multiplyAdds < 1e6
        ? String.format(Locale.ROOT, "%,.0f", multiplyAdds)
        : String.format(Locale.ROOT, "%,.1f M", multiplyAdds / 1e6);
  }

  private List<String> labels() {
    List<String> lines = new ArrayList<>();
    lines.add("training examples of a label: " + facts.frequencies());
    lines.add("labels without a training example: " + Sizes.count(facts.frequencies().zeros()));
    if (facts.degrees().most() > 0) {
      lines.add("direct connections of a label: " + facts.degrees());
      lines.add("labels without any: " + Sizes.count(facts.degrees().zeros()));
    }
    if (facts.norms().count() > 0) {
      lines.add("length of a label's weights: " + facts.norms());
    }
    facts
        .tables()
        .ifPresent(health ->
            lines.add(
                String.format(
                    Locale.ROOT,
                    "hash tables: %.1f labels in a bucket that has any, at most %d; %.1f %% of the"
                        + " buckets have none",
                    health.meanLoad(),
                    health.largestLoad(),
                    100 * health.emptyShare())));
    return lines;
  }

  private List<String> training() {
    List<String> lines = new ArrayList<>();
    SpecJson.write(facts.info().training(), TrainSpec.class)
        .properties()
        .forEach(entry -> {
          // what is optional and was not asked for
          if (!entry.getValue().isNull()) {
            lines.add(
                "%-15s %s"
                    .formatted(entry.getKey(), entry.getValue().toString().replace("\"", "")));
          }
        });
    return lines;
  }

  private List<String> measures() {
    List<String> lines = new ArrayList<>();
    for (Map.Entry<String, Number> measure : facts.info().measures().entrySet()) {
      String value =
          measure.getValue() instanceof Long count
              ? Sizes.count(count)
              : String.format(Locale.ROOT, "%.2f %%", 100 * measure.getValue().doubleValue());
      lines.add("%-10s %9s".formatted(measure.getKey(), value));
    }
    return lines.isEmpty() ? List.of("none: there was no validation data") : lines;
  }

  private List<String> inputs() {
    boolean evolved = !facts.evolution().isEmpty();
    List<String> lines = new ArrayList<>();
    lines.add("%8s  %8s%s".formatted("hidden", "direct", evolved ? "   connections" : ""));
    for (InputImportance.Ranked input : facts.inputs()) {
      lines.add(
          String.format(
              Locale.ROOT,
              "%8.3f  %8.3f%s  %s",
              input.hidden(),
              input.direct(),
              evolved ? "  %12s".formatted(facts.evolution().of(input.feature())) : "",
              input.name()));
    }
    return lines;
  }
}
