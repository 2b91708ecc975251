package org.fovea.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.fovea.data.Numbering;
import org.fovea.model.DataReading;
import org.fovea.model.Model;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A model reads data as its training data was read.
class NumberingTest {

  private static final int FEATURES = 6;
  private static final int LABELS = 3;

  @TempDir private Path folder;

  /// Examples whose label is a third of the number of their features, numbered from a base. Rows
  /// that lack the first feature leave the numbering open to guesses.
  private String rows(int base, int first, int examples) {
    StringBuilder text = new StringBuilder();
    for (int e = 0; e < examples; e++) {
      int feature = first + e % (FEATURES - first);
      text.append(feature / 2).append(' ').append(feature + base).append(":1\n");
    }
    return text.toString();
  }

  private Path file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  private Path train(String name, Path data, Object... more) {
    Path model = folder.resolve(name);
    Object[] arguments = {
      "train", "--train", data, "--model", model, "--epochs", 30, "--threads", 1, "--batch", 16
    };
    Object[] all = new Object[arguments.length + more.length];
    System.arraycopy(arguments, 0, all, 0, arguments.length);
    System.arraycopy(more, 0, all, arguments.length, more.length);
    Ran ran = Ran.fovea(all);
    assertThat(ran.status()).as(ran.err()).isZero();
    return model;
  }

  @Test
  void givesTheSameAnswersWhateverTheNumbering() throws IOException {
    for (int base = 0; base <= 1; base++) {
      Path model = train("m" + base, file("train" + base, rows(base, 0, 240)));
      try (Model trained = Model.open(model)) {
        assertThat(trained.info().data().reading())
            .isEqualTo(
                new DataReading(
                    DataReading.Format.LIBSVM,
                    base == 0 ? Numbering.FROM_ZERO : Numbering.FROM_ONE));
      }
      // no row has the first feature: a guess would take 0-based numbers for 1-based ones
      Path test = file("test" + base, rows(base, 1, 50));
      Ran evaluated = Ran.fovea("evaluate", model, "--data", test, "--json");
      assertThat(evaluated.json().path("accuracy").asDouble()).as(evaluated.err()).isEqualTo(1);
      Ran predicted = Ran.fovea("predict", model, "--data", test, "--top", 1);
      assertThat(predicted.lines()).hasSize(50).allMatch(line -> line.contains("\t"));
      // text with a header counts from 0 whatever the model has seen
      Path headed =
          file("headed" + base, "50 %d %d\n".formatted(FEATURES, LABELS) + rows(0, 1, 50));
      assertThat(
              Ran.fovea("evaluate", model, "--data", headed, "--json")
                  .json()
                  .path("accuracy")
                  .asDouble())
          .isEqualTo(1);
    }
  }

  @Test
  void refusesFeaturesThatTheModelsNumberingDoesNotHave() throws IOException {
    Path fromOne = train("one", file("train", rows(1, 0, 60)));
    Path zero = file("zero", rows(0, 0, 12));
    Ran low = Ran.fovea("evaluate", fromOne, "--data", zero);
    assertThat(low.status()).isEqualTo(1);
    assertThat(low.err())
        .startsWith("fovea: " + zero + ":1:3: a feature from 1 to 6 was expected, 0 came")
        .hasLineCount(1);
    Path fromZero = train("zerobased", zero);
    Path one = file("ones", rows(1, 0, 12));
    Ran high = Ran.fovea("predict", fromZero, "--data", one);
    assertThat(high.status()).isEqualTo(1);
    assertThat(high.err())
        .startsWith("fovea: " + one + ":6:3: a feature below 6 was expected, 6 came")
        .hasLineCount(1);
  }

  @Test
  void believesTheOptionMoreThanTheModel() throws IOException {
    Path fromOne = train("one", file("train", rows(1, 0, 240)));
    Ran ran =
        Ran.fovea(
            "evaluate",
            fromOne,
            "--data",
            file("zero", rows(0, 0, 12)),
            "--index-base",
            0,
            "--json");
    assertThat(ran.json().path("accuracy").asDouble()).as(ran.err()).isEqualTo(1);
    assertThat(ran.err()).contains("numbered from 0 as asked", "numbers them from 1");
  }

  @Test
  void keepsTheNumberingThatWasAskedForAndSurvivesResuming() throws IOException {
    Path data = file("train", rows(1, 0, 240));
    Path model = train("asked", data, "--index-base", 1);
    try (Model trained = Model.open(model)) {
      assertThat(trained.info().data().reading().numbering()).isEqualTo(Numbering.FROM_ONE);
    }
    Ran resumed = Ran.fovea("train", "--train", data, "--model", model, "--threads", 1, "--resume");
    assertThat(resumed.status()).as(resumed.err()).isZero();
    try (Model trained = Model.open(model)) {
      assertThat(trained.info().data().reading().numbering()).isEqualTo(Numbering.FROM_ONE);
    }
  }

  @Test
  void knowsTheFormatOfOtherData() throws IOException {
    Path headed = file("headed", "60 %d %d\n".formatted(FEATURES, LABELS) + rows(0, 0, 60));
    Path model = train("xc", headed);
    try (Model trained = Model.open(model)) {
      assertThat(trained.info().data().reading())
          .isEqualTo(new DataReading(DataReading.Format.XC, Numbering.AUTO));
    }
  }
}
