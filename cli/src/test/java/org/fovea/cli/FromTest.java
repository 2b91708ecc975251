package org.fovea.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.fovea.model.Model;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Going on with a model: `train --from`.
class FromTest {

  @TempDir private Path folder;

  private Ran train(Path data, String model, Object... more) {
    List<Object> all =
        new ArrayList<>(List.of("train", "--train", data, "--model", folder.resolve(model)));
    all.addAll(List.of("--threads", 1));
    all.addAll(List.of(more));
    Ran ran = Ran.fovea(all.toArray());
    assertThat(ran.status()).as(ran.err()).isZero();
    return ran;
  }

  private double measure(String model, Path data, String measure) {
    Ran ran = Ran.fovea("evaluate", folder.resolve(model), "--data", data, "--json");
    assertThat(ran.status()).as(ran.err()).isZero();
    return ran.json().path(measure).asDouble();
  }

  /// Rows whose first columns tell the class.
  private Path table(String name, List<String> kinds) throws IOException {
    SplittableRandom random = new SplittableRandom(5);
    StringBuilder text = new StringBuilder("x,kind,y\n");
    for (int i = 0; i < 150; i++) {
      String kind = kinds.get(random.nextInt(kinds.size()));
      double x = kind.length() * 3 + random.nextDouble();
      text.append(x).append(',').append(kind).append(',').append(10 * random.nextDouble());
      text.append('\n');
    }
    return Files.writeString(folder.resolve(name), text);
  }

  @Test
  void addsClassesOfATableAfterThoseThatAreKnown() throws IOException {
    Path first = table("first.csv", List.of("pear", "fig"));
    Path all = table("all.csv", List.of("apricot", "fig", "pear"));
    train(first, "model", "--label", "kind", "--hidden", 16, "--epochs", 20, "--batch", 8);
    Ran ran = train(all, "next", "--from", folder.resolve("model"));
    assertThat(ran.err())
        .contains(
            "everything as in " + folder.resolve("model") + ", trained on 150 examples",
            "0 features and 1 labels are new and start as in a new network",
            "the optimizer goes on from its state after batch");
    try (Model before = Model.open(folder.resolve("model"));
        Model after = Model.open(folder.resolve("next"))) {
      List<String> known = before.info().names().labels();
      assertThat(known).containsExactlyInAnyOrder("pear", "fig");
      assertThat(after.info().names().labels()).startsWith(known.toArray(String[]::new));
      assertThat(after.info().names().labels()).hasSize(3).endsWith("apricot");
      assertThat(after.info().training().epochs()).isEqualTo(20);
    }
    assertThat(measure("next", all, "accuracy")).isGreaterThan(0.95);
    assertThat(measure("next", first, "accuracy")).isGreaterThan(0.95);
  }

  @Test
  void takesThePlaceOfTheModelThatItGoesOnWith() throws IOException {
    Path first = table("first.csv", List.of("pear", "fig"));
    Path all = table("all.csv", List.of("apricot", "fig", "pear"));
    Object[] small = {"--label", "kind", "--hidden", 16, "--epochs", 20, "--batch", 8};
    train(first, "model", small);
    Path model = folder.resolve("model");
    Ran refused = Ran.fovea("train", "--train", all, "--from", model, "--model", model);
    assertThat(refused.err()).contains("there is a model already; --overwrite replaces it");
    Ran ran = train(all, "model", "--from", model, "--overwrite");
    assertThat(ran.err()).contains("the optimizer goes on from its state");
    assertThat(measure("model", all, "accuracy")).isGreaterThan(0.95);
  }

  private Path sparse(String name, int labels, boolean header) throws IOException {
    SplittableRandom random = new SplittableRandom(9);
    StringBuilder text = new StringBuilder();
    if (header) {
      text.append("300 ").append(2 * labels).append(' ').append(labels).append('\n');
    }
    for (int i = 0; i < 300; i++) {
      int label = i < labels ? i : random.nextInt(labels);
      text.append(label);
      text.append(' ').append(2 * label).append(":1 ").append(2 * label + 1).append(":1\n");
    }
    return Files.writeString(folder.resolve(name), text);
  }

