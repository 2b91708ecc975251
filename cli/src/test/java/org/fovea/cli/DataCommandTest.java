package org.fovea.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataCommandTest {

  private static final byte[] CONTENT = "1 2 2\n0 0:1 1:0.5\n".getBytes(StandardCharsets.UTF_8);

  @TempDir private Path folder;

  @Test
  void makesSyntheticDataAndTellsWhatItHolds() {
    Ran made =
        Ran.fovea(
            "data",
            "make",
            "synthetic",
            "--out",
            folder,
            "--train",
            200,
            "--test",
            50,
            "--features",
            100,
            "--labels",
            20,
            "--nnz",
            10,
            "--json");
    assertThat(made.status()).as(made.err()).isZero();
    assertThat(made.json().path("train-examples").asLong()).isEqualTo(200);
    Ran info = Ran.fovea("data", "info", made.json().path("train").asString(), "--json");
    assertThat(info.json().path("examples").asLong()).isEqualTo(200);
    assertThat(info.json().path("features").asInt()).isEqualTo(100);
    assertThat(info.json().path("labels").asInt()).isEqualTo(20);
    assertThat(info.json().path("digest").asString()).hasSize(64);
    assertThat(info.json().path("labels-of-an-example").path("min").asDouble()).isPositive();
    Ran lines = Ran.fovea("data", "info", made.json().path("train").asString());
    assertThat(lines.out()).contains("200, of which 0 without features", "digest");
  }

  @Test
  void makesWordsInContextFromText() throws IOException {
    Path text = folder.resolve("text.txt");
    Files.writeString(text, "the cat sat on the mat\n".repeat(40));
    Ran made = Ran.fovea("data", "make", "words-in-context", text, "--out", folder.resolve("w"));
    assertThat(made.status()).as(made.err()).isZero();
    assertThat(folder.resolve("w/words-in-context-names.txt.gz")).isRegularFile();
  }

  @Test
  void makesJdkCallsOfOneModule() {
    Ran made = Ran.fovea("data", "make", "jdk-calls", "--modules", "java.logging", "--out", folder);
    assertThat(made.status()).as(made.err()).isZero();
    assertThat(made.out()).contains("jdk-calls-train.txt.gz", "labels");
    assertThat(folder.resolve("jdk-calls-names.txt.gz")).isRegularFile();
  }

  @Test
  void saysWhatIsWrongWithAFile() throws IOException {
    Path bad = Files.writeString(folder.resolve("bad.txt"), "1 2 2\n0 0:nan\n");
    Ran ran = Ran.fovea("data", "info", bad);
    assertThat(ran.status()).isEqualTo(1);
    assertThat(ran.err()).startsWith("fovea: " + bad + ":2:").hasLineCount(1);
  }

  @Test
  void fetchesAFileOnceAndKeepsItOnlyIfItIsRight() throws Exception {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/data",
        exchange -> {
          exchange.sendResponseHeaders(200, CONTENT.length);
          exchange.getResponseBody().write(CONTENT);
          exchange.close();
        });
    server.start();
    try {
      String address = "http://localhost:" + server.getAddress().getPort();
      String digest =
          HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(CONTENT));
      Path file = folder.resolve("some/data.txt");
      Path out = folder.resolve("some");

      Ran wrong = fetch(address + "/data", "0".repeat(64), out);
      assertThat(wrong.status()).isEqualTo(1);
      assertThat(wrong.err()).contains("SHA-256").contains(digest).hasLineCount(1);
      assertThat(out).isEmptyDirectory();

      Ran missing = fetch(address + "/none", digest, out);
      assertThat(missing.status()).isEqualTo(1);
      assertThat(missing.err()).contains("status 200 was expected, 404 came");
      assertThat(out).isEmptyDirectory();

      Ran right = fetch(address + "/data", digest.toUpperCase(Locale.ROOT), out);
      assertThat(right.status()).as(right.err()).isZero();
      assertThat(Files.readAllBytes(file)).isEqualTo(CONTENT);

      Ran again = fetch("http://localhost:1/nobody", digest, out);
      assertThat(again.status()).isZero();
      assertThat(again.err()).contains("is there already");
    } finally {
      server.stop(0);
    }
    Ran nobody = fetch("http://localhost:1/nobody", "0".repeat(64), folder.resolve("empty"));
    assertThat(nobody.status()).isEqualTo(1);
    assertThat(nobody.err()).startsWith("fovea: http://localhost:1/nobody").hasLineCount(1);
    assertThat(folder.resolve("empty")).isEmptyDirectory();
  }

  private static Ran fetch(String url, String digest, Path out) {
    return Ran.fovea("data", "fetch", "data.txt", "--url", url, "--sha256", digest, "--out", out);
  }

  @Test
  void refusesNamesAndAddressesThatLeadElsewhere() {
    String digest = "0".repeat(64);
    Ran name = Ran.fovea("data", "fetch", "../x", "--url", "http://localhost/", "--sha256", digest);
    assertThat(name.status()).isEqualTo(2);
    Ran address =
        Ran.fovea("data", "fetch", "x", "--url", "file:///etc/passwd", "--sha256", digest);
    assertThat(address.status()).isEqualTo(2);
    assertThat(address.err()).contains("http:// or https://");
  }
}
