package org.fovea.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.fovea.model.Model;
import org.fovea.model.json.Json;
import org.fovea.spec.Optimizer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class TrainCommandTest {

  @TempDir private static Path shared;
  private static Ran.Files data = new Ran.Files(Path.of(""), Path.of(""));

  @TempDir private Path folder;

  @BeforeAll
  static void makeData() {
    data = Ran.data(shared);
  }

  private Ran train(Object... more) {
    Object[] arguments = new Object[more.length + 5];
    List<Object> first = List.of("train", "--train", data.train(), "--model", model());
    for (int i = 0; i < arguments.length; i++) {
      arguments[i] = i < 5 ? first.get(i) : more[i - 5];
    }
    return Ran.fovea(arguments);
  }

  private Path model() {
    return folder.resolve("model");
  }

  private Path yaml(String text) throws IOException {
    return Files.writeString(folder.resolve("config.yaml"), text);
  }

  @Test
  void trainsFromDataAlone() throws IOException {
    Ran ran = train("--test", data.test(), "--epochs", 2, "--threads", 1);
    assertThat(ran.err()).contains("plan", "hidden layer", "training.epochs: 2 instead of");
    assertThat(ran.err()).contains("epoch 1/2 done", "epoch 2/2 done", "trained after");
    assertThat(ran.out()).contains("on the test data:", "P@1", "nDCG@5", "PSP@5", "80 examples");
    assertThat(ran.status()).isZero();
    assertThat(model().resolve("model.json")).isRegularFile();
    assertThat(Files.readAllBytes(model().resolve("curves.png"))).startsWith(0x89, 'P', 'N', 'G');
  }

  @Test
  void logsEveryEventAsALineOfJson() throws IOException {
    train("--epochs", 2, "--threads", 1, "--quiet");
    List<String> events =
        Files.readAllLines(model().resolve("log.jsonl")).stream()
            .map(line -> Json.parseObject(line.getBytes(StandardCharsets.UTF_8), "log"))
            .map(event -> event.path("event").asString())
            .toList();
    assertThat(events).startsWith("run-started").endsWith("run-ended");
    assertThat(events).contains("checkpoint-written");
    assertThat(events.stream().filter("epoch-done"::equals)).hasSize(2);
  }

  @Test
  void printsOneObjectAndNothingElseWhenAskedForJson() {
    Ran ran = train("--test", data.test(), "--epochs", 1, "--threads", 1, "--json", "--quiet");
    assertThat(ran.err()).isEmpty();
    assertThat(ran.lines()).hasSize(1);
    JsonNode test = ran.json().path("test");
    assertThat(test.path("P@1").asDouble()).isBetween(0.0, 1.0);
    assertThat(test.path("examples").asLong()).isEqualTo(80);
  }

  @Test
  void laysOptionsOverTheFileAndTheFileOverThePlan() throws IOException {
    Path file =
        yaml(
            """
            train: %s
            epochs: 2
            hidden: 24
            training:
              optimizer: adagrad
              batch: 32
            """
                .formatted(data.train()));
    Ran ran = Ran.fovea("train", file, "--model", model(), "--epochs", 1, "--threads", 1);
    assertThat(ran.status()).as(ran.err()).isZero();
    try (Model trained = Model.open(model())) {
      assertThat(trained.info().training().epochs()).isEqualTo(1);
      assertThat(trained.info().training().batch()).isEqualTo(32);
      assertThat(trained.info().training().optimizer()).isInstanceOf(Optimizer.Adagrad.class);
      assertThat(trained.info().network().outputInputs()).isEqualTo(24);
    }
  }

  @Test
  void printsAPlanThatCanBeTrainedFrom() throws IOException {
    Ran dry = Ran.fovea("train", "--train", data.train(), "--dry-run", "--epochs", 1);
    assertThat(dry.status()).as(dry.err()).isZero();
    assertThat(dry.out()).contains("# plan", "# memory    about", "network:", "epochs: 1");
    Ran ran = Ran.fovea("train", yaml(dry.out()), "--model", model(), "--threads", 1);
    assertThat(ran.status()).as(ran.err()).isZero();
  }

  @Test
  void writesNothingInADryRun() {
    Ran ran = train("--dry-run", "--json");
    assertThat(ran.json().path("memory").path("total").asLong()).isPositive();
    assertThat(ran.json().path("reasons").size()).isPositive();
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void leavesAModelThatIsThereAlone() throws IOException {
    train("--epochs", 1, "--threads", 1);
    byte[] before = Files.readAllBytes(model().resolve("model.json"));
    Ran again = train("--epochs", 1);
    assertThat(again.status()).isEqualTo(1);
    assertThat(again.err()).contains("there is a model already").contains("--overwrite");
    assertThat(Files.readAllBytes(model().resolve("model.json"))).isEqualTo(before);
    assertThat(train("--epochs", 1, "--seed", 9, "--overwrite").status()).isZero();
    assertThat(Files.readAllBytes(model().resolve("model.json"))).isNotEqualTo(before);
  }

  @Test
  void beginsAnewWhenThereIsNothingToResume() {
    Ran ran = train("--epochs", 1, "--threads", 1, "--resume");
    assertThat(ran.err()).contains("no checkpoint yet");
    assertThat(ran.status()).isZero();
  }

  @Test
  void holdsATenthBackToSeeWhenToStop() throws IOException {
    Path file = yaml("training: {stopping: {plateau: {patience: 1}}}");
    Ran ran =
        Ran.fovea(
            "train",
            file,
            "--train",
            data.train(),
            "--model",
            model(),
            "--epochs",
            2,
            "--threads",
            1);
    assertThat(ran.err()).contains("a tenth of the training examples is held back");
    assertThat(ran.err()).contains("on 360 examples").contains("validation P@1");
    assertThat(ran.status()).isZero();
  }

  @Test
  void leavesNoModelWhenTrainingDiverges() {
    Ran ran = train("--epochs", 4, "--threads", 1, "--optimizer", "sgd", "--rate", "1e38");
    assertThat(ran.status()).isEqualTo(1);
    assertThat(ran.err().lines().filter(line -> line.startsWith("fovea: "))).hasSize(1);
    assertThat(model().resolve("model.json")).doesNotExist();
  }

  @Test
  void tellsInOneLineHowARunWentAstray() {
    Ran ran = train("--epochs", 40, "--threads", 1, "--batch", 32, "--rate", "1e6");
    assertThat(ran.status()).isEqualTo(1);
    assertThat(ran.err().lines().filter(line -> line.startsWith("fovea: ")))
        .singleElement()
        .asString()
        .contains("training diverged in epoch", "after batch", "a lower learning rate may help")
        .contains("it was 1000000.0", "checkpoint");
    assertThat(model().resolve("model.json")).doesNotExist();
  }

  @Test
  void showsAndLogsHowWellTablesFindWhatMatters() throws IOException {
    Ran ran = train("--epochs", 2, "--threads", 1, "--selection", "lsh", "--hidden", 16);
    assertThat(ran.status()).as(ran.err()).isZero();
    assertThat(ran.err().lines().filter(line -> line.startsWith("tables of output find")))
        .hasSize(2);
    assertThat(
            Files.readAllLines(model().resolve("log.jsonl")).stream()
                .map(line -> Json.parseObject(line.getBytes(StandardCharsets.UTF_8), "log"))
                .filter(event -> event.path("event").asString().equals("selection-measured")))
        .hasSize(2)
        .allSatisfy(event -> {
          assertThat(event.path("layer").asString()).isEqualTo("output");
          assertThat(event.path("recall").asDouble(-1)).isBetween(0.0, 1.0);
          assertThat(event.path("mean-bucket-load").asDouble()).isPositive();
        });
  }

  @Test
  void refusesWhatCannotFit() {
    Ran ran = train("--hidden", 2_000_000_000);
    assertThat(ran.status()).isEqualTo(1);
    assertThat(ran.err()).contains("more than the Java heap").contains("--hidden");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void saysWhereDataIsBadAndLeavesNothingBehind() throws IOException {
    Path bad = Files.writeString(folder.resolve("bad.txt"), "2 3 2\n0 0:1\n1 0:x\n");
    Ran ran = Ran.fovea("train", "--train", bad, "--model", model());
    assertThat(ran.status()).isEqualTo(1);
    assertThat(ran.err().lines().toList()).hasSize(1);
    assertThat(ran.err()).startsWith("fovea: " + bad + ":3:");
    assertThat(folder.toFile().list()).containsExactly("bad.txt");
  }

  @Test
  void findsBadTestDataBeforeItTrains() {
    Ran ran = train("--test", folder.resolve("missing.txt"));
    assertThat(ran.status()).isEqualTo(1);
    assertThat(ran.err()).startsWith("fovea: " + folder.resolve("missing.txt"));
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void takesFeaturesThatOnlyTheTestFileHas() throws IOException {
    Path train = Files.writeString(folder.resolve("a.txt"), "0 0:1\n1 1:1\n0 0:1 1:2\n");
    Path test = Files.writeString(folder.resolve("b.txt"), "1 1:1 5:1\n2 0:1\n");
    Ran ran =
        Ran.fovea(
            "train",
            "--train",
            train,
            "--test",
            test,
            "--model",
            model(),
            "--epochs",
            1,
            "--threads",
            1);
    assertThat(ran.status()).as(ran.err()).isZero();
    assertThat(ran.err()).contains("3 examples, 6 features, 3 labels");
    assertThat(ran.out()).contains("accuracy");
  }
}