  @Test
  void addsFeaturesAndLabelsOfText() throws IOException {
    for (boolean header : new boolean[] {true, false}) {
      String kind = header ? "xc" : "libsvm";
      Path first = sparse(kind + "-first.txt", 10, header);
      Path all = sparse(kind + "-all.txt", 15, header);
      train(first, kind, "--hidden", 12, "--epochs", 15, "--batch", 8);
      Ran ran = train(all, kind + "-next", "--from", folder.resolve(kind));
      assertThat(ran.err()).contains("10 features and 5 labels are new");
      assertThat(measure(kind + "-next", all, "P@1")).isGreaterThan(0.95);
      Ran old = Ran.fovea("evaluate", folder.resolve(kind + "-next"), "--data", first);
      assertThat(old.status()).as(old.err()).isZero();
      if (header) {
        assertThat(old.err())
            .contains("the header says fewer, but numbers are taken for those of 30 features");
      }
      // and the other way round: what is there already stays, what is missing may fade
      Ran fewer = train(first, kind + "-last", "--from", folder.resolve(kind + "-next"));
      assertThat(fewer.err())
          .contains(
              "no features or labels are new",
              "5 of 15 labels that the model has learned have no example here");
    }
  }

  @Test
  void addsClassesOfLibsvmText() throws IOException {
    String rows = "-1 1:1 2:1\n+1 3:1 4:1\n";
    Path first = Files.writeString(folder.resolve("a.txt"), rows.repeat(60));
    Path all = Files.writeString(folder.resolve("b.txt"), (rows + "3 5:1 6:1\n").repeat(40));
    train(first, "model", "--hidden", 8, "--epochs", 10, "--batch", 8);
    train(all, "next", "--from", folder.resolve("model"));
    try (Model after = Model.open(folder.resolve("next"))) {
      assertThat(after.info().names().labels()).containsExactly("-1", "+1", "3");
    }
    assertThat(measure("next", all, "accuracy")).isGreaterThan(0.95);
  }

  @Test
  void leavesExamplesOfWeightZeroOut() throws IOException {
    String rows = "0 1:1 2:1\n1 3:1 4:1\n2 weight:2 1:1 3:1\n";
    Path bare = Files.writeString(folder.resolve("bare.txt"), rows.repeat(20));
    Path more =
        Files.writeString(folder.resolve("more.txt"), (rows + "2 weight:0 4:1\n").repeat(20));
    train(bare, "bare", "--hidden", 8, "--epochs", 2, "--batch", 8);
    Ran ran = train(more, "more", "--hidden", 8, "--epochs", 2, "--batch", 8);
    assertThat(ran.err()).contains("20 examples of weight 0 are left out");
    assertThat(Files.readAllBytes(folder.resolve("more/weights.safetensors")))
        .isEqualTo(Files.readAllBytes(folder.resolve("bare/weights.safetensors")));
  }

  @Test
  void refusesWhatCannotBeGoneOnWith() throws IOException {
    Path first = sparse("first.txt", 10, true);
    train(first, "model", "--hidden", 12, "--epochs", 1);
    Path model = folder.resolve("model");
    Path table = table("a.csv", List.of("fig", "pear"));
    refused(
        "a.csv: text with a header, whose features are numbered from 0, was expected, which the"
            + " model was trained on, a table came",
        table,
        "--from",
        model);
    refused("layers and the weighting of the input cannot", first, "--from", model, "--hidden", 7);
    refused("--from is not for it", first, "--from", model, "--folds", 3);
    refused("--warm-start is the older name", first, "--from", model, "--warm-start", model);
    refused("there is no such model directory", first, "--from", folder.resolve("none"));
    train(images("small", 3), "images", "--epochs", 1, "--hidden", 4);
    refused(
        "images of 9 values were expected, which the model was trained on, of 16 came",
        images("large", 4),
        "--from",
        folder.resolve("images"));
    train(images("small", 3), "images-next", "--from", folder.resolve("images"));
  }

  private void refused(String message, Path data, Object... more) {
    List<Object> all =
        new ArrayList<>(List.of("train", "--train", data, "--model", folder.resolve("refused")));
    all.addAll(List.of(more));
    Ran ran = Ran.fovea(all.toArray());
    assertThat(ran.status()).isNotZero();
    assertThat(ran.err()).contains(message);
    assertThat(folder.resolve("refused")).doesNotExist();
  }

  /// Images of the MNIST family.
  private Path images(String name, int side) throws IOException {
    int count = 12;
    byte[] pixels = new byte[16 + count * side * side];
    byte[] labels = new byte[8 + count];
    pixels[2] = 8;
    pixels[3] = 3;
    pixels[7] = (byte) count;
    pixels[11] = (byte) side;
    pixels[15] = (byte) side;
    labels[2] = 8;
    labels[3] = 1;
    labels[7] = (byte) count;
    for (int i = 0; i < count; i++) {
      labels[8 + i] = (byte) (i % 2);
      for (int j = 0; j < side * side; j++) {
        pixels[16 + i * side * side + j] = (byte) (i % 2 == 0 ? 200 : j);
      }
    }
    Files.write(folder.resolve(name + "-labels-idx1-ubyte"), labels);
    return Files.write(folder.resolve(name + "-images-idx3-ubyte"), pixels);
  }
}
