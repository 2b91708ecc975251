package org.fovea.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// Texts and lists of names that come through standard input and pipes.
@Timeout(60)
class StreamedTextTest {

  private static final String NAMES = "Acme\tcompany\nBig Apple\tcity\n";

  @TempDir private static Path folder;
  private static Path network = Path.of("");

  @BeforeAll
  static void build() throws IOException {
    network = folder.resolve("network");
    Path names = Files.writeString(folder.resolve("names.tsv"), NAMES);
    assertThat(Ran.fovea("patterns", "build", names, "--out", network).status()).isZero();
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String line(InputStream answers) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = answers.read(); c >= 0 && c != '\n'; c = answers.read()) {
      line.append((char) c);
    }
    return line.toString();
  }

  /// Writes documents one by one and waits for the answer of each before the next.
  private static void answersEach(PipedOutputStream text, OutputStream packed) throws Exception {
    try (PipedInputStream in = new PipedInputStream(text, 1 << 18);
        PipedInputStream answers = new PipedInputStream(1 << 18);
        OutputStream out = new PipedOutputStream(answers);
        ExecutorService thread = Executors.newSingleThreadExecutor()) {
      Console console = new Console(in, out, new ByteArrayOutputStream(), false);
      Future<Integer> ran =
          thread.submit(() -> Main.run(console, "annotate", network.toString(), "--text", "-"));
      for (int document = 0; document < 3; document++) {
        packed.write(utf8("Acme\n"));
        packed.flush();
        assertThat(line(answers)).isEqualTo(document + "\t0\t4\tAcme\tcompany\t1");
      }
      // more than a batch, and the beginning of a line
      packed.write(utf8("Big Apple " + "x".repeat(70_000) + "\nAcme\nnot who"));
      packed.flush();
      assertThat(line(answers)).isEqualTo("3\t0\t9\tBig Apple\tcity\t1");
      assertThat(line(answers)).isEqualTo("4\t0\t4\tAcme\tcompany\t1");
      packed.write(utf8("le Acme"));
      packed.close();
      assertThat(line(answers)).isEqualTo("5\t10\t14\tAcme\tcompany\t1");
      assertThat(ran.get(30, TimeUnit.SECONDS)).isZero();
    }
  }

  @Test
  void answersEachDocumentBeforeTheNextComes() throws Exception {
    PipedOutputStream text = new PipedOutputStream();
    answersEach(text, text);
  }

  /// Packs what is written, from when it is written: the pipe must have been connected.
  private static final class Packed extends OutputStream {

    private final OutputStream to;
    private Optional<OutputStream> packed = Optional.empty();

    Packed(OutputStream to) {
      this.to = to;
    }

    private OutputStream packed() throws IOException {
      if (packed.isEmpty()) {
        packed = Optional.of(new GZIPOutputStream(to, 512, true));
      }
      return packed.get();
    }

    @Override
    public void write(int b) throws IOException {
      packed().write(b);
    }

    @Override
    public void flush() throws IOException {
      packed().flush();
    }

    @Override
    public void close() throws IOException {
      packed().close();
    }
  }

  @Test
  void answersEachPackedDocumentBeforeTheNextComes() throws Exception {
    PipedOutputStream text = new PipedOutputStream();
    answersEach(text, new Packed(text));
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void readsNamedPipesLikeFiles() throws Exception {
    Path pipe = folder.resolve("pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    try (ExecutorService thread = Executors.newSingleThreadExecutor()) {
      Future<?> written = thread.submit(() -> Files.writeString(pipe, "x\nAcme\n"));
      Ran ran = Ran.fovea("annotate", network, "--text", pipe);
      assertThat(ran.lines()).as(ran.err()).containsExactly("1\t0\t4\tAcme\tcompany\t1");
      written.get();
      written = thread.submit(() -> Files.writeString(pipe, NAMES));
      Ran built = Ran.fovea("patterns", "build", pipe, "--out", folder.resolve("piped"));
      assertThat(built.out()).as(built.err()).contains("2 patterns in 2 categories");
      written.get();
    }
  }

  @Test
  void readsNamesFromStandardInput() {
    Path out = folder.resolve("from-input");
    Ran built = Ran.withInput(utf8(NAMES), "patterns", "build", "-", "--out", out);
    assertThat(built.out()).as(built.err()).contains("2 patterns in 2 categories");
    Ran added = Ran.withInput(utf8("one more\n"), "patterns", "add", out, "-");
    assertThat(added.out()).as(added.err()).startsWith("added 1 pattern");
    Ran removed = Ran.withInput(utf8("one more\n"), "patterns", "remove", out, "-");
    assertThat(removed.out()).startsWith("removed 1 pattern");
    Ran bad = Ran.withInput(utf8("ok\n---\n"), "patterns", "build", "-", "--out", out);
    assertThat(bad.err()).contains("fovea: -:2:1: a pattern with a letter or a digit was expected");
    Ran pages = Ran.withInput(utf8(NAMES), "patterns", "build", "-", "--on-pages", "--out", out);
    assertThat(pages.out()).as(pages.err()).contains("2 patterns in 2 categories");
  }

  @Test
  void namesDocumentsThatAreLeftOutAndKeepsTheNumbersOfOthers() {
    byte[] text = utf8("Acme ?\nAcme\n?\nthe Acme\n");
    text[5] = (byte) 0xff;
    text[12] = (byte) 0xfe;
    Ran ended = Ran.withInput(text, "annotate", network, "--text", "-", "--strict");
    assertThat(ended.status()).isEqualTo(1);
    assertThat(ended.err()).isEqualTo("fovea: -:1:6: UTF-8 was expected, other bytes came\n");
    Object[] arguments = {"annotate", network, "--text", "-", "--strict", "--skip-bad"};
    Ran left = Ran.withInput(text, arguments);
    assertThat(left.lines())
        .containsExactly("1\t0\t4\tAcme\tcompany\t1", "3\t4\t8\tAcme\tcompany\t1");
    assertThat(left.err().lines())
        .startsWith(
            "fovea: document 0 was left out: -:1:6: UTF-8 was expected, other bytes came",
            "fovea: document 2 was left out: -:3:1: UTF-8 was expected, other bytes came",
            "fovea: -: 2 documents were left out");
    Object[] json = {"annotate", network, "--text", "-", "--strict", "--skip-bad", "--json"};
    assertThat(Ran.withInput(text, json).lines())
        .containsExactly(
            "{\"document\":0,\"error\":\"-:1:6: UTF-8 was expected, other bytes came\"}",
            "{\"document\":1,\"begin\":0,\"end\":4,\"pattern\":\"Acme\",\"category\":\"company\",\"value\":1}",
            "{\"document\":2,\"error\":\"-:3:1: UTF-8 was expected, other bytes came\"}",
            "{\"document\":3,\"begin\":4,\"end\":8,\"pattern\":\"Acme\",\"category\":\"company\",\"value\":1}");
  }

  @Test
  void leavesOutDocumentsWithTooManyPartialMatches() throws IOException {
    Path wide = folder.resolve("wide");
    Path rules =
        Files.writeString(
            folder.resolve("wide.rules"), "triple = near(9999: \"a\", \"a\", \"a\")\nb = \"b\"\n");
    Ran.fovea("patterns", "build", rules, "--out", wide);
    byte[] text = utf8("b\n" + "a ".repeat(3_000) + "\nb\n");
    Ran ended = Ran.withInput(text, "annotate", wide, "--text", "-");
    assertThat(ended.status()).isEqualTo(1);
    assertThat(ended.err()).startsWith("fovea: document 1: ").hasLineCount(1);
    Ran left = Ran.withInput(text, "annotate", wide, "--text", "-", "--skip-bad");
    assertThat(left.lines()).containsExactly("0\t0\t1\tb\t\t1", "2\t0\t1\tb\t\t1");
    assertThat(left.err()).contains("fovea: document 1 was left out: ");
  }
}
