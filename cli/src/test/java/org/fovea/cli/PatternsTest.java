package org.fovea.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PatternsTest {

  @TempDir private Path folder;
  private Path network;
  private Path text;

  @BeforeEach
  void build() throws IOException {
    network = folder.resolve("network");
    Path names =
        file("names.tsv", "# places\nNew York\tcity\nYork\tcity\t0.5\n\nAcme\tcompany\nplain\n");
    Path rules = file("r.rules", "deal : event = before(3: company, \"moves\", city)\n");
    Ran ran = Ran.fovea("patterns", "build", names, rules, "--out", network);
    assertThat(ran.status()).as(ran.err()).isZero();
    assertThat(ran.out()).contains("5 patterns in 3 categories, 5 words", "neurons");
    text = file("t.txt", "Acme moves to <New York>\r\nnothing\n\nplain “York”");
  }

  private Path file(String name, String content) throws IOException {
    return Files.writeString(folder.resolve(name), content);
  }

  @Test
  void printsEachPatternAndCategoryInColumns() {
    Ran ran = Ran.fovea("annotate", network, "--text", text, "--threads", 2);
    assertThat(ran.lines())
        .containsExactly(
            "0\t0\t23\tdeal\tevent\t1",
            "0\t0\t4\tAcme\tcompany\t1",
            "0\t15\t23\tNew York\tcity\t1",
            "0\t19\t23\tYork\tcity\t0.5",
            "3\t0\t5\tplain\t\t1",
            "3\t7\t11\tYork\tcity\t0.5");
    assertThat(ran.err()).contains("4 documents", "6 matches", "ms a document", "MB/s");
    assertThat(ran.status()).isZero();
  }

  @Test
  void readsStandardInputPackedOrNotAndPrintsObjects() throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(Files.readAllBytes(text));
    }
    Ran ran =
        Ran.withInput(
            packed.toByteArray(), "annotate", network, "--text", "-", "--json", "--quiet");
    assertThat(ran.lines()).hasSize(6);
    assertThat(ran.json().path("begin").asInt()).isEqualTo(7);
    assertThat(ran.json().path("value").asDouble()).isEqualTo(0.5);
    assertThat(ran.err()).isEmpty();
    Ran plain =
        Ran.withInput(Files.readAllBytes(text), "annotate", network, "--text", "-", "--json");
    assertThat(plain.out()).isEqualTo(ran.out());
  }

  @Test
  void writesAPageThatShowsTheTextAndNothingThatRuns() throws IOException {
    Path page = folder.resolve("marks.html");
    Path hostile = file("h.txt", "York <script>alert(1)</script> & \"Acme\"\n");
    Ran ran = Ran.fovea("annotate", network, "--text", hostile, "--html", page);
    assertThat(ran.status()).as(ran.err()).isZero();
    String html = Files.readString(page);
    assertThat(html)
        .contains("<mark title=\"York · city (0.5)\">", "&lt;script&gt;alert(1)", "company")
        .doesNotContain("<script>alert", "http://", "https://", "{{");
  }

  @Test
  void leavesNeuronsOnDiskAndFindsTheSame() throws IOException {
    Ran early = Ran.fovea("annotate", network, "--text", text, "--resident", "mapped");
    assertThat(early.status()).isEqualTo(1);
    assertThat(early.err())
        .startsWith("fovea: " + network)
        .contains("not on pages; fovea patterns suspend puts them there")
        .hasLineCount(1);
    List<String> lines = Ran.fovea("annotate", network, "--text", text).lines();
    assertThat(Ran.fovea("patterns", "suspend", network).out()).contains("neurons on pages of");
    assertThat(Ran.fovea("annotate", network, "--text", text, "--resident", "mapped").lines())
        .isEqualTo(lines);
    Object[] suspended = {
      "annotate",
      network,
      "--text",
      text,
      "--resident",
      "suspended",
      "--memory",
      "1k",
      "--retention",
      5
    };
    assertThat(Ran.fovea(suspended).lines()).isEqualTo(lines);
    Ran.fovea("patterns", "remove", network, "--pattern", "plain");
    Ran edited = Ran.fovea(suspended);
    assertThat(edited.status()).isEqualTo(1);
    assertThat(edited.err()).contains("its edits are not on its pages; fovea patterns suspend");
    assertThat(Ran.fovea("patterns", "suspend", network).status()).isZero();
    assertThat(Ran.fovea(suspended).lines()).hasSize(lines.size() - 1);
  }

  @Test
  void addsAndRemovesPatternsForGood() throws IOException {
    Path more = file("more.tsv", "Big Apple\tcity\nnothing\tword\nYork\tcity\t2\n");
    assertThat(Ran.fovea("patterns", "add", network, more).out())
        .isEqualTo("added 3 patterns; " + network + " has 7 now\n");
    assertThat(Ran.fovea("patterns", "add", network, more).out()).startsWith("added 0 patterns");
    Ran rule =
        Ran.fovea(
            "patterns", "add", network, "--rule", "quiet = not company and \"nothing\"", "--json");
    assertThat(rule.json().path("patterns").asInt()).isEqualTo(8);
    assertThat(Ran.fovea("annotate", network, "--text", text).lines())
        .contains("0\t19\t23\tYork\tcity\t2", "1\t0\t7\tquiet\t\t1", "1\t0\t7\tnothing\tword\t1");
    assertThat(Ran.fovea("patterns", "remove", network, more).out()).startsWith("removed 3");
    Ran one = Ran.fovea("patterns", "remove", network, "--pattern", "quiet");
    assertThat(one.status()).as(one.err()).isZero();
    assertThat(Ran.fovea("annotate", network, "--text", text).lines()).hasSize(4);
    Ran again = Ran.fovea("patterns", "remove", network, "--pattern", "quiet");
    assertThat(again.status()).isEqualTo(1);
    assertThat(again.err()).isEqualTo("fovea: there is no pattern 'quiet'\n");
  }

  @Test
  void explainsWhyANeuronFiresAndWhyNot() {
    Ran fires =
        Ran.fovea(
            "patterns", "explain", network, "--pattern", "deal", "--text", text, "--document", 0);
    assertThat(fires.out())
        .contains("deal fires at 0..23", "category company weight 1", "above 0, so it fires");
    Ran silent =
        Ran.fovea("patterns", "explain", network, "--pattern", "new york", "--sentence", "york");
    assertThat(silent.out()).contains("New York is silent", "missing: \"new\"");
    Ran apart =
        Ran.fovea(
            "patterns", "explain", network, "--pattern", "New York", "--sentence", "york new");
    assertThat(apart.out()).contains("nowhere in these places");
    Ran unknown = Ran.fovea("patterns", "explain", network, "--pattern", "none", "--sentence", "x");
    assertThat(unknown.err())
        .isEqualTo("fovea: there is no pattern, no rule and no category 'none'\n");
    Ran outside =
        Ran.fovea(
            "patterns", "explain", network, "--pattern", "deal", "--text", text, "--document", 9);
    assertThat(outside.err()).contains("document 9 was asked for, and there are 4");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ok\\n \\tcity               | 2:1: a pattern was expected, nothing came",
        "...\\tcity                  | 1:1: a pattern with a letter or a digit was expected, '...'"
            + " came",
        "a\\tcity\\tNaN               | 1:8: a weight that is positive and finite was expected,"
            + " 'NaN' came",
        "a\\tcity\\tmuch              | 1:8: a weight was expected, 'much' came",
        "a\\tcity\\t-1                | 1:8: a weight that is positive and finite was expected,"
            + " '-1' came",
        "a\\tcity\\t1\\tmore           | 1:10: a pattern, a category and a weight were expected, a"
            + " fourth",
        "a\\tc\\nA\\tc\\t2               | 2:1: 'A' has the weight 1.0 in the category 'c' already,"
            + " 2.0 came",
        "                            | no patterns"
      })
  void saysWhereAFileOfPatternsIsWrong(String content, String message) throws IOException {
    String text = content == null ? "" : content;
    Path bad = file("bad.tsv", text.replace("\\t", "\t").replace("\\n", "\n"));
    Path out = folder.resolve("out");
    Ran ran = Ran.fovea("patterns", "build", bad, "--out", out);
    assertThat(ran.status()).isEqualTo(1);
    assertThat(ran.err().lines().toList().getLast()).startsWith("fovea: ").contains(message);
    assertThat(out).doesNotExist();
  }

  @Test
  void leavesMalformedLinesOutWhenAsked() throws IOException {
    Path bad = file("bad.tsv", "...\tc\ngood\tc\nGood\tc\n");
    Ran ran =
        Ran.fovea("patterns", "build", bad, "--out", folder.resolve("out"), "--skip-bad", "--json");
    assertThat(ran.json().path("patterns").asInt()).isEqualTo(1);
    assertThat(ran.json().path("duplicates").asInt()).isEqualTo(1);
    assertThat(ran.err()).contains("1 malformed lines were left out; the first: " + bad + ":1:1");
  }

  @Test
  void replacesBytesThatAreNoUtf8OrRefusesThem() throws IOException {
    byte[] bytes = "x\nAcme ?\n".getBytes(StandardCharsets.UTF_8);
    bytes[7] = (byte) 0xff;
    Path broken = Files.write(folder.resolve("broken.txt"), bytes);
    Ran replaced = Ran.fovea("annotate", network, "--text", broken);
    assertThat(replaced.status()).isZero();
    assertThat(replaced.lines()).containsExactly("1\t0\t4\tAcme\tcompany\t1");
    assertThat(replaced.err()).contains("fovea: " + broken + ":2:6: bytes that are no UTF-8");
    Ran strict = Ran.fovea("annotate", network, "--text", broken, "--strict");
    assertThat(strict.status()).isEqualTo(1);
    assertThat(strict.err())
        .isEqualTo("fovea: " + broken + ":2:6: UTF-8 was expected, other bytes came\n");
    Path patterns = Files.write(folder.resolve("broken.tsv"), bytes);
    Ran build = Ran.fovea("patterns", "build", patterns, "--out", folder.resolve("out"));
    assertThat(build.err())
        .isEqualTo("fovea: " + patterns + ":2:6: UTF-8 was expected, other bytes came\n");
  }

  @Test
  void bearsAHundredMegabytesInOneLine() throws IOException {
    Path line = folder.resolve("line.txt");
    byte[] block = new byte[1 << 20];
    Arrays.fill(block, (byte) 'x');
    System.arraycopy(" Acme moves York ".getBytes(StandardCharsets.UTF_8), 0, block, 1_000, 17);
    try (var out = Files.newOutputStream(line)) {
      for (int i = 0; i < 100; i++) {
        out.write(block);
      }
    }
    Ran ran = Ran.fovea("annotate", network, "--text", line);
    assertThat(ran.status()).as(ran.err()).isZero();
    assertThat(ran.lines()).hasSize(300).contains("0\t1001\t1005\tAcme\tcompany\t1");
    assertThat(ran.lines().getLast())
        .isEqualTo("0\t%d\t%d\tYork\tcity\t0.5".formatted((99 << 20) + 1012, (99 << 20) + 1016));
  }

  @Test
  void refusesWhatIsNoNetwork() throws IOException {
    Ran none = Ran.fovea("annotate", folder.resolve("none"), "--text", text);
    assertThat(none.status()).isEqualTo(1);
    assertThat(none.err()).startsWith("fovea: " + folder.resolve("none")).hasLineCount(1);
    Path missing = folder.resolve("missing.txt");
    Ran absent = Ran.fovea("annotate", network, "--text", missing);
    assertThat(absent.err()).contains("missing.txt", "nothing of this name came").hasLineCount(1);
    Ran.Files data = Ran.data(folder);
    Path model = folder.resolve("model");
    Ran.fovea("train", "--train", data.train(), "--model", model, "--epochs", 1, "--quiet");
    Ran trained = Ran.fovea("annotate", model, "--text", text);
    assertThat(trained.err())
        .isEqualTo("fovea: " + model + ": it holds a trained model, not a network of patterns\n");
    Ran replaced = Ran.fovea("patterns", "build", file("a.tsv", "a\n"), "--out", model);
    assertThat(replaced.err()).contains("it holds a trained model");
    assertThat(Ran.fovea("evaluate", model, "--data", data.test()).status()).isZero();
    Ran evaluated = Ran.fovea("evaluate", network, "--data", data.test());
    assertThat(evaluated.status()).isEqualTo(1);
    assertThat(evaluated.err()).hasLineCount(1);
  }

  @Test
  void tellsWhichSignsDoNotCountAndKeepsOthers() throws IOException {
    Path names = file("signs.tsv", "C\nC++\n.NET\nYahoo!\nAT&T\nAcme Corp.\n");
    Path signs = folder.resolve("signs");
    Ran built = Ran.fovea("patterns", "build", names, "--out", signs);
    assertThat(built.err())
        .contains(
            "2 patterns have signs that belong to no word and do not count; the first: 'Yahoo!' is"
                + " found wherever its words are");
    Path code = file("code.txt", "C, C++ and .NET; C# is not\n");
    assertThat(Ran.fovea("annotate", signs, "--text", code).lines())
        .containsExactly("0\t0\t1\tC\t\t1", "0\t3\t6\tC++\t\t1", "0\t11\t15\t.NET\t\t1");
    assertThat(Ran.fovea("patterns", "add", signs, "--pattern", "Guess?").err())
        .contains("1 pattern has signs that belong to no word");
    Ran other = Ran.fovea("patterns", "remove", signs, "--pattern", "Yahoo");
    assertThat(other.status()).isEqualTo(1);
    assertThat(other.err())
        .isEqualTo(
            "fovea: there is no pattern 'Yahoo'; 'Yahoo!' has the same words and other signs\n");
    assertThat(Ran.fovea("patterns", "remove", signs, "--pattern", "C++").status()).isZero();
    assertThat(Ran.fovea("annotate", signs, "--text", code).lines()).hasSize(2);
    assertThat(Ran.fovea("patterns", "explain", signs, "--pattern", "C", "--sentence", "C++").out())
        .contains("C is silent");
  }

  @Test
  void findsPatternsWithinWordsWhenAsked() throws IOException {
    Path names = file("seoul.tsv", "서울\tcity\n");
    Path within = folder.resolve("within");
    Path text = file("seoul.txt", "서울시청\n");
    Ran.fovea("patterns", "build", names, "--out", within, "--within-words");
    assertThat(Ran.fovea("annotate", within, "--text", text).lines())
        .containsExactly("0\t0\t2\t서울\tcity\t1");
    Ran.fovea("patterns", "build", names, "--out", within);
    assertThat(Ran.fovea("annotate", within, "--text", text).out()).isEmpty();
  }
}
