package org.fovea.model.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.fovea.MalformedDataException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// No name in a model, and no link in its directory, leads out of the directory.
class PathConfinementTest {

  private static final String SECRET_SHA256 =
      "2bb80d537b1da3e38bd30361aa855686bde0eacd7162fef6a25fe97bf527a25b";

  @TempDir private Path temporary;
  private Path directory;

  @BeforeEach
  void makeSecret() throws IOException {
    directory = Files.createDirectory(temporary.resolve("model"));
    Files.writeString(temporary.resolve("secret"), "secret");
    Files.createDirectory(directory.resolve("sub"));
    Files.writeString(directory.resolve("sub").resolve("secret"), "secret");
    Files.writeString(directory.resolve(".hidden"), "secret");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ".",
        "..",
        "...",
        "../secret",
        "..\\\\secret",
        "./secret",
        "sub/secret",
        "sub\\\\secret",
        "sub/../../secret",
        "sub/..",
        "/etc/passwd",
        "//etc/passwd",
        "\\\\\\\\host\\\\share",
        "C:secret",
        "C:\\\\secret",
        "file:///etc/passwd",
        "~/secret",
        "~",
        ".hidden",
        "-secret",
        "_secret",
        "secret\\u0000",
        "secret\\u0000.txt",
        "secret\\n",
        " secret",
        "secret ",
        "se cret",
        "secret.",
        "sécret",
        "secret\\u202etxt",
        "%2e%2e/secret",
        "$HOME",
        "secret;rm",
        "con",
        "NUL.txt",
        "Com1.safetensors",
        "lpt9",
        "aux",
        "model.json",
        "MODEL.JSON",
        "checkpoints",
        "Checkpoints",
        "/dev/zero",
        "/proc/self/environ",
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
      })
  void refusesANameThatIsNotPlain(String name) throws IOException {
    refuses("labels.tsv", name, ".file: ");
    refuses(name, "labels.tsv", ".name: ");
  }

  private void refuses(String name, String file, String message) throws IOException {
    describe(name, file);
    assertThatThrownBy(() -> ModelDirectory.open(directory))
        .isInstanceOf(MalformedDataException.class)
        .hasMessageContaining("model.json:offset 0: files[0]" + message);
  }

  @Test
  void takesThePlainFile() throws IOException {
    Files.writeString(directory.resolve("a.b_c-D.9"), "secret");
    describe("labels.tsv", "a.b_c-D.9");
    try (ModelDirectory model = ModelDirectory.open(directory)) {
      assertThat(model.text("labels.tsv")).isEqualTo("secret");
    }
  }

  @Test
  void refusesASymbolicLink() throws IOException {
    for (Path target :
        new Path[] {
          temporary.resolve("secret"),
          Path.of("..", "secret"),
          Path.of("sub", "secret"),
          Path.of("nowhere")
        }) {
      Path link = Files.createSymbolicLink(directory.resolve("labels.tsv"), target);
      describe("labels.tsv", "labels.tsv");
      assertThatThrownBy(() -> ModelDirectory.open(directory))
          .hasMessageEndingWith("it is a symbolic link, which a model may not contain");
      Files.delete(link);
    }
  }

  @Test
  void refusesAHardLink() throws IOException {
    Files.createLink(directory.resolve("labels.tsv"), temporary.resolve("secret"));
    describe("labels.tsv", "labels.tsv");
    assertThatThrownBy(() -> ModelDirectory.open(directory))
        .hasMessageEndingWith("it is a hard link: the file has 2 names");
  }

  @Test
  void refusesADirectory() throws IOException {
    Files.createDirectory(directory.resolve("labels.tsv"));
    describe("labels.tsv", "labels.tsv");
    assertThatThrownBy(() -> ModelDirectory.open(directory))
        .hasMessageEndingWith("it is not a regular file");
  }

  @Test
  void refusesAPipeWithoutWaitingForIt() throws Exception {
    Path pipe = directory.resolve("labels.tsv");
    Process process = new ProcessBuilder("mkfifo", pipe.toString()).start();
    assumeTrue(process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0, "no pipes here");
    describe("labels.tsv", "labels.tsv");
    assertThatThrownBy(() -> ModelDirectory.open(directory))
        .hasMessageEndingWith("it is not a regular file");
  }

  @Test
  void refusesADescriptionThatIsALink() throws IOException {
    Files.writeString(directory.resolve("labels.tsv"), "secret");
    describe("labels.tsv", "labels.tsv");
    Files.move(directory.resolve("model.json"), temporary.resolve("model.json"));
    Files.createSymbolicLink(directory.resolve("model.json"), temporary.resolve("model.json"));
    assertThatThrownBy(() -> ModelDirectory.open(directory))
        .hasMessageEndingWith("it is a symbolic link, which a model may not contain");
    Files.delete(directory.resolve("model.json"));
    Files.createLink(directory.resolve("model.json"), temporary.resolve("model.json"));
    assertThatThrownBy(() -> ModelDirectory.open(directory))
        .hasMessageEndingWith("it is a hard link: the file has 2 names");
  }

  @Test
  void opensADirectoryThatIsReachedThroughALink() throws IOException {
    Files.writeString(directory.resolve("labels.tsv"), "secret");
    describe("labels.tsv", "labels.tsv");
    Path link = Files.createSymbolicLink(temporary.resolve("current"), directory);
    try (ModelDirectory model = ModelDirectory.open(link)) {
      assertThat(model.text("labels.tsv")).isEqualTo("secret");
    }
  }

  @Test
  void aForgedJournalDeletesNothingElsewhere() throws IOException {
    Path leftover = Files.createDirectory(directory.resolve(".fovea-new-1"));
    Files.writeString(
        leftover.resolve(".journal"), "../secret\nsub/secret\n.hidden\n/etc/passwd\nsub\nend");
    Path outside = Files.createDirectory(temporary.resolve("outside"));
    Files.writeString(outside.resolve("secret"), "secret");
    Files.createSymbolicLink(directory.resolve(".fovea-new-2"), outside);
    ModelStore.open(directory).close();
    assertThat(leftover).doesNotExist();
    assertThat(temporary.resolve("secret")).exists();
    assertThat(outside.resolve("secret")).exists();
    assertThat(directory.resolve(".hidden")).exists();
    assertThat(directory.resolve("sub").resolve("secret")).exists();
  }

  private void describe(String name, String file) throws IOException {
    FileDigest digest = new FileDigest();
    digest.update("secret".getBytes(java.nio.charset.StandardCharsets.US_ASCII), 0, 6);
    FileEntry entry = digest.entry("secret", "secret");
    assertThat(entry.sha256()).isEqualTo(SECRET_SHA256);
    String text =
        """
        {"format":"fovea-model","formatVersion":1,"engineVersion":"1","blockBytes":4194304,
        "files":[{"name":"%s","file":"%s","length":6,"sha256":"%s","crc32c":["%08x"]}]}
        """
            .formatted(name, file, SECRET_SHA256, entry.blocks()[0]);
    Files.write(directory.resolve("model.json"), RawManifest.unsigned(text));
  }
}
