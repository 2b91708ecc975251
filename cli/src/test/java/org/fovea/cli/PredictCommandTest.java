package org.fovea.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.fovea.data.Names;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Of `predict` and `evaluate`, with one model.
class PredictCommandTest {

  @TempDir private static Path folder;
  private static Path model = Path.of("");
  private static Path test = Path.of("");

  @BeforeAll
  static void train() {
    Ran.Files data = Ran.data(folder);
    test = data.test();
    Path names = folder.resolve("names.txt");
    List<String> labels = IntStream.range(0, 40).mapToObj(i -> "label " + i).toList();
    new Names(labels, List.of()).write(names);
    model = folder.resolve("model");
    Ran ran =
        Ran.fovea(
            "train",
            "--train",
            data.train(),
            "--model",
            model,
            "--names",
            names,
            "--epochs",
            3,
            "--threads",
            1);
    assertThat(ran.status()).as(ran.err()).isZero();
  }

  @Test
  void printsNumbersAndScoresInColumns() {
    Ran ran = Ran.fovea("predict", model, "--data", test, "--top", 3);
    assertThat(ran.status()).as(ran.err()).isZero();
    assertThat(ran.lines()).hasSize(80);
    for (int i = 0; i < 80; i++) {
      assertThat(ran.lines().get(i)).matches(i + "(\t\\d+:-?[0-9.E-]+){3}");
    }
  }

  @Test
  void printsNamesInsteadOfNumbers() {
    Ran ran = Ran.fovea("predict", model, "--data", test, "--top", 1, "--names");
    assertThat(ran.lines()).hasSize(80).allMatch(line -> line.matches("\\d+\tlabel \\d+:.*"));
  }

  @Test
  void printsObjectsWithTheSameAnswer() {
    List<String> columns = Ran.fovea("predict", model, "--data", test, "--top", 2).lines();
    Ran ran = Ran.fovea("predict", model, "--data", test, "--top", 2, "--json");
    assertThat(ran.lines()).hasSameSizeAs(columns);
    JsonNode last = ran.json();
    JsonNode first = last.path("labels").path(0);
    assertThat(last.path("example").asInt()).isEqualTo(79);
    assertThat(first.path("name").asString()).isEqualTo("label " + first.path("id").asInt());
    assertThat(columns.getLast())
        .startsWith("79\t" + first.path("id").asInt() + ":" + first.path("score").floatValue());
  }

  @Test
  void doesNotDependOnTheNumberOfThreads() {
    Ran one = Ran.fovea("predict", model, "--data", test, "--threads", 1);
    Ran four = Ran.fovea("predict", model, "--data", test, "--threads", 4);
    assertThat(four.out()).isEqualTo(one.out());
  }

  @Test
  void doesNotDependOnWhereTheRowsOfTheLabelsAre() {
    String expected = Ran.fovea("predict", model, "--data", test).out();
    for (List<String> where :
        List.of(
            List.of("--resident", "mapped"),
            List.of("--resident", "suspended"),
            List.of("--resident", "suspended", "--memory", "4k", "--retention", "2"))) {
      List<Object> arguments = new ArrayList<>(List.of("predict", model, "--data", test));
      arguments.addAll(where);
      Ran ran = Ran.fovea(arguments.toArray());
      assertThat(ran.status()).as(ran.err()).isZero();
      assertThat(ran.out()).isEqualTo(expected);
    }
  }

  @Test
  void saysWhichPlacesOfRowsThereAre() {
    Ran unknown = Ran.fovea("predict", model, "--data", test, "--resident", "disk");
    assertThat(unknown.status()).isEqualTo(2);
    assertThat(unknown.err())
        .contains("--resident: heap, mapped or suspended was expected, 'disk' came");
    Ran alone = Ran.fovea("evaluate", model, "--data", test, "--memory", "4k");
    assertThat(alone.status()).isEqualTo(2);
    assertThat(alone.err()).contains("--memory and --retention need --resident suspended");
  }

  @Test
  void readsStandardInput() throws IOException {
    Ran file = Ran.fovea("predict", model, "--data", test);
    Ran input = Ran.withInput(Files.readAllBytes(test), "predict", model, "--data", "-");
    assertThat(input.out()).isEqualTo(file.out());
  }

  @Test
  void namesStandardInputInErrors() {
    Ran ran =
        Ran.withInput("0 1:x\n".getBytes(StandardCharsets.UTF_8), "predict", model, "--data", "-");
    assertThat(ran.err()).startsWith("fovea: -:1:");
    assertThat(ran.status()).isEqualTo(1);
  }

  @Test
  void endsQuietlyWhenNobodyReadsOn() {
    OutputStream closed =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("Broken pipe");
          }
        };
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Console console = new Console(InputStream.nullInputStream(), closed, err, false);
    int status = Main.run(console, "predict", model.toString(), "--data", test.toString());
    assertThat(status).isZero();
    assertThat(err.toByteArray()).isEmpty();
  }

  @Test
  void saysThatTheDiskIsFull() {
    OutputStream full =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("No space left on device");
          }
        };
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Console console = new Console(InputStream.nullInputStream(), full, err, false);
    int status = Main.run(console, "predict", model.toString(), "--data", test.toString());
    assertThat(status).isEqualTo(1);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .isEqualTo("fovea: standard output: writing failed: No space left on device\n");
  }

  @Test
  void evaluatesUnderTheNamesThatPeopleWrite() {
    Ran ran = Ran.fovea("evaluate", model, "--data", test, "--json");
    assertThat(ran.status()).as(ran.err()).isZero();
    for (String measure : List.of("P@1", "P@3", "P@5", "nDCG@5", "PSP@5", "R@5")) {
      assertThat(ran.json().path(measure).asDouble(-1)).as(measure).isBetween(0.0, 1.0);
    }
    assertThat(ran.json().path("P@1").asDouble()).isGreaterThan(0.1);
    assertThat(ran.json().path("examples").asLong()).isEqualTo(80);
    assertThat(ran.json().path("seconds").asDouble()).isPositive();
  }

  @Test
  void evaluatesAtThePlacesThatWereAskedFor() {
    Ran ran = Ran.fovea("evaluate", model, "--data", test, "--k", "2,10");
    assertThat(ran.out()).contains("P@2", "P@10").doesNotContain("P@1 ");
  }

  @Test
  void evaluatesAndPredictsThroughTables() {
    Ran evaluated = Ran.fovea("evaluate", model, "--data", test, "--through-tables", "--json");
    assertThat(evaluated.json().path("P@1").asDouble(-1)).isBetween(0.0, 1.0);
    assertThat(evaluated.json().path("tables").path("curve").size()).isPositive();
    Ran predicted = Ran.fovea("predict", model, "--data", test, "--through-tables");
    assertThat(predicted.lines()).hasSize(80);
  }

  @Test
  void refusesADamagedModel() throws IOException {
    Path damaged = folder.resolve("damaged");
    Files.createDirectories(damaged);
    try (var files = Files.newDirectoryStream(model)) {
      for (Path file : files) {
        if (Files.isRegularFile(file)) {
          Files.copy(file, damaged.resolve(file.getFileName()));
        }
      }
    }
    byte[] weights = Files.readAllBytes(damaged.resolve("weights.safetensors"));
    weights[weights.length / 2] ^= 1;
    Files.write(damaged.resolve("weights.safetensors"), weights);
    Ran ran = Ran.fovea("predict", damaged, "--data", test);
    assertThat(ran.status()).isEqualTo(1);
    assertThat(ran.err()).startsWith("fovea: " + damaged).hasLineCount(1);
    assertThat(ran.out()).isEmpty();
  }
}
