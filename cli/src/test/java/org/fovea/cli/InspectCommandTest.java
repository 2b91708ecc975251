package org.fovea.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.fovea.data.Names;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class InspectCommandTest {

  @TempDir private static Path folder;
  private static Path model = Path.of("");
  private static Path test = Path.of("");

  @BeforeAll
  static void train() throws IOException {
    Ran.Files data = Ran.data(folder);
    test = data.test();
    Path names = folder.resolve("names.txt");
    List<String> features = IntStream.range(0, 300).mapToObj(i -> "<feature> " + i).toList();
    new Names(List.of(), features).write(names);
    Path file =
        Files.writeString(
            folder.resolve("c.yaml"),
            """
            network:
              hidden:
              - dense: {neurons: 32, selection: {top-k: {count: 8}}}
              output: {selection: {sampled: {count: 10}}, direct: co-occurring}
            """);
    model = folder.resolve("model");
    Ran ran =
        Ran.fovea(
            "train",
            file,
            "--train",
            data.train(),
            "--model",
            model,
            "--names",
            names,
            "--epochs",
            1,
            "--threads",
            1,
            "--validation",
            data.test());
    assertThat(ran.status()).as(ran.err()).isZero();
  }

  @Test
  void tellsWhatAModelIsMadeOf() {
    Ran ran = Ran.fovea("inspect", model, "--data", test);
    assertThat(ran.status()).as(ran.err()).isZero();
    assertThat(ran.out())
        .contains("sound: 3 files", "hidden 1", "the best 8", "10 sampled, by batch", "direct")
        .contains("trained on 400 examples", "labels without a training example", "P@1")
        .contains("<feature> ")
        .contains("Driven by events", "of hidden layer 1 only selected neurons take part");
  }

  @Test
  void tellsWhatEventsTouch() throws IOException {
    Path rectified = folder.resolve("rectified");
    Path file =
        Files.writeString(
            folder.resolve("r.yaml"),
            "network: {hidden: [dense: {neurons: 32, activation: relu, dropout: 0}]}");
    Ran ran = Ran.fovea("train", file, "--train", test, "--model", rectified, "--epochs", 1);
    assertThat(ran.status()).as(ran.err()).isZero();
    ObjectNode facts = Ran.fovea("inspect", rectified, "--data", test, "--json").json();
    JsonNode events = facts.path("events");
    assertThat(events.path("rows").asLong()).isPositive();
    assertThat(events.path("same-best-label").asLong()).isEqualTo(events.path("rows").asLong());
    assertThat(events.path("multiply-adds-share").asDouble()).isBetween(0.001, 0.999);
    assertThat(Ran.fovea("inspect", rectified, "--data", test).out())
        .contains("Driven by events", "the best label is the same in");
  }

  @Test
  void countsParametersAndCosts() {
    ObjectNode facts = Ran.fovea("inspect", model, "--json", "--top", 7).json();
    long direct = facts.path("layers").path(2).path("parameters").asLong();
    assertThat(direct).isPositive();
    assertThat(facts.path("parameters").asLong()).isEqualTo(301 * 32 + 33 * 40 + direct);
    assertThat(facts.path("layers").path(1).path("dense-multiply-adds").asDouble())
        .isEqualTo(32 * 40);
    assertThat(facts.path("layers").path(1).path("used-multiply-adds").asDouble())
        .isBetween(8 * 10.0, 8 * 12.0);
    assertThat(facts.path("inputs").size()).isEqualTo(7);
    assertThat(facts.path("measures").path("P@1").asDouble(-1)).isBetween(0.0, 1.0);
    assertThat(facts.path("data").path("digest").asString()).hasSize(64);
  }

  @Test
  void writesAPageThatNeedsNothingElse() throws IOException {
    Path page = folder.resolve("report.html");
    assertThat(Ran.fovea("inspect", model, "--html", page).status()).isZero();
    String html = Files.readString(page);
    assertThat(html).contains("data:image/png;base64,", "&lt;feature&gt; ", "</html>");
    assertThat(html).doesNotContain("<feature>", "http://", "https://", "<script");
  }

  @Test
  void refusesWhatIsNoModel() {
    Ran ran = Ran.fovea("inspect", folder, "--html", folder.resolve("none.html"));
    assertThat(ran.status()).isEqualTo(1);
    assertThat(ran.err()).startsWith("fovea: " + folder).hasLineCount(1);
    assertThat(folder.resolve("none.html")).doesNotExist();
  }
}
