package org.fovea.model.files;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.fovea.MalformedDataException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Descriptions of models that somebody made to break the reader, with digests that are right.
class HostileModelTest {

  private static final String EMPTY_SHA256 =
      "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
  private static final String HEAD =
      "\"format\":\"fovea-model\",\"formatVersion\":1,\"engineVersion\":\"1\",\"blockBytes\":4194304";

  @TempDir private Path directory;

  static Stream<Arguments> badDescriptions() {
    String good = entry("a", "a", "0", EMPTY_SHA256, "[]");
    return Stream.of(
        bad("expected JSON", "{}"),
        bad("format: expected a text", "{\"x\":1}"),
        bad("format: expected fovea-model", "{\"format\":\"other\"}"),
        bad("format: expected a text", "{\"format\":1}"),
        bad("formatVersion: expected a whole number", "{\"format\":\"fovea-model\"}"),
        bad("formatVersion: expected a whole number", head("\"1\"")),
        bad("formatVersion: expected a whole number", head("1.0")),
        bad("formatVersion: expected a whole number", head("-1")),
        bad("formatVersion: expected a whole number", head("99999999999999999999")),
        bad("formatVersion: expected a version from 1 to 1", head("0")),
        bad("engineVersion: expected a text", head("1").replace("\"1\"", "1")),
        bad("blockBytes: expected 4194304", head("1").replace("4194304", "4096")),
        bad("files: expected a list", "{" + HEAD + "}"),
        bad("files: expected a list", "{" + HEAD + ",\"files\":{}}"),
        bad("files: expected a list of at most 1024", files(many(1025))),
        bad("files[0]: expected name, file, length, sha256 and crc32c", files("7")),
        bad("files[0]: expected name, file, length", files("{}")),
        bad("files[0]: expected", files(good.replace("}", ",\"mode\":\"0777\"}"))),
        bad("files[0].name: expected a text", files(good.replace("\"name\"", "\"nome\""))),
        bad("files[1]: file a comes twice", files(good + "," + good)),
        bad("files[1]: file A comes twice", files(good + "," + good.replace("\"a\"", "\"A\""))),
        bad(
            "files[1]: file b comes twice",
            files(good + "," + good.replace("\"name\":\"a\"", "\"name\":\"b\""))),
        bad("files[0].length: expected a whole number", files(entry("a", "a", "-1", "", "[]"))),
        bad("files[0].length: expected a whole number", files(entry("a", "a", "1e3", "", "[]"))),
        bad("files[0].length: expected", files(entry("a", "a", "9223372036854775808", "", "[]"))),
        bad("files[0].sha256: expected 64 lower-case", files(entry("a", "a", "0", "", "[]"))),
        bad(
            "files[0].sha256: expected 64 lower-case",
            files(entry("a", "a", "0", EMPTY_SHA256.toUpperCase(java.util.Locale.ROOT), "[]"))),
        bad(
            "files[0].crc32c: expected a list of 0 checksums",
            files(entry("a", "a", "0", EMPTY_SHA256, "[\"00000000\"]"))),
        bad(
            "files[0].crc32c: expected a list of 1 checksums",
            files(entry("a", "a", "1", EMPTY_SHA256, "[]"))),
        bad(
            "files[0].crc32c: expected a list of 2199023255552 checksums",
            files(entry("a", "a", "9223372036854775807", EMPTY_SHA256, "[]"))),
        bad(
            "files[0].crc32c: expected 8 lower-case",
            files(entry("a", "a", "1", EMPTY_SHA256, "[7]"))),
        bad(
            "files[0].crc32c: expected 8 lower-case",
            files(entry("a", "a", "1", EMPTY_SHA256, "[\"0000000G\"]"))),
        bad("expected JSON", "{" + HEAD + ",\"files\":[],\"files\":[]}"),
        bad("expected JSON", "{" + HEAD + ",\"x\":" + "[".repeat(99) + "]".repeat(99) + "}"),
        bad("expected JSON", "{" + HEAD + ",\"x\":" + "9".repeat(999) + "}"),
        bad("expected JSON", "{" + HEAD + ",\"x\":NaN}"),
        bad("expected JSON", "{" + HEAD + ",}"),
        bad("expected JSON", "{" + HEAD + "} {}"),
        bad("expected JSON", "{" + HEAD + ",\"x\":\"\u0000\"}"),
        bad("a:offset 0: the file is missing", files(good)));
  }

