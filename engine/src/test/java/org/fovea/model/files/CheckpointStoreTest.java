package org.fovea.model.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

@ResourceLock("logger org.fovea.model.files")
class CheckpointStoreTest {

  private static final Logger LOGGER = Logger.getLogger("org.fovea.model.files");

  @TempDir private Path directory;
  private ModelStore store;
  private CheckpointStore checkpoints;

  @BeforeEach
  void open() {
    LOGGER.setLevel(Level.OFF);
    store = ModelStore.open(directory);
    checkpoints = store.checkpoints(2);
  }

  @AfterEach
  void close() {
    store.close();
    LOGGER.setLevel(Level.INFO);
  }

  @Test
  void hasNoneInTheBeginning() {
    assertThat(checkpoints.latest()).isEmpty();
  }

  @Test
  void findsTheLatestAndKeepsAsManyAsItShould() throws IOException {
    for (int step = 10; step <= 50; step += 10) {
      Path written = checkpoints.write(step, SampleModel.contents(step));
      assertThat(written).isDirectory();
      assertThat(SampleDirectory.step(checkpoints)).isEqualTo(step);
    }
    assertThat(names()).containsExactly("checkpoint-000004-step-40", "checkpoint-000005-step-50");
    close();
    store = ModelStore.open(directory);
    checkpoints = store.checkpoints(3);
    checkpoints.write(60, SampleModel.contents(60));
    assertThat(names()).hasSize(3).last().isEqualTo("checkpoint-000006-step-60");
  }

  @Test
  void theLatestIsTheOneWrittenLastWhateverItsStep() {
    checkpoints.write(10, SampleModel.contents(10));
    checkpoints.write(20, SampleModel.contents(20));
    checkpoints.write(15, SampleModel.contents(15));
    assertThat(SampleDirectory.step(checkpoints)).isEqualTo(15);
    checkpoints.write(15, SampleModel.contents(15));
    assertThat(SampleDirectory.step(checkpoints)).isEqualTo(15);
  }

  @Test
  void aCheckpointIsAModelDirectoryOfItsOwn() {
    Path written = checkpoints.write(10, SampleModel.contents(10));
    assertThat(SampleDirectory.version(written)).isEqualTo(10);
  }

  @Test
  void fallsBackToTheOlderOneAndSaysSo() throws IOException {
    checkpoints.write(10, SampleModel.contents(10));
    Path newest = checkpoints.write(20, SampleModel.contents(20));
    Path weights = newest.resolve("weights.safetensors");
    byte[] bytes = Files.readAllBytes(weights);
    bytes[bytes.length - 1] ^= 1;
    Files.write(weights, bytes);
    try (Checkpoint found = checkpoints.latest().orElseThrow()) {
      assertThat(found.step()).isEqualTo(10);
      assertThat(SampleModel.version(found.model())).isEqualTo(10);
      assertThat(found.skipped())
          .singleElement()
          .asString()
          .contains(weights + ":offset 0: damaged");
    }
    checkpoints.write(21, SampleModel.contents(21));
    assertThat(names()).containsExactly("checkpoint-000001-step-10", "checkpoint-000003-step-21");
  }

  @Test
  void refusesWhenNoneIsSound() throws IOException {
    Path first = checkpoints.write(10, SampleModel.contents(10));
    Path second = checkpoints.write(20, SampleModel.contents(20));
    Files.delete(first.resolve("model.json"));
    Files.writeString(second.resolve("labels.tsv"), "other");
    assertThatThrownBy(() -> checkpoints.latest())
        .isInstanceOf(ModelStoreException.class)
        .hasMessageContaining("no checkpoint is sound")
        .hasMessageContaining("labels.tsv:offset")
        .hasMessageContaining("model.json is missing");
  }

  @Test
  void doesNotCallANewerFormatDamaged() throws IOException {
    checkpoints.write(10, SampleModel.contents(10));
    Path manifest = checkpoints.write(20, SampleModel.contents(20)).resolve("model.json");
    String text =
        Files.readString(manifest).replace("\"formatVersion\": 1", "\"formatVersion\": 2");
    Files.write(manifest, RawManifest.signed(text));
    assertThatThrownBy(() -> checkpoints.latest()).isInstanceOf(NewerFormatException.class);
    checkpoints.write(30, SampleModel.contents(30));
    assertThat(names()).contains("checkpoint-000002-step-20");
  }

  @Test
  void refusesACheckpointUnderAnotherName() throws IOException {
    checkpoints.write(10, SampleModel.contents(10));
    Path parent = directory.resolve("checkpoints");
    Path path = checkpoints.write(20, SampleModel.contents(20));
    Files.move(path, parent.resolve("checkpoint-000009-step-99"));
    try (Checkpoint found = checkpoints.latest().orElseThrow()) {
      assertThat(found.step()).isEqualTo(10);
      assertThat(found.skipped()).singleElement().asString().contains("the directory's name");
    }
  }

  @Test
  void sweepsWhatAKilledProcessLeft() throws IOException {
    checkpoints.write(10, SampleModel.contents(10));
    Path parent = directory.resolve("checkpoints");
    for (String name : List.of(".fovea-new-1", ".fovea-new-7", ".fovea-old-2")) {
      Path leftover = Files.createDirectory(parent.resolve(name));
      Files.writeString(leftover.resolve("weights.safetensors"), "half");
    }
    Files.createDirectory(parent.resolve("notes"));
    close();
    store = ModelStore.open(directory);
    checkpoints = store.checkpoints(2);
    assertThat(names()).containsExactly("checkpoint-000001-step-10", "notes");
  }

  @Test
  void namesDoNotDependOnTheLanguage() throws IOException {
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
    try {
      checkpoints.write(10, SampleModel.contents(10));
      store.publish(SampleModel.contents(11));
    } finally {
      Locale.setDefault(before);
    }
    assertThat(names()).containsExactly("checkpoint-000001-step-10");
    assertThat(SampleDirectory.version(directory)).isEqualTo(11);
  }

  @Test
  void checksWhatItIsAskedFor() {
    assertThatThrownBy(() -> store.checkpoints(1))
        .hasMessage("at least 2 checkpoints are kept, not 1");
    assertThatThrownBy(() -> checkpoints.write(-1, SampleModel.contents(1)))
        .hasMessage("a step is not negative, but -1 is");
    ModelContents taken =
        SampleModel.contents(1).section("checkpoint", org.fovea.model.json.Json.object());
    assertThatThrownBy(() -> checkpoints.write(1, taken))
        .hasMessage("two sections are named checkpoint");
  }

  private List<String> names() throws IOException {
    try (Stream<Path> paths = Files.list(directory.resolve("checkpoints"))) {
      return paths.map(path -> String.valueOf(path.getFileName())).sorted().toList();
    }
  }
}
