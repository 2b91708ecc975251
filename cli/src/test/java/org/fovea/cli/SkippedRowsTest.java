package org.fovea.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Answers belong to the rows of the input whose numbers they bear, whatever `--skip-bad` leaves
/// out.
class SkippedRowsTest {

  @TempDir private static Path folder;
  private static Path libsvm = Path.of("");
  private static Path table = Path.of("");

  @BeforeAll
  static void train() throws IOException {
    libsvm = train("libsvm", "0 1:1\n1 2:1\n2 3:1\n".repeat(60));
    table = train("table", "x,y,z,label\n" + "1,0,0,a\n0,1,0,b\n0,0,1,c\n".repeat(60));
  }

  private static Path train(String name, String text) throws IOException {
    Path data = Files.writeString(folder.resolve(name + ".txt"), text);
    Path model = folder.resolve(name);
    Ran ran =
        Ran.fovea(
            "train",
            "--train",
            data,
            "--model",
            model,
            "--threads",
            1,
            "--epochs",
            40,
            "--hidden",
            8,
            "--batch",
            16);
    assertThat(ran.status()).as(ran.err()).isZero();
    return model;
  }

  private static Ran predict(Path model, String text, Object... more) {
    List<Object> all =
        new ArrayList<>(List.of("predict", model, "--data", "-", "--top", 1, "--skip-bad"));
    all.addAll(List.of(more));
    return Ran.withInput(text.getBytes(StandardCharsets.UTF_8), all.toArray());
  }

  /// The number and the best label of each line.
  private static List<String> answers(Ran ran) {
    return ran.lines().stream().map(line -> line.replaceFirst(":[^:]*$", "")).toList();
  }

  @Test
  void countsRowsAsTheyStandInTheInput() {
    Ran ran = predict(libsvm, "0 1:1\n0 x:1\n2 3:1\n\n\n1 2:1\n0 1:nan\n");
    assertThat(answers(ran)).containsExactly("0\t0", "2\t2", "5\t1");
    assertThat(ran.err().lines())
        .containsExactly(
            "fovea: -:2:3: a feature was expected, 'x:1' came; row 1 is left out",
            "fovea: -:4:1: an example was expected, an empty line came; row 3 is left out",
            "fovea: -:5:1: an example was expected, an empty line came; row 4 is left out",
            "fovea: -:7:5: a finite number was expected, 'nan' came; row 6 is left out",
            "fovea: -: 4 malformed examples were left out");
  }

  @Test
  void namesRowsOfTablesToo() {
    Ran ran = predict(table, "x,y,z,label\n1,0,0,a\noops,1,0,b\n0,0,1,c\n0,1\n0,1,0,b\n");
    assertThat(answers(ran)).containsExactly("0\t0", "2\t2", "4\t1");
    assertThat(ran.err())
        .contains("fovea: -:3:1: ", "; row 1 is left out", "fovea: -:5:", "; row 3 is left out");
  }

  @Test
  void putsObjectsWithTheErrorInTheirPlace() {
    Ran ran = predict(libsvm, "bad\n0 1:1\n0 x:1\n2 3:1\n", "--json");
    List<JsonNode> lines =
        ran.lines().stream()
            .map(line ->
                (JsonNode)
                    org.fovea.model.json.Json.parseObject(
                        line.getBytes(StandardCharsets.UTF_8), "line"))
            .toList();
    assertThat(lines).extracting(line -> line.path("example").asInt()).containsExactly(0, 1, 2, 3);
    assertThat(lines)
        .extracting(line -> line.path("error").asString(""))
        .containsExactly(
            "-:1:1: a label was expected, 'bad' came",
            "",
            "-:3:3: a feature was expected, 'x:1' came",
            "");
    assertThat(lines.get(3).path("labels").path(0).path("id").asInt()).isEqualTo(2);
  }

  @Test
  void keepsNumbersOverManyBatches() {
    StringBuilder text = new StringBuilder();
    List<String> expected = new ArrayList<>();
    for (int row = 0; row < 3000; row++) {
      boolean bad = row % 7 == 3 || (row > 1000 && row < 1800);
      text.append(bad ? "0 x:1\n" : row % 3 + " " + (row % 3 + 1) + ":1\n");
      if (!bad) {
        expected.add(row + "\t" + row % 3);
      }
    }
    Ran ran = predict(libsvm, text.toString(), "--threads", 3);
    assertThat(answers(ran)).isEqualTo(expected);
    assertThat(ran.err().lines()).hasSize(3000 - expected.size() + 1);
  }

  @Test
  void tellsWhatEvaluationLeftOut() throws IOException {
    Path data = Files.writeString(folder.resolve("test.txt"), "0 1:1\n0 x:1\n1 2:1\n");
    Ran ran = Ran.fovea("evaluate", libsvm, "--data", data, "--skip-bad", "--json");
    assertThat(ran.json().path("examples").asInt()).isEqualTo(2);
    assertThat(ran.json().path("malformed").asInt()).isEqualTo(1);
    assertThat(ran.json().path("errors").path(0).path("example").asInt()).isEqualTo(1);
    assertThat(ran.json().path("errors").path(0).path("error").asString())
        .isEqualTo(data + ":2:3: a feature was expected, 'x:1' came");
    assertThat(ran.err()).contains("; row 1 is left out", "1 malformed examples were left out");
  }

  @Test
  void printsTheAnswersBeforeTheRowThatEndsTheReading() {
    Ran ran =
        Ran.withInput(
            "0 1:1\n2 3:1\n0 x:1\n".getBytes(StandardCharsets.UTF_8),
            "predict",
            libsvm,
            "--data",
            "-",
            "--top",
            1);
    assertThat(ran.status()).isEqualTo(1);
    assertThat(answers(ran)).containsExactly("0\t0", "1\t2");
    assertThat(ran.err()).isEqualTo("fovea: -:3:3: a feature was expected, 'x:1' came\n");
  }
}