  @ParameterizedTest
  @MethodSource("badDescriptions")
  void refusesABadDescription(String message, String text) throws IOException {
    Files.write(directory.resolve("model.json"), RawManifest.unsigned(text));
    assertThatThrownBy(() -> ModelDirectory.open(directory))
        .isInstanceOf(MalformedDataException.class)
        .hasMessageStartingWith(directory.toString())
        .hasMessageContaining(message);
  }

  @Test
  void refusesANewerFormatWithBothVersions() throws IOException {
    String newer = head("7").replace("\"1\"", "\"9.9\"").replace("4194304", "\"none\"");
    Files.write(directory.resolve("model.json"), RawManifest.unsigned(newer));
    assertThatThrownBy(() -> ModelDirectory.open(directory))
        .isInstanceOf(NewerFormatException.class)
        .hasMessageContaining("the model has format version 7 (written by Fovea 9.9)")
        .hasMessageEndingWith("which reads up to version 1");
    assertThatThrownBy(() -> ModelStore.open(directory)).isInstanceOf(NewerFormatException.class);
  }

  @Test
  void refusesADescriptionWithoutItsDigest() throws IOException {
    Path file = directory.resolve("model.json");
    for (String text : new String[] {"", "{}", "{" + HEAD + ",\"files\":[]}", "x".repeat(999)}) {
      Files.writeString(file, text);
      assertThatThrownBy(() -> ModelDirectory.open(directory))
          .isInstanceOf(MalformedDataException.class)
          .hasMessageContaining("it is not a whole model.json");
    }
  }

  @Test
  void refusesADescriptionThatIsNotUtf8() throws IOException {
    byte[] text = RawManifest.unsigned("{" + HEAD + ",\"x\":\"?\",\"files\":[]}");
    String latin = new String(text, StandardCharsets.ISO_8859_1).replace('?', '\u00ff');
    Path file = directory.resolve("model.json");
    byte[] body =
        latin.substring(0, latin.lastIndexOf(",\n")).getBytes(StandardCharsets.ISO_8859_1);
    String digest = java.util.HexFormat.of().formatHex(FileDigest.sha256().digest(body));
    String tail = latin.substring(latin.lastIndexOf(",\n"));
    String signed = tail.substring(0, tail.length() - 68) + digest + "\"\n}\n";
    Files.write(file, body);
    Files.writeString(file, signed, java.nio.file.StandardOpenOption.APPEND);
    assertThatThrownBy(() -> ModelDirectory.open(directory))
        .isInstanceOf(MalformedDataException.class)
        .hasMessageContaining("expected a text in UTF-8");
  }

  @Test
  void refusesADescriptionThatIsTooLong() throws IOException {
    Path file = directory.resolve("model.json");
    try (java.io.RandomAccessFile sparse = new java.io.RandomAccessFile(file.toFile(), "rw")) {
      sparse.setLength(1L << 40);
    }
    assertThatThrownBy(() -> ModelDirectory.open(directory))
        .isInstanceOf(MalformedDataException.class)
        .hasMessageContaining("more than 67108864");
  }

  private static Arguments bad(String message, String text) {
    return Arguments.of(message, text);
  }

  private static String head(String version) {
    return "{" + HEAD.replace("\"formatVersion\":1", "\"formatVersion\":" + version) + "}";
  }

  private static String files(String entries) {
    return "{" + HEAD + ",\"files\":[" + entries + "]}";
  }

  private static String many(int count) {
    return IntStream.range(0, count)
        .mapToObj(n -> entry("f" + n, "f" + n, "0", EMPTY_SHA256, "[]"))
        .collect(Collectors.joining(","));
  }

  private static String entry(
      String name, String file, String length, String sha256, String blocks) {
    return "{\"name\":\"%s\",\"file\":\"%s\",\"length\":%s,\"sha256\":\"%s\",\"crc32c\":%s}"
        .formatted(name, file, length, sha256, blocks);
  }
}
