package org.fovea.training.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.fovea.network.TopK;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Holds the measures against values that `src/test/python/measure_cases.py` computed.
class MeasureCasesTest {

  private static final double TOLERANCE = 1e-9;

  @ParameterizedTest
  @MethodSource("cases")
  void equalsTheReference(MeasureCase frozen) {
    MeasureAccumulator accumulator = new MeasureAccumulator(frozen.spec());
    for (String example : frozen.examples()) {
      frozen.addTo(accumulator, example);
    }

    assertEqual(frozen, accumulator.measures());
  }

  @ParameterizedTest
  @MethodSource("cases")
  void equalsTheReferenceWhenThreeAccumulatorsAreMergedBackwards(MeasureCase frozen) {
    List<MeasureAccumulator> parts = new ArrayList<>();
    for (int part = 0; part < 3; part++) {
      parts.add(new MeasureAccumulator(frozen.spec()));
    }
    for (int index = 0; index < frozen.examples().size(); index++) {
      frozen.addTo(parts.get(index % 3), frozen.examples().get(index));
    }
    MeasureAccumulator whole = parts.get(2);
    whole.merge(parts.get(1));
    whole.merge(parts.get(0));

    assertEqual(frozen, whole.measures());
  }

  @Test
  void hasAtLeastTwentyCases() throws IOException {
    assertThat(cases().count()).isGreaterThanOrEqualTo(20);
  }

  /// What a threshold adds since the cases were frozen.
  private static final List<String> ADDED =
      List.of("micro-precision", "micro-recall", "macro-precision", "macro-recall");

  private static void assertEqual(MeasureCase frozen, Measures measures) {
    List<String> names = new ArrayList<>(measures.values().keySet());
    boolean decides = names.containsAll(ADDED);
    if (decides) {
      names.removeAll(ADDED);
      double precision = measures.value("micro-precision");
      double recall = measures.value("micro-recall");
      // the harmonic mean of both
      assertThat(measures.value("micro-F1") * (precision + recall))
          .as("micro-F1 of \"%s\"", frozen.name())
          .isCloseTo(2 * precision * recall, within(TOLERANCE));
    }
    assertThat(names).containsExactlyElementsOf(frozen.expectations().keySet());
    frozen
        .expectations()
        .forEach((name, expected) ->
            assertThat(measures.value(name))
                .as("%s of \"%s\"", name, frozen.name())
                .isCloseTo(expected, within(TOLERANCE)));
  }

  static Stream<MeasureCase> cases() throws IOException {
    List<MeasureCase> cases = new ArrayList<>();
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(
                    MeasureCasesTest.class.getResourceAsStream("measure-cases.txt")),
                StandardCharsets.UTF_8))) {
      List<String> lines = new ArrayList<>();
      for (String line : reader.lines().filter(line -> !line.startsWith("#")).toList()) {
        if (line.startsWith("case ") && !lines.isEmpty()) {
          cases.add(MeasureCase.parse(lines));
          lines.clear();
        }
        lines.add(line);
      }
      cases.add(MeasureCase.parse(lines));
    }
    return cases.stream();
  }

  record MeasureCase(
      String name, MeasureSpec spec, List<String> examples, Map<String, Double> expectations) {

    static MeasureCase parse(List<String> lines) {
      String name = "";
      MeasureSpec spec = MeasureSpec.at();
      List<String> examples = new ArrayList<>();
      Map<String, Double> expectations = new LinkedHashMap<>();
      for (String line : lines) {
        String[] words = line.split(" ", 2);
        switch (words[0]) {
          case "case" -> name = words[1];
          case "ks" -> spec = MeasureSpec.at(integers(words[1], " "));
          case "labels" -> {}
          case "propensities" -> spec = spec.with(propensities(words[1].split(" ", 4)));
          case "decision" -> spec = spec.with(decision(lines, words[1].split(" ", -1)));
          case "countingUnlabelled" -> spec = spec.countingUnlabelled();
          case "example" -> examples.add(words[1]);
          case "expect" -> {
            String[] expectation = words[1].split(" ", 2);
            expectations.put(expectation[1], Double.valueOf(expectation[0]));
          }
          default -> throw new IllegalArgumentException(line);
        }
      }
      return new MeasureCase(name, spec, examples, expectations);
    }

    void addTo(MeasureAccumulator accumulator, String example) {
      String[] sides = example.split("\\|", 2);
      int[] labels = integers(sides[0].strip(), ",");
      TopK ranked = new TopK(Math.max(20, spec.largestK()));
      for (String entry : sides[1].strip().split(" ", -1)) {
        if (!entry.isEmpty()) {
          String[] pair = entry.split(":", 2);
          ranked.offer(Integer.parseInt(pair[0]), score(pair[1]));
        }
      }
      ranked.rank();
      accumulator.add(ranked, labels, 0, labels.length);
    }

    private static float score(String text) {
      return switch (text) {
        case "inf" -> Float.POSITIVE_INFINITY;
        case "-inf" -> Float.NEGATIVE_INFINITY;
        default -> Float.parseFloat(text);
      };
    }

    private static Propensities propensities(String[] words) {
      return Propensities.of(
          integers(words[3], " "),
          Long.parseLong(words[2]),
          Double.parseDouble(words[0]),
          Double.parseDouble(words[1]));
    }

    private static Decision decision(List<String> lines, String[] words) {
      int labelCount =
          lines.stream()
              .filter(line -> line.startsWith("labels "))
              .mapToInt(line -> Integer.parseInt(line.substring("labels ".length())))
              .findFirst()
              .orElseThrow();
      return words[0].equals("best")
          ? new Decision.Best(labelCount)
          : new Decision.Threshold(labelCount, Float.parseFloat(words[1]));
    }

    private static int[] integers(String text, String separator) {
      return text.isEmpty()
          ? new int[0]
          : Arrays.stream(text.split(separator, -1)).mapToInt(Integer::parseInt).toArray();
    }

    @Override
    public String toString() {
      return name;
    }
  }
}
