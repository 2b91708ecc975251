package org.fovea.model.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.fovea.MalformedDataException;
import org.fovea.model.json.Json;
import org.fovea.model.tensor.NonFiniteTensorException;
import org.fovea.model.tensor.Tensors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelStoreTest {

  @TempDir private Path temporary;
  private Path directory;

  @BeforeEach
  void chooseDirectory() {
    directory = temporary.resolve("deep").resolve("model");
  }

  @Test
  void readsBackWhatItPublished() throws IOException {
    publish(SampleModel.contents(1));
    try (ModelDirectory model = ModelDirectory.open(directory)) {
      assertThat(SampleModel.version(model)).isEqualTo(1);
      assertThat(model.directory()).isEqualTo(directory);
      assertThat(model.engineVersion()).isNotBlank();
      assertThat(model.findSection("metrics")).isEmpty();
      assertThatThrownBy(() -> model.section("metrics"))
          .isInstanceOf(MalformedDataException.class)
          .hasMessageContaining("model.json:offset 0: the section metrics is missing");
      assertThatThrownBy(() -> model.text("nothing"))
          .hasMessageContaining("the model has no file nothing");
      try (InputStream stream = model.stream("labels.tsv")) {
        assertThat(stream.readAllBytes()).isEqualTo("label 1\n".getBytes(StandardCharsets.UTF_8));
      }
    }
    assertThat(names())
        .containsExactly(".fovea-lock", "labels.tsv", "model.json", "weights.safetensors");
  }

  @Test
  void replacesAModelAndLeavesNothingOfTheOldOne() throws IOException {
    for (int version = 1; version <= 4; version++) {
      publish(SampleModel.contents(version));
      assertThat(version()).isEqualTo(version);
      boolean odd = version % 2 == 1;
      assertThat(names())
          .containsExactly(
              ".fovea-lock",
              odd ? "labels.tsv" : "labels-2.tsv",
              "model.json",
              odd ? "weights.safetensors" : "weights-2.safetensors");
    }
  }

  @Test
  void aReaderKeepsTheModelThatItOpened() {
    publish(SampleModel.contents(1));
    try (ModelDirectory old = ModelDirectory.open(directory)) {
      publish(SampleModel.contents(2));
      assertThat(SampleModel.version(old)).isEqualTo(1);
    }
    assertThat(version()).isEqualTo(2);
  }

  @Test
  void readersAlwaysFindAWholeModelWhileItIsReplaced() throws InterruptedException {
    publish(SampleModel.contents(0));
    Thread writer =
        Thread.ofPlatform()
            .start(() -> {
              try (ModelStore store = ModelStore.open(directory)) {
                for (int version = 1; version <= 25; version++) {
                  store.publish(SampleModel.contents(version));
                }
              }
            });
    int last = 0;
    while (writer.isAlive()) {
      int version = version();
      assertThat(version).isBetween(last, 25);
      last = version;
    }
    writer.join();
    assertThat(version()).isEqualTo(25);
  }

  @Test
  void neverTouchesFilesThatAreNotIts() throws IOException {
    Files.createDirectories(directory);
    Files.writeString(directory.resolve("weights.safetensors"), "mine");
    Files.writeString(directory.resolve("notes.txt"), "mine too");
    publish(SampleModel.contents(1));
    publish(SampleModel.contents(2));
    assertThat(version()).isEqualTo(2);
    assertThat(directory.resolve("weights.safetensors")).hasContent("mine");
    assertThat(directory.resolve("notes.txt")).hasContent("mine too");
  }

  @Test
  void refusesToReplaceAModelThatIsNotSound() throws IOException {
    Files.createDirectories(directory);
    Files.writeString(directory.resolve("model.json"), "{\"model\": \"of somebody else\"}");
    assertThatThrownBy(() -> ModelStore.open(directory))
        .isInstanceOf(ModelStoreException.class)
        .hasMessageContaining("is not a sound Fovea model, move it away first");
    assertThat(directory.resolve("model.json")).hasContent("{\"model\": \"of somebody else\"}");
  }

  @Test
  void saysThatThereIsNoModel() {
    assertThatThrownBy(() -> ModelDirectory.open(directory))
        .isInstanceOf(ModelStoreException.class)
        .hasMessageContaining("there is no such model directory");
    try (ModelStore store = ModelStore.open(directory)) {
      assertThatThrownBy(() -> ModelDirectory.open(directory))
          .hasMessageEndingWith("there is no finished model, model.json is missing");
      store.checkpoints(2);
      assertThatThrownBy(() -> ModelDirectory.open(directory))
          .hasMessageEndingWith("model.json is missing; its training can be resumed");
    }
  }

  @Test
  void savesNoNumberThatIsNotFinite() throws IOException {
    publish(SampleModel.contents(1));
    ModelContents bad =
        new ModelContents()
            .tensors("weights.safetensors", List.of(Tensors.floats("w", new float[] {Float.NaN})));
    assertThatThrownBy(() -> publish(bad)).isInstanceOf(NonFiniteTensorException.class);
    ModelContents badMetric =
        new ModelContents().section("metrics", Json.object().put("loss", Double.NaN));
    assertThatThrownBy(() -> publish(badMetric)).hasMessage("metrics.loss: JSON has no number NaN");
    assertThat(version()).isEqualTo(1);
    assertThat(names())
        .containsExactly(".fovea-lock", "labels.tsv", "model.json", "weights.safetensors");
  }

  @Test
  void writesTheSameBytesEachTime() throws IOException {
    publish(SampleModel.contents(1));
    byte[] first = Files.readAllBytes(directory.resolve("model.json"));
    publish(SampleModel.contents(2));
    publish(SampleModel.contents(1));
    assertThat(directory.resolve("model.json")).hasBinaryContent(first);
  }

  @Test
  void listsChecksumsThatOtherProgramsCanCheck() throws IOException {
    ModelContents contents =
        new ModelContents()
            .section("spec", Json.object())
            .file("x.txt", FileContent.text("123456789"));
    publish(contents);
    String text = Files.readString(directory.resolve("model.json"));
    assertThat(text)
        .startsWith("{\n  \"format\": \"fovea-model\",\n  \"formatVersion\": 1,\n")
        .contains("\"length\": 9")
        .contains("\"crc32c\": [ \"e3069283\" ]")
        .contains(
            "\"sha256\": \"15e2b0d3c33891ebb0f1ef609ec419420c20e320ce94c65fbc8c3312448eb225\"")
        .endsWith("\"\n}\n");
  }

  @Test
  void keepsFilesOfSeveralBlocks() throws IOException {
    byte[] large = new byte[9 << 20];
    new java.util.SplittableRandom(5).nextBytes(large);
    publish(new ModelContents().file("large", out -> out.write(large)));
    try (ModelDirectory model = ModelDirectory.open(directory)) {
      ByteArrayOutputStream back = new ByteArrayOutputStream();
      model.stream("large").transferTo(back);
      assertThat(back.toByteArray()).isEqualTo(large);
      assertThat(model.manifest().files().getFirst().blocks()).hasSize(3);
    }
  }

  @Test
  void givesEveryFileANameOfItsOwn() {
    for (int version = 1; version <= 4; version++) {
      ModelContents contents = new ModelContents();
      for (String name : List.of("a.txt", "A-2.txt", "a-3.txt", "journal", "x".repeat(120))) {
        contents.file(name, FileContent.text(name + version));
      }
      publish(contents);
      try (ModelDirectory model = ModelDirectory.open(directory)) {
        for (String name : model.files()) {
          assertThat(model.path(name)).hasContent(name + version);
          assertThat(model.text(name)).isEqualTo(name + version);
        }
        assertThat(model.files()).hasSize(5);
      }
    }
  }

  @Test
  void refusesNamesOfPartsThatAreTakenOrUnsafe() {
    ModelContents contents = SampleModel.contents(1);
    assertThatThrownBy(() -> contents.file("LABELS.tsv", FileContent.text("")))
        .hasMessage("two files are named LABELS.tsv");
    assertThatThrownBy(() -> contents.file("Model.json", FileContent.text("")))
        .hasMessageContaining("is taken");
    assertThatThrownBy(() -> contents.file("../x", FileContent.text("")))
        .hasMessageContaining("begins with a letter or a digit");
    assertThatThrownBy(() -> contents.file("x".repeat(121), FileContent.text("")))
        .hasMessage("a file name of 121 characters is longer than 120");
    assertThatThrownBy(() -> contents.tensors("weights", List.of()))
        .hasMessage("a file of tensors is named *.safetensors, not weights");
    assertThatThrownBy(() -> contents.section("files", Json.object()))
        .hasMessageContaining("a section has a camelCase name that is not one of");
    assertThatThrownBy(() -> contents.section("spec", Json.object()))
        .hasMessage("two sections are named spec");
  }

  @Test
  void refusesWorkAfterItWasClosed() {
    ModelStore store = ModelStore.open(directory);
    CheckpointStore checkpoints = store.checkpoints(2);
    store.close();
    store.close();
    assertThatThrownBy(() -> store.publish(SampleModel.contents(1)))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> checkpoints.write(1, SampleModel.contents(1)))
        .isInstanceOf(IllegalStateException.class);
  }

  private void publish(ModelContents contents) {
    try (ModelStore store = ModelStore.open(directory)) {
      store.publish(contents);
    }
  }

  private int version() {
    try (ModelDirectory model = ModelDirectory.open(directory)) {
      return SampleModel.version(model);
    }
  }

  private List<String> names() throws IOException {
    try (Stream<Path> paths = Files.list(directory)) {
      return paths.map(path -> String.valueOf(path.getFileName())).sorted().toList();
    }
  }
}
