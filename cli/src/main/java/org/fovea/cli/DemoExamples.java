package org.fovea.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.fovea.data.Batch;
import org.fovea.data.DataFiles;
import org.fovea.data.DataOptions;
import org.fovea.data.ExampleReader;
import org.fovea.data.Examples;
import org.fovea.data.Names;
import org.fovea.model.Model;
import org.fovea.network.Predictor;
import org.fovea.network.TopK;

/// Test examples of `jdk-calls` in words: what the network saw of a method, what it predicts, and
/// what is true.
///
/// Which methods are shown is drawn at random, among those that call two to eight methods: it is no
/// choice of good ones.
final class DemoExamples {

  private static final int PREDICTED = 5;
  private static final int MISSED = 4;
  private static final int WORDS = 12;
  private static final Pattern PACKAGES = Pattern.compile("\\b(?:[a-z]\\w*\\.)+(?=[A-Z])");
  private static final int FEWEST_CALLS = 2;
  private static final int MOST_CALLS = 8;
  private static final long MEMORY = 256L << 20;

  private final Model model;
  private final Names names;
  private final Path test;
  private final long seed;

  DemoExamples(Model model, Path test, long seed) {
    this.model = model;
    this.names = model.info().names();
    this.test = test;
    this.seed = seed;
  }

  /// Some examples as text.
  List<String> lines(int count) {
    Batch chosen = draw(count);
    int[] features = chosen.features().clone();
    TopK[] best = predict(chosen);
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < chosen.exampleCount(); i++) {
      int from = chosen.featureOffsets()[i];
      int to = chosen.featureOffsets()[i + 1];
      lines.add("");
      describe(Arrays.copyOfRange(features, from, to), lines);
      Set<Integer> truth = new TreeSet<>();
      for (int at = chosen.labelOffsets()[i]; at < chosen.labelOffsets()[i + 1]; at++) {
        truth.add(chosen.labels()[at]);
      }
      compare(best[i], truth, lines);
    }
    return lines;
  }

  private Batch draw(int count) {
    Batch chosen = new Batch();
    Batch next = new Batch();
    DataOptions options =
        DataOptions.strict()
            .withCounts(
                model.info().network().input().features(),
                model.info().network().output().labels());
    Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
    try (Examples examples = Examples.load(DataFiles.open(test, options), MEMORY, temporary);
        ExampleReader reader = examples.shuffled(seed, 0)) {
      while (chosen.exampleCount() < count && reader.read(next, 1) > 0) {
        int calls = next.labelCount();
        if (calls >= FEWEST_CALLS && calls <= MOST_CALLS && next.featureCount() > 0) {
          chosen.append(next, 0);
        }
        next.clear();
      }
    }
    return chosen;
  }

  private TopK[] predict(Batch batch) {
    TopK[] best = new TopK[batch.exampleCount()];
    for (int i = 0; i < best.length; i++) {
      best[i] = new TopK(Math.min(PREDICTED, model.info().network().output().labels()));
    }
    if (best.length > 0) {
      model.network().inputWeights().apply(batch);
      new Predictor(model.network()).predict(batch, best);
    }
    for (TopK ranking : best) {
      ranking.rank();
    }
    return best;
  }

  /// The method as the network sees it: features are `role:value`.
  private void describe(int[] features, List<String> lines) {
    List<String> known =
        Arrays.stream(features).boxed().flatMap(f -> names.feature(f).stream()).toList();
    String method =
        values(known, "method:")
            .findFirst()
            .map(name -> name.equals("<init>") ? "constructor" : name)
            .orElseGet(() -> values(known, "method word:").collect(Collectors.joining(" ")));
    String place =
        values(known, "class:")
            .findFirst()
            .or(() -> values(known, "outer:").findFirst())
            .or(() -> values(known, "package:").findFirst())
            .orElse("a package of its own");
    lines.add(
        "  %s of %s%s%s"
            .formatted(
                method.isEmpty() ? "a method" : method,
                place,
                types(known, "parameter type:", ", takes "),
                types(known, "result type:", ", returns ")));
    String words =
        Stream.of("class word:", "field word:", "text word:")
            .flatMap(role -> values(known, role))
            .distinct()
            .limit(WORDS)
            .collect(Collectors.joining(" "));
    if (!words.isEmpty()) {
      lines.add("    words it saw: " + words);
    }
  }

  private static Stream<String> values(List<String> features, String role) {
    return features.stream()
        .filter(feature -> feature.startsWith(role))
        .map(feature -> feature.substring(role.length()));
  }

  private static String types(List<String> features, String role, String introduction) {
    String types =
        values(features, role).map(DemoExamples::simple).collect(Collectors.joining(", "));
    return types.isEmpty() ? "" : introduction + types;
  }

  /// Without the names of packages.
  private static String simple(String name) {
    return PACKAGES.matcher(name).replaceAll("");
  }

  private void compare(TopK best, Set<Integer> truth, List<String> lines) {
    Set<Integer> missed = new TreeSet<>(truth);
    for (int place = 0; place < best.size(); place++) {
      boolean right = missed.remove(best.id(place));
      lines.add("    %s. %s %s".formatted(place + 1, right ? "✓" : " ", call(best.id(place))));
    }
    if (!missed.isEmpty()) {
      lines.add(
          "    not among them: "
              + missed.stream().limit(MISSED).map(this::call).collect(Collectors.joining(", "))
              + (missed.size() > MISSED ? " and %s more".formatted(missed.size() - MISSED) : ""));
    }
  }

  private String call(int label) {
    return names.label(label).map(DemoExamples::simple).orElse("label " + label);
  }
}
