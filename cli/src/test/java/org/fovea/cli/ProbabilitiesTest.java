package org.fovea.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// `predict` and `evaluate` with probabilities and thresholds.
class ProbabilitiesTest {

  @TempDir private Path folder;

  /// A table whose column tells the class three times of four.
  private Path table(String name, int rows, long seed) throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    StringBuilder text = new StringBuilder("a,b,c,kind\n");
    for (int i = 0; i < rows; i++) {
      int kind = random.nextInt(3);
      int told = random.nextInt(4) > 0 ? kind : random.nextInt(3);
      for (int column = 0; column < 3; column++) {
        double shift = column == told ? 1 : 0;
        text.append((shift + 0.5 * random.nextGaussian())).append(',');
      }
      text.append(List.of("x", "y", "z").get(kind)).append('\n');
    }
    return Files.writeString(folder.resolve(name), text);
  }

  private Path train(Object... more) {
    Path model = folder.resolve("model");
    List<Object> all =
        new ArrayList<>(List.of("train", "--model", model, "--label", "kind", "--threads", 1));
    all.addAll(List.of("--hidden", 24, "--epochs", 20, "--batch", 16, "--rate", 0.02));
    all.addAll(Arrays.asList(more));
    Ran ran = Ran.fovea(all.toArray());
    assertThat(ran.status()).as(ran.err()).isZero();
    return model;
  }

  private ObjectNode evaluate(Path model, Path data, Object... more) {
    List<Object> all = new ArrayList<>(List.of("evaluate", model, "--data", data, "--json"));
    all.addAll(Arrays.asList(more));
    Ran ran = Ran.fovea(all.toArray());
    assertThat(ran.status()).as(ran.err()).isZero();
    return ran.json();
  }

  @Test
  void keepsWhatProbabilitiesPromise() throws IOException {
    Path data = table("train.csv", 200, 1);
    Path unseen = table("validation.csv", 400, 2);
    Path test = table("test.csv", 1_000, 3);
    Path model = train("--train", data);
    Ran bare = Ran.fovea("predict", model, "--data", test, "--probabilities", "--top", 3);
    assertThat(bare.err()).contains("the probabilities are not calibrated", "fovea calibrate");
    double before = evaluate(model, test, "--probabilities").path("ECE").asDouble();
    Ran fitted = Ran.fovea("calibrate", model, "--data", unseen);
    assertThat(fitted.status()).as(fitted.err()).isZero();
    assertThat(fitted.out()).contains("probabilities fitted to 400 unseen examples: softmax");
    double after = evaluate(model, test, "--probabilities").path("ECE").asDouble();
    assertThat(before).isGreaterThan(0.08);
    assertThat(after).isLessThan(0.08).isLessThan(0.7 * before);

    Ran some = Ran.fovea("predict", model, "--data", test, "--probabilities", "--top", 3, "--json");
    assertThat(some.err()).doesNotContain("not calibrated");
    double sum = 0;
    for (JsonNode label : some.json().path("labels")) {
      sum += label.path("score").asDouble();
    }
    assertThat(sum).isCloseTo(1, within(1e-5));
  }

  @Test
  void calibratesOnTheValidationDataWhileItTrains() throws IOException {
    Path model =
        train(
            "--train", table("train.csv", 200, 1), "--validation", table("validation.csv", 400, 2));
    Path test = table("test.csv", 1_000, 3);
    Ran ran = Ran.fovea("evaluate", model, "--data", test, "--probabilities", "--json");
    assertThat(ran.err()).doesNotContain("not calibrated");
    assertThat(ran.json().path("ECE").asDouble()).isLessThan(0.08);
  }

  @Test
  void answersWithAllLabelsThatReachAThreshold() throws IOException {
    Path model = train("--train", table("train.csv", 200, 1));
    Path test = table("test.csv", 300, 3);
    List<String> all =
        Ran.fovea("predict", model, "--data", test, "--names", "--probabilities", "--top", 3)
            .lines();
    List<String> some =
        Ran.fovea(
                "predict", model, "--data", test, "--names", "--probabilities", "--threshold", 0.2)
            .lines();
    long hits = 0;
    long predicted = 0;
    List<String> rows = Files.readAllLines(test).subList(1, 301);
    for (int i = 0; i < all.size(); i++) {
      List<String> reach =
          Arrays.stream(all.get(i).split("\t", -1))
              .skip(1)
              .filter(label -> Double.parseDouble(label.substring(2)) >= 0.2)
              .toList();
      List<String> printed = Arrays.stream(some.get(i).split("\t", -1)).skip(1).toList();
      assertThat(printed).isEqualTo(reach);
      char kind = rows.get(i).charAt(rows.get(i).length() - 1);
      predicted += reach.size();
      hits += reach.stream().filter(label -> label.startsWith(kind + ":")).count();
    }
    ObjectNode measures = evaluate(model, test, "--probabilities", "--threshold", 0.2);
    assertThat(measures.path("micro-precision").asDouble())
        .isCloseTo((double) hits / predicted, within(1e-9));
    assertThat(measures.path("micro-recall").asDouble()).isCloseTo(hits / 300.0, within(1e-9));
    assertThat(measures.path("micro-F1").asDouble())
        .isCloseTo(2.0 * hits / (predicted + 300), within(1e-9));
    assertThat(measures.path("macro-F1").asDouble()).isBetween(0.3, 1.0);
    assertThat(measures.has("P@1")).isTrue();

    Ran refused =
        Ran.fovea("predict", model, "--data", test, "--probabilities", "--threshold", 1.5);
    assertThat(refused.err())
        .contains("--threshold: a probability from 0 to 1 was expected, 1.5 came");
  }
}
