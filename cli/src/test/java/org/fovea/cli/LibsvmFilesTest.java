package org.fovea.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// libsvm files as people have them, from training to prediction.
class LibsvmFilesTest {

  private static final String ROWS =
      "# two classes\n" + "+1 qid:1 1:1 3:0.5 # good\n-1 qid:1 2:1 3:0.5\n".repeat(60);

  @TempDir private static Path folder;
  private static Path model = Path.of("");

  @BeforeAll
  static void train() throws IOException {
    model = folder.resolve("model");
    Ran ran =
        Ran.fovea(
            "train",
            "--train",
            file("train.txt", ROWS),
            "--test",
            file("test.txt", "1 1:1\n-1.0 2:1\n"),
            "--model",
            model,
            "--threads",
            1,
            "--epochs",
            20,
            "--hidden",
            8,
            "--batch",
            16);
    assertThat(ran.status()).as(ran.err()).isZero();
    assertThat(ran.err())
        .contains(
            "and 2 classes (-1, +1)",
            "120 queries (qid) are ignored: every example is ranked by itself");
  }

  private static Path file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  private static List<String> best(Ran ran) {
    assertThat(ran.status()).as(ran.err()).isZero();
    return ran.lines().stream().map(line -> line.replaceFirst(":[^:]*$", "")).toList();
  }

  @Test
  void keepsClassesAsText() throws IOException {
    Path rows = file("new.txt", "-1 2:1\n+1 1:1\n1 1:1\n");
    Ran ran = Ran.fovea("predict", model, "--data", rows, "--top", 1, "--names");
    assertThat(best(ran)).containsExactly("0\t-1", "1\t+1", "2\t+1");
    Ran evaluated = Ran.fovea("evaluate", model, "--data", rows, "--json");
    assertThat(evaluated.json().path("accuracy").asDouble()).isEqualTo(1);
  }

  @Test
  void predictsRowsWhoseLabelIsMissingOrUnknown() throws IOException {
    Path rows = file("open.txt", "? 2:1\n 1:1\n7 1:1\n?\t2:1 # who knows\n");
    Ran ran = Ran.fovea("predict", model, "--data", rows, "--top", 1, "--names");
    assertThat(best(ran)).containsExactly("0\t-1", "1\t+1", "2\t+1", "3\t-1");
    assertThat(ran.err())
        .isEqualTo(
            "fovea: " + rows + ": 1 labels that the training data does not have are ignored\n");
    Ran evaluated = Ran.fovea("evaluate", model, "--data", rows);
    assertThat(evaluated.err())
        .isEqualTo(
            "fovea: "
                + rows
                + ":3:1: one of the 2 classes of the training data was expected, 7 came\n");
  }

  @Test
  void leavesUnknownFeaturesOutOnRequest() throws IOException {
    Path rows = file("wide.txt", "-1 2:1 9:1\n+1 1:1 77:2 78:2\n");
    Ran refused = Ran.fovea("predict", model, "--data", rows);
    assertThat(refused.err())
        .isEqualTo("fovea: " + rows + ":1:8: a feature from 1 to 3 was expected, 9 came\n");
    Ran ran =
        Ran.fovea("predict", model, "--data", rows, "--top", 1, "--names", "--unknown", "ignore");
    assertThat(best(ran)).containsExactly("0\t-1", "1\t+1");
    assertThat(ran.err()).contains("3 features that the training data does not have are ignored");
    Ran evaluated = Ran.fovea("evaluate", model, "--data", rows, "--unknown", "ignore", "--json");
    assertThat(evaluated.json().path("accuracy").asDouble()).isEqualTo(1);
    Ran wrong = Ran.fovea("evaluate", model, "--data", rows, "--unknown", "some");
    assertThat(wrong.status()).isEqualTo(2);
    assertThat(wrong.err()).contains("--unknown: ignore or refuse was expected, 'some' came");
  }

  @Test
  void refusesClassesWhereTrainingHasIds() throws IOException {
    Path train = file("ids.txt", "0 1:1\n1 2:1\n");
    Path test = file("classes.txt", "+1 1:1\n-1 2:1\n");
    Ran ran =
        Ran.fovea("train", "--train", train, "--test", test, "--model", folder.resolve("ids"));
    assertThat(ran.status()).isEqualTo(1);
    assertThat(ran.err())
        .contains(
            test + ": labels that are ids from 0 were expected, as in " + train + ", classes");
  }

  @Test
  void splitsFilesWithComments() throws IOException {
    Path out = folder.resolve("parts");
    Path rows = file("commented.txt", "# about\n" + "+1 1:1\n# minus\n-1 2:1\n".repeat(6) + "#\n");
    Ran ran = Ran.fovea("data", "split", rows, "--test", "1/3", "--out", out, "--stratified");
    assertThat(ran.status()).as(ran.err()).isZero();
    Ran train = Ran.fovea("data", "info", out.resolve("commented-train.txt"), "--json");
    Ran test = Ran.fovea("data", "info", out.resolve("commented-test.txt"), "--json");
    assertThat(train.json().path("examples").asInt()).isEqualTo(8);
    assertThat(train.json().path("labels").asInt()).isEqualTo(2);
    assertThat(test.json().path("examples").asInt()).isEqualTo(4);
    assertThat(test.json().path("labels").asInt()).isEqualTo(2);
    assertThat(Files.readAllLines(out.resolve("commented-test.txt"))).startsWith("# about");
  }

  @Test
  void saysThatNothingCanBeLearnedWithoutLabels() throws IOException {
    Path rows = file("unlabelled.txt", " 1:1\n? 2:1\n");
    Ran ran = Ran.fovea("train", "--train", rows, "--model", folder.resolve("none"));
    assertThat(ran.status()).isEqualTo(1);
    assertThat(ran.err())
        .endsWith("fovea: " + rows + ": no example has a label, so there is nothing to learn\n");
  }

  @Test
  void makesTheFoldersOfWhatIsWritten() throws IOException {
    Path log = folder.resolve("logs/of/a/run.jsonl");
    Path curves = folder.resolve("pictures/curves.png");
    Ran trained =
        Ran.fovea(
            "train",
            "--train",
            file("again.txt", ROWS),
            "--model",
            folder.resolve("deep/model"),
            "--threads",
            1,
            "--epochs",
            1,
            "--hidden",
            2,
            "--log",
            log,
            "--curves",
            curves);
    assertThat(trained.status()).as(trained.err()).isZero();
    assertThat(log).exists();
    assertThat(trained.err()).contains(log + ": the log of the run", curves + ": the curves");
    Path page = folder.resolve("pages/inspected.html");
    Ran inspected = Ran.fovea("inspect", model, "--html", page);
    assertThat(inspected.status()).as(inspected.err()).isZero();
    assertThat(page).exists();
    assertThat(inspected.err()).contains(page.toString());
  }
}
