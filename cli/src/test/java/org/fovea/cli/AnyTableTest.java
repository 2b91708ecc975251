package org.fovea.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.fovea.model.Model;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Tables as people have them: time stamps, texts, dates, gaps, line breaks.
class AnyTableTest {

  @TempDir private Path folder;

  private Ran train(Path data, Object... more) {
    Object[] common = {
      "train", "--train", data, "--model", folder.resolve("model"), "--threads", 1, "--seed", 1
    };
    return Ran.fovea(
        IntStream.range(0, common.length + more.length)
            .mapToObj(i -> i < common.length ? common[i] : more[i - common.length])
            .toArray());
  }

  /// Kinds that only the text, only the gaps and only the dates tell apart.
  private Path mixed(String name, int rows, long seed, boolean labelled) throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    StringBuilder text = new StringBuilder("id;when;colour;weight;\"said\n\"\"why\"\"\"");
    text.append(labelled ? ";class\n" : "\n");
    for (int i = 0; i < rows; i++) {
      int kind = random.nextInt(4);
      int day = 1 + random.nextInt(28);
      text.append("row ").append(i).append(random.nextInt()).append(';');
      text.append(day).append(kind == 0 ? ".02.2024;" : ".08.2024;");
      text.append(kind == 1 ? "\"deep;\nblue\"" : random.nextBoolean() ? "red" : "").append(';');
      text.append(kind == 2 ? "" : "7000000" + day + ",5").append(';');
      text.append("\"free text ").append(random.nextInt()).append(",\n it goes \"\"on\"\"\"");
      text.append(labelled ? ";\"kind\n" + kind + "\"\n" : "\n");
    }
    return Files.writeString(folder.resolve(name), text);
  }

  @Test
  void learnsColumnsThatDifferLittle() throws IOException {
    Path data =
        Files.writeString(
            folder.resolve("d.csv"), "d,label\n" + "10000000,a\n10000001,b\n".repeat(4));
    Ran ran = train(data, "--quiet");
    assertThat(ran.status()).as(ran.err()).isZero();
    Ran measured = Ran.fovea("evaluate", folder.resolve("model"), "--data", data, "--json");
    assertThat(measured.json().path("accuracy").asDouble()).isEqualTo(1);
    Path times = Files.writeString(folder.resolve("t.csv"), "1700000001,2,a\n1700000002,1,b\n");
    Ran info = Ran.fovea("data", "info", times);
    assertThat(info.err()).doesNotContain("same value").contains("are centred");
    assertThat(info.out())
        .contains("values      from 1.0 to 1.700000002E9", "1: numbers from 1700000001 to");
  }

  @Test
  void weighsRowsByAColumn() throws IOException {
    // the same row has two classes, and the weight decides
    Path data =
        Files.writeString(
            folder.resolve("w.csv"),
            "x,y,times,label\n" + "1,0,9,a\n1,0,1,b\n0,1,1,b\n0,1,0,a\n".repeat(10));
    Ran ran = train(data, "--weight", "times");
    assertThat(ran.status()).as(ran.err()).isZero();
    assertThat(ran.err()).contains("10 examples of weight 0 are left out");
    Path rows = Files.writeString(folder.resolve("rows.csv"), "y,x\n0,1\n1,0\n");
    Ran predicted =
        Ran.fovea("predict", folder.resolve("model"), "--data", rows, "--top", 1, "--names");
    assertThat(predicted.out().lines())
        .satisfiesExactly(
            first -> assertThat(first).startsWith("0\ta:"),
            second -> assertThat(second).startsWith("1\tb:"));
    try (Model model = Model.open(folder.resolve("model"))) {
      assertThat(model.info().network().input().features()).isEqualTo(2);
    }
    Ran missing = train(data, "--weight", "none", "--overwrite");
    assertThat(missing.status()).isEqualTo(1);
    assertThat(missing.err()).contains("a column called 'none' was expected, none came");
  }

  @Test
  void refusesRowsWithValuesTooLargeForTheModel() throws IOException {
    Path data = Files.writeString(folder.resolve("d.csv"), "x,y,label\n1,2,a\n2,1,b\n");
    assertThat(train(data, "--quiet").status()).isZero();
    Path huge = Files.writeString(folder.resolve("huge.csv"), "x,y\n1,2\n3e38,-3e38\n");
    Ran ran = Ran.fovea("predict", folder.resolve("model"), "--data", huge);
    assertThat(ran.status()).isEqualTo(1);
    assertThat(ran.err())
        .contains("fovea: example 1: a finite value of feature 0 was expected, Infinity came");
  }

  @Test
  void readsLibsvmValuesThatDifferLittle() throws IOException {
    Path data =
        Files.writeString(
            folder.resolve("d.txt"), "0 1:10000000 2:1\n1 1:10000001 2:1\n".repeat(4));
    Ran ran = train(data, "--quiet");
    assertThat(ran.status()).as(ran.err()).isZero();
    Ran measured = Ran.fovea("evaluate", folder.resolve("model"), "--data", data, "--json");
    assertThat(measured.json().path("accuracy").asDouble()).isEqualTo(1);
  }

  @Test
  void tellsOfLibsvmValuesThatSinglePrecisionRounds() throws IOException {
    Path data =
        Files.writeString(folder.resolve("d.txt"), "0 1:5 2:1700000001\n1 1:16777216 2:0.1\n");
    assertThat(Ran.fovea("data", "info", data).err())
        .contains(data + ":1:9: single precision rounds 1 whole values above 16,777,216");
    Path fine = Files.writeString(folder.resolve("e.txt"), "0 1:5 2:16777218\n1 1:0.12345678\n");
    assertThat(Ran.fovea("data", "info", fine).err()).doesNotContain("single precision");
  }

  @Test
  void readsEverythingAlikeInEveryCommand() throws IOException {
    Path data = mixed("a.csv", 160, 1, true);
    Ran info = Ran.fovea("data", "info", data, "--json");
    assertThat(info.status()).as(info.err()).isZero();
    assertThat(info.json().path("examples").asInt()).isEqualTo(160);
    assertThat(info.json().path("labels").asInt()).isEqualTo(4);
    assertThat(info.json().path("columns").size()).isEqualTo(6);
    Ran plan = Ran.fovea("train", "--train", data, "--dry-run");
    assertThat(plan.out()).contains("160 examples, 9 features, 4 labels", "column 'class' of 6");
    Ran ran = train(data, "--epochs", 40, "--hidden", 16, "--quiet");
    assertThat(ran.status()).as(ran.err()).isZero();
    Path other = mixed("b.csv", 60, 2, true);
    Path model = folder.resolve("model");
    Ran measured = Ran.fovea("evaluate", model, "--data", other, "--json");
    assertThat(measured.json().path("accuracy").asDouble()).as(measured.err()).isEqualTo(1);
    Ran predicted = Ran.fovea("predict", model, "--data", other, "--top", 1, "--names");
    assertThat(predicted.lines())
        .hasSize(60)
        .allMatch(line -> line.matches("\\d+\tkind\\\\n\\d:.*"));
    Path bare = mixed("c.csv", 60, 2, false);
    assertThat(Ran.fovea("predict", model, "--data", bare, "--top", 1, "--names").lines())
        .isEqualTo(predicted.lines());
    Ran folds = Ran.fovea("train", "--train", data, "--folds", 2, "--epochs", 30, "--json");
    assertThat(folds.json().path("mean").path("accuracy").asDouble()).isGreaterThan(0.9);
    try (Model kept = Model.open(model)) {
      assertThat(kept.info().table().orElseThrow().classes()).contains("kind\n3");
    }
  }

  @Test
  void dividesRowsOfSeveralLinesBetweenThem() throws IOException {
    Path data = mixed("a.csv", 41, 3, true);
    Ran ran = Ran.fovea("data", "split", data, "--test", "1/3", "--seed", 3, "--stratified");
    assertThat(ran.status()).as(ran.err()).isZero();
    long examples = 0;
    long bytes = 0;
    for (String part : List.of("a-train.csv", "a-test.csv")) {
      Ran info = Ran.fovea("data", "info", folder.resolve(part), "--json");
      assertThat(info.status()).as(info.err()).isZero();
      examples += info.json().path("examples").asLong();
      bytes += Files.size(folder.resolve(part));
    }
    assertThat(examples).isEqualTo(41);
    String header = "id;when;colour;weight;\"said\n\"\"why\"\"\";class\n";
    assertThat(bytes).isEqualTo(Files.size(data) + header.length());
  }

  @Test
  void saysWhatThePredictedRowsHaveThatTheTrainingRowsHaveNot() throws IOException {
    Path data =
        Files.writeString(folder.resolve("a.csv"), "c,n,label\n" + "red,1,a\nblue,2,b\n".repeat(5));
    assertThat(train(data, "--epochs", 1, "--quiet").status()).isZero();
    Path other = Files.writeString(folder.resolve("b.csv"), "c,n,label\ngreen,1,a\nred,,b\n");
    String unknown = other + ":2:1: 'green' in column 'c' is not in the training data";
    String missing = other + ":3:5: nothing is in column 'n'";
    Path model = folder.resolve("model");
    for (String command : List.of("predict", "evaluate")) {
      Ran ran = Ran.fovea(command, model, "--data", other);
      assertThat(ran.status()).as(ran.err()).isZero();
      assertThat(ran.err()).contains(unknown, missing);
    }
  }

  @Test
  void namesTheColumnOfClassesInThePlanAndRefusesMeasurements() throws IOException {
    Path data =
        Files.writeString(folder.resolve("a.csv"), "label,x,y,z\n0,1,5,7\n1,2,1,8\n0,3,3,9\n");
    Ran plan = Ran.fovea("train", "--train", data, "--dry-run");
    assertThat(plan.out())
        .contains(
            "column 'label' of 4: classes (by its name; 'y' competed, but 'label' is more"
                + " specific)");
    StringBuilder text = new StringBuilder("x,target\n");
    for (int i = 0; i < 60; i++) {
      text.append(i % 7).append(',').append(i + 0.25).append('\n');
    }
    Path measured = Files.writeString(folder.resolve("b.csv"), text);
    Ran refused = Ran.fovea("train", "--train", measured, "--dry-run");
    assertThat(refused.status()).isEqualTo(1);
    assertThat(refused.err())
        .contains(measured + ":1:3: a column of classes was expected", "regression");
    Ran asked = Ran.fovea("train", "--train", measured, "--dry-run", "--label", "target");
    assertThat(asked.status()).as(asked.err()).isZero();
  }

  @Test
  void takesDelimitersAndTextsAsAsked() throws IOException {
    Path data = Files.writeString(folder.resolve("a.txt"), "1 5 1\n2 6 0\n1 7 1\n");
    Ran info = Ran.fovea("data", "info", data, "--delimiter", "space", "--categorical", "1,-2");
    assertThat(info.status()).as(info.err()).isZero();
    assertThat(info.out()).contains("1: 2 texts", "2: 3 texts");
    Ran wrong = Ran.fovea("data", "info", data, "--delimiter", "colon");
    assertThat(wrong.status()).isEqualTo(2);
    assertThat(wrong.err()).contains("--delimiter: comma, semicolon, bar, tab or space");
  }
}
