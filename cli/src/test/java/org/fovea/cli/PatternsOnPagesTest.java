package org.fovea.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PatternsOnPagesTest {

  @TempDir private Path folder;
  private Path names;
  private Path network;
  private Path text;

  @BeforeEach
  void build() throws IOException {
    network = folder.resolve("network");
    names = file("names.tsv", "New York\tcity\nYork\tcity\t0.5\nnew york\tcity\nAcme\tcompany\n");
    text = file("t.txt", "Acme moves to New York\nnothing\nYork\n");
    Ran ran =
        Ran.fovea("patterns", "build", names, "--out", network, "--on-pages", "--memory", "1m");
    assertThat(ran.status()).as(ran.err()).isZero();
    assertThat(ran.out())
        .startsWith(network + ": 3 patterns in 2 categories, 3 words; 8 neurons, 7 synapses, ")
        .contains(" of pages; ");
    assertThat(ran.err())
        .isEqualTo(names + ": 4 names\n1 patterns were in their category already\n");
  }

  private Path file(String name, String content) throws IOException {
    return Files.writeString(folder.resolve(name), content);
  }

  @Test
  void annotatesWithoutBeingAskedWhere() {
    Ran ran = Ran.fovea("annotate", network, "--text", text);
    assertThat(ran.lines())
        .containsExactly(
            "0\t0\t4\tAcme\tcompany\t1",
            "0\t14\t22\tNew York\tcity\t1",
            "0\t18\t22\tYork\tcity\t0.5",
            "2\t0\t4\tYork\tcity\t0.5");
    assertThat(ran.err())
        .startsWith(
            network
                + ": its neurons are on pages only; up to 64 MB of them are kept in the heap"
                + " (--resident suspended --memory)\n");
    for (String where : List.of("mapped", "suspended")) {
      Ran asked = Ran.fovea("annotate", network, "--text", text, "--resident", where);
      assertThat(asked.lines()).isEqualTo(ran.lines());
      assertThat(asked.err()).hasLineCount(1);
    }
    Ran heap = Ran.fovea("annotate", network, "--text", text, "--resident", "heap");
    assertThat(heap.status()).isEqualTo(1);
    assertThat(heap.err()).isEqualTo(refusal());
    Ran memory = Ran.fovea("annotate", network, "--text", text, "--memory", "1m");
    assertThat(memory.status()).isEqualTo(2);
  }

  private String refusal() {
    return "fovea: "
        + network
        + ": its neurons are on pages only; build it again without --on-pages to edit it or to have"
        + " it in the heap\n";
  }

  @Test
  void isExplainedAndNotEdited() {
    Ran fires = Ran.fovea("patterns", "explain", network, "--pattern", "York", "--text", text);
    assertThat(fires.out()).contains("York fires at 18..22", "above 0, so it fires");
    List<Object[]> edits =
        List.of(
            new Object[] {"patterns", "add", network, "--pattern", "Boston", "--category", "city"},
            new Object[] {"patterns", "remove", network, "--pattern", "York"},
            new Object[] {"patterns", "suspend", network});
    for (Object[] edit : edits) {
      Ran refused = Ran.fovea(edit);
      assertThat(refused.status()).isEqualTo(1);
      assertThat(refused.err()).isEqualTo(refusal());
    }
    Ran again = Ran.fovea("patterns", "build", names, "--out", network, "--quiet");
    assertThat(again.status()).as(again.err()).isZero();
    assertThat(Ran.fovea("patterns", "add", network, "--pattern", "Boston").status()).isZero();
    assertThat(Ran.fovea("annotate", network, "--text", text, "--resident", "heap").lines())
        .hasSize(4);
  }

  @Test
  void printsAnObject() throws IOException {
    Ran ran = Ran.fovea("patterns", "build", names, "--out", network, "--on-pages", "--json");
    assertThat(ran.json().path("patterns").asInt()).isEqualTo(3);
    assertThat(ran.json().path("neurons").asInt()).isEqualTo(8);
    assertThat(ran.json().path("synapses").asInt()).isEqualTo(7);
    assertThat(ran.json().path("duplicates").asInt()).isEqualTo(1);
    assertThat(ran.json().path("bytes").asLong())
        .isEqualTo(Files.size(network.resolve("neurons-1.pages")));
  }

  @Test
  void refusesWhatCannotBeBuiltOntoPagesAndLeavesTheNetworkAlone() throws IOException {
    Path rules = file("r.rules", "a = \"b\"\n");
    Ran ran = Ran.fovea("patterns", "build", names, rules, "--out", network, "--on-pages");
    assertThat(ran.status()).isEqualTo(1);
    assertThat(ran.err())
        .isEqualTo(
            "fovea: "
                + rules
                + ": rules cannot be built onto pages; build without --on-pages, then suspend\n");
    Path other = file("other.tsv", "Acme\tcompany\nacme\tcompany\t2\n");
    Ran weights = Ran.fovea("patterns", "build", other, "--out", network, "--on-pages");
    assertThat(weights.status()).isEqualTo(1);
    assertThat(weights.err())
        .endsWith(
            "fovea: "
                + other
                + ":2:1: 'acme' has the weight 1.0 in the category 'company' already, 2.0 came\n");
    Ran skipped =
        Ran.fovea(
            "patterns", "build", other, "--out", folder.resolve("n"), "--on-pages", "--skip-bad");
    assertThat(skipped.err()).contains("1 malformed lines were left out; the first: " + other);
    Path empty = file("empty.tsv", "# nothing\n");
    Ran none = Ran.fovea("patterns", "build", empty, "--out", network, "--on-pages");
    assertThat(none.err()).endsWith("fovea: no patterns: " + empty + " has nothing\n");
    assertThat(Ran.fovea("annotate", network, "--text", text).lines()).hasSize(4);
  }

  @Test
  void refusesToReplaceATrainedModelBeforeItReadsNames() {
    Ran.Files data = Ran.data(folder);
    Path model = folder.resolve("model");
    Ran.fovea("train", "--train", data.train(), "--model", model, "--epochs", 1, "--quiet");
    Ran ran = Ran.fovea("patterns", "build", names, "--out", model, "--on-pages");
    assertThat(ran.status()).isEqualTo(1);
    assertThat(ran.err())
        .isEqualTo("fovea: " + model + ": it holds a trained model, not a network of patterns\n");
  }

  @Test
  void refusesMemoryThatIsNone() {
    Ran alone = Ran.fovea("patterns", "build", names, "--out", network, "--memory", "1m");
    assertThat(alone.status()).isEqualTo(2);
    assertThat(alone.err()).contains("--memory needs --on-pages");
    Ran little =
        Ran.fovea("patterns", "build", names, "--out", network, "--on-pages", "--memory", "9k");
    assertThat(little.status()).isEqualTo(2);
    assertThat(little.err()).contains("--memory: at least 1.0 MB was expected, 9k came");
  }

  @Test
  void tellsTheTimeThatIsLeft() {
    long minute = Duration.ofMinutes(1).toNanos();
    assertThat(BuildProgress.left(minute, 1, 4)).isEqualTo("3 min 0 s left");
    assertThat(BuildProgress.left(minute, 4, 4)).isEqualTo("0.0 s left");
    List<Long> told = new ArrayList<>();
    ReadingProgress reading =
        new ReadingProgress(
            List.of(names, text), (_, done, total) -> told.addAll(List.of(done, total)));
    reading.of(names).accept(1 << 20);
    assertThat(told).containsExactly(1_024L, 0L);
  }
}
