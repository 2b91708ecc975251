package org.fovea.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// From CSV tables to predictions.
class TablesTest {

  private static final List<String> KINDS = List.of("small", "large", "tiny");

  @TempDir private Path folder;

  /// Columns of noise in odd units, one constant, and one that tells the class.
  private Path table(String name, String header, int count, long seed) throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    StringBuilder text = new StringBuilder(header).append('\n');
    for (int i = 0; i < count; i++) {
      int kind = random.nextInt(3);
      double told = List.of(2.0, 9.0, -5.0).get(kind) + random.nextDouble();
      double far = 1e6 + 1e3 * random.nextDouble();
      double near = 1e-6 * random.nextDouble();
      for (String column : header.split(",", -1)) {
        text.append(
            switch (column) {
              case "told" -> told;
              case "far" -> far;
              case "near" -> near;
              case "same" -> "7";
              case "id" -> "row " + i;
              default -> KINDS.get(kind);
            });
        text.append(',');
      }
      text.setCharAt(text.length() - 1, '\n');
    }
    return Files.writeString(folder.resolve(name), text);
  }

  private Ran train(Path data, Path test, Object... more) {
    List<Object> all =
        new ArrayList<>(
            List.of("train", "--train", data, "--test", test, "--model", folder.resolve("model")));
    all.addAll(List.of("--hidden", 16, "--epochs", 30, "--batch", 8, "--threads", 1, "--json"));
    all.addAll(List.of(more));
    return Ran.fovea(all.toArray());
  }

  @Test
  void readsOtherTablesLikeTheOneItWasTrainedOn() throws IOException {
    Path data = table("a.csv", "far,told,kind,near,same", 200, 1);
    Path test = table("b.csv", "kind,near,same,far,told", 100, 2);
    Ran ran = train(data, test, "--label", "kind");
    assertThat(ran.status()).as(ran.err()).isZero();
    assertThat(ran.err())
        .contains(
            "classes are in column 'kind' of 5 (as asked)",
            "every feature standardized",
            "1 of 4 columns have the same value in all rows and tell nothing ('same')");
    double accuracy = ran.json().path("test").path("accuracy").asDouble();
    assertThat(accuracy).isGreaterThan(0.95);
    Path model = folder.resolve("model");
    Ran evaluated = Ran.fovea("evaluate", model, "--data", test, "--json");
    assertThat(evaluated.json().path("accuracy").asDouble()).isEqualTo(accuracy);
    // the same rows without classes, with a column of text that the model does not know
    Path bare = table("c.csv", "id,near,same,far,told", 100, 2);
    Ran predicted = Ran.fovea("predict", model, "--data", bare, "--top", 1, "--names");
    assertThat(predicted.err()).contains("left out ('id')");
    assertThat(predicted.lines())
        .isEqualTo(Ran.fovea("predict", model, "--data", test, "--top", 1, "--names").lines());
    assertThat(predicted.lines()).allMatch(line -> line.matches("\\d+\t(small|large|tiny):.*"));
  }

  @Test
  void refusesAClassThatTheModelDoesNotKnowBeforeItTrains() throws IOException {
    Path data = table("a.csv", "told,kind", 60, 1);
    Path test = Files.writeString(folder.resolve("b.csv"), "told,kind\n1,small\n2,huge\n");
    Ran ran = train(data, test);
    assertThat(ran.status()).isEqualTo(1);
    assertThat(ran.err())
        .contains(
            "fovea: "
                + test
                + ":3:3: one of the 3 classes of the training data was expected,"
                + " 'huge' came");
    assertThat(folder.resolve("model")).doesNotExist();
  }

  @Test
  void takesWhatAConfigurationSaysOfTheColumns() throws IOException {
    Path data =
        Files.writeString(
            folder.resolve("a.csv"), "1,2,3\n" + "0,5,1\n1,6,2\n1,7,2\n0,8,1\n".repeat(10));
    Path configuration =
        Files.writeString(
            folder.resolve("c.yaml"),
            "train: %s\nmodel: %s\nlabel: 1\nheader: true\nepochs: 1\nthreads: 1\n"
                .formatted(data, folder.resolve("model")));
    Ran ran = Ran.fovea("train", configuration, "--quiet");
    assertThat(ran.status()).as(ran.err()).isZero();
    Ran inspected = Ran.fovea("inspect", folder.resolve("model"), "--json");
    assertThat(inspected.out()).contains("\"features\":2");
    Ran wrong = Ran.fovea("train", configuration, "--overwrite", "--header", "maybe");
    assertThat(wrong.status()).isEqualTo(2);
    assertThat(wrong.err()).contains("--header: yes or no was expected, 'maybe' came");
  }

  @Test
  void dividesATableLineByLine() throws IOException {
    Path data = table("a.csv", "told,near,kind", 101, 4);
    List<String> lines = Files.readAllLines(data);
    Ran ran = Ran.fovea("data", "split", data, "--test", "1/3", "--seed", 3, "--stratified");
    assertThat(ran.status()).as(ran.err()).isZero();
    List<String> train = Files.readAllLines(folder.resolve("a-train.csv"));
    List<String> test = Files.readAllLines(folder.resolve("a-test.csv"));
    assertThat(train.getFirst()).isEqualTo("told,near,kind").isEqualTo(test.getFirst());
    assertThat(test).hasSize(1 + 34);
    List<String> both = new ArrayList<>(train);
    both.addAll(test.subList(1, test.size()));
    assertThat(both).containsExactlyInAnyOrderElementsOf(lines);
    for (String kind : KINDS) {
      long all = lines.stream().filter(line -> line.endsWith(kind)).count();
      long drawn = test.stream().filter(line -> line.endsWith(kind)).count();
      assertThat(Math.abs(drawn - all / 3.0)).isLessThan(1);
    }
  }

  @Test
  void dividesOtherTextSoThatBothPartsCanBeRead() throws IOException {
    String rows = "1 0:1\n\n0,1 2:1\n 1:1\n1 1:2\n0 0:5";
    for (String head : List.of("6 3 2\n", "")) {
      Path data =
          Files.writeString(
              folder.resolve("x.txt"), head + (head.isEmpty() ? rows.replace("\n\n", "\n") : rows));
      Ran ran = Ran.fovea("data", "split", data, "--test", "0.5", "--out", folder, "--json");
      assertThat(ran.status()).as(ran.err()).isZero();
      long examples = 0;
      for (String part : List.of("x-train.txt", "x-test.txt")) {
        Ran info = Ran.fovea("data", "info", folder.resolve(part), "--index-base", 0, "--json");
        assertThat(info.status()).as(info.err()).isZero();
        examples += info.json().path("examples").asLong();
      }
      assertThat(examples).isEqualTo(head.isEmpty() ? 5 : 6);
    }
  }

  @Test
  void tellsMeanAndDeviationOverFolds() throws IOException {
    Path data = table("a.csv", "told,near,kind", 90, 5);
    Ran ran =
        Ran.fovea(
            "train",
            "--train",
            data,
            "--folds",
            3,
            "--hidden",
            16,
            "--epochs",
            120,
            "--threads",
            1,
            "--deterministic",
            "--json");
    assertThat(ran.status()).as(ran.err()).isZero();
    assertThat(ran.json().path("folds").asInt()).isEqualTo(3);
    double sum = 0;
    double squares = 0;
    for (int fold = 0; fold < 3; fold++) {
      assertThat(ran.json().path("each").path(fold).path("examples").asLong()).isEqualTo(30);
      double accuracy = ran.json().path("each").path(fold).path("accuracy").asDouble();
      sum += accuracy;
      squares += accuracy * accuracy;
    }
    double mean = ran.json().path("mean").path("accuracy").asDouble();
    assertThat(mean).isCloseTo(sum / 3, within(1e-9)).isGreaterThan(0.9);
    assertThat(ran.json().path("deviation").path("accuracy").asDouble())
        .isCloseTo(Math.sqrt(Math.max(0, squares - sum * sum / 3) / 2), within(1e-6));
    Ran people = Ran.fovea("train", "--train", data, "--folds", 2, "--epochs", 1, "--threads", 1);
    assertThat(people.out()).contains("mean and deviation over 2 folds:", "accuracy", "+-");
    assertThat(Ran.fovea("train", "--train", data, "--folds", 1).status()).isEqualTo(2);
  }
}
