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
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// Standard input and pipes instead of files.
@Timeout(60)
class StreamedInputTest {

  private static final String ROWS = "0 1:1\n1 2:1\n2 3:1\n".repeat(60);
  private static final String TABLE = "x,y,z,label\n" + "1,0,0,a\n0,1,0,b\n0,0,1,c\n".repeat(60);

  @TempDir private static Path folder;
  private static Path libsvm = Path.of("");
  private static Path table = Path.of("");

  @BeforeAll
  static void train() throws IOException {
    libsvm = train("libsvm", Files.writeString(folder.resolve("rows"), ROWS));
    table = train("table", Files.writeString(folder.resolve("rows.csv"), TABLE));
  }

  private static Path train(String name, Path data) {
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
            20,
            "--hidden",
            8,
            "--batch",
            16,
            "--seed",
            3);
    assertThat(ran.status()).as(ran.err()).isZero();
    return model;
  }

  /// Writes rows one by one and waits for the answer of each before the next.
  private static void answersEach(Path model, String head, String... rows) throws Exception {
    PipedOutputStream rowsOut = new PipedOutputStream();
    try (PipedInputStream rowsIn = new PipedInputStream(rowsOut);
        PipedInputStream answers = new PipedInputStream(1 << 16);
        OutputStream answersOut = new PipedOutputStream(answers);
        ExecutorService thread = Executors.newSingleThreadExecutor()) {
      ByteArrayOutputStream err = new ByteArrayOutputStream();
      Console console = new Console(rowsIn, answersOut, err, false);
      Future<Integer> ran =
          thread.submit(
              () -> Main.run(console, "predict", model.toString(), "--data", "-", "--top", "1"));
      rowsOut.write(head.getBytes(StandardCharsets.UTF_8));
      for (int i = 0; i < rows.length; i++) {
        rowsOut.write(rows[i].getBytes(StandardCharsets.UTF_8));
        rowsOut.flush();
        assertThat(line(answers)).startsWith(i + "\t" + i % 3 + ":");
      }
      rowsOut.close();
      assertThat(ran.get(30, TimeUnit.SECONDS)).as(err.toString(StandardCharsets.UTF_8)).isZero();
    }
  }

  private static String line(InputStream answers) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = answers.read(); c >= 0 && c != '\n'; c = answers.read()) {
      line.append((char) c);
    }
    return line.toString();
  }

  @Test
  void answersEachRowBeforeTheNextComes() throws Exception {
    answersEach(libsvm, "", "0 1:1\n", " 2:1\n", "0 3:1\n", "0 1:1\n");
  }

  @Test
  void predictsRowsOfATableWhoseClassIsUnknown() throws IOException {
    Path rows = Files.writeString(folder.resolve("open.csv"), "x,y,z,label\n1,0,0,what\n0,1,0,?\n");
    Ran ran = Ran.fovea("predict", table, "--data", rows, "--top", 1);
    assertThat(ran.status()).as(ran.err()).isZero();
    assertThat(ran.lines()).hasSize(2);
    assertThat(ran.err())
        .contains(rows + ": 1 labels that the training data does not have are ignored");
    Ran evaluated = Ran.fovea("evaluate", table, "--data", rows);
    assertThat(evaluated.err())
        .contains(rows + ":2:7: one of the 3 classes of the training data was expected");
  }

  @Test
  void answersEachRowOfATableBeforeTheNextComes() throws Exception {
    answersEach(table, "x,y,z\n", "1,0,0\n", "0,1,0\n", "0,0,1\n", "1,0,0\n");
  }

  @Test
  void trainsAndEvaluatesOnStandardInput() {
    Path model = folder.resolve("from-input");
    Ran trained =
        Ran.withInput(
            ROWS.getBytes(StandardCharsets.UTF_8),
            "train",
            "--train",
            "-",
            "--model",
            model,
            "--threads",
            1,
            "--epochs",
            20,
            "--hidden",
            8,
            "--batch",
            16,
            "--seed",
            3);
    assertThat(trained.status()).as(trained.err()).isZero();
    Ran evaluated =
        Ran.withInput(
            ROWS.getBytes(StandardCharsets.UTF_8), "evaluate", model, "--data", "-", "--json");
    Ran file = Ran.fovea("evaluate", libsvm, "--data", folder.resolve("rows"), "--json");
    assertThat(evaluated.json().path("accuracy")).isEqualTo(file.json().path("accuracy"));
    Ran info = Ran.withInput(ROWS.getBytes(StandardCharsets.UTF_8), "data", "info", "-", "--json");
    assertThat(info.json().path("examples").asInt()).isEqualTo(180);
  }

  @Test
  void callsStandardInputByItsName() {
    Ran ran =
        Ran.withInput(
            "0 1:1\n0 1:x\n".getBytes(StandardCharsets.UTF_8), "evaluate", libsvm, "--data", "-");
    assertThat(ran.err()).isEqualTo("fovea: -:2:5: a finite number was expected, 'x' came\n");
  }

  @Test
  @EnabledOnOs({OS.LINUX, OS.MAC})
  void readsNamedPipesLikeFiles() throws Exception {
    Path pipe = folder.resolve("pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    for (String command : new String[] {"evaluate", "predict"}) {
      for (String rows : new String[] {ROWS, TABLE}) {
        Path model = rows.equals(ROWS) ? libsvm : table;
        Path file = folder.resolve(rows.equals(ROWS) ? "rows" : "rows.csv");
        Thread writer =
            Thread.ofVirtual()
                .start(() -> {
                  try {
                    Files.writeString(pipe, rows, java.nio.file.StandardOpenOption.WRITE);
                  } catch (IOException e) {
                    throw new AssertionError(e);
                  }
                });
        Ran piped = Ran.fovea(command, model, "--data", pipe);
        writer.join();
        Ran read = Ran.fovea(command, model, "--data", file);
        assertThat(piped.status()).as(piped.err()).isZero();
        assertThat(piped.lines()).hasSameSizeAs(read.lines());
        assertThat(piped.lines().getFirst()).isEqualTo(read.lines().getFirst());
      }
    }
  }

  @Test
  void splitsStandardInput() throws IOException {
    Path out = folder.resolve("parts/of/input");
    Ran ran =
        Ran.withInput(
            ROWS.getBytes(StandardCharsets.UTF_8),
            "data",
            "split",
            "-",
            "--test",
            "1/3",
            "--out",
            out);
    assertThat(ran.status()).as(ran.err()).isZero();
    assertThat(Files.readAllLines(out.resolve("input-test"))).hasSize(60);
    assertThat(Files.readAllLines(out.resolve("input-train"))).hasSize(120);
  }
}
