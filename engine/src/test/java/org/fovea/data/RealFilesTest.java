package org.fovea.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Reads real files, where they are, strictly and with the default limits.
class RealFilesTest {

  @TempDir Path directory;

  private static Path file(String name) {
    Path root = Path.of("").toAbsolutePath();
    while (!Files.exists(root.resolve(".mvn")) && root.getParent() != null) {
      root = root.getParent();
    }
    Path file = root.resolve("../shared/data").resolve(name).normalize();
    assumeTrue(Files.isReadable(file), "real data is not here: " + file);
    return file;
  }

  @ParameterizedTest
  @CsvSource({
    "20news-train, 11314, 53255, 20, 1564828, 11314, 2, 0",
    "20news-test, 7532, 53255, 20, 989072, 7532, 0, 0",
    "bibtex-train, 4880, 1836, 159, 334250, 11616, 0, 0",
    "bibtex-test, 2515, 1836, 159, 173496, 6146, 0, 0",
    "delicious-train, 12920, 500, 983, 239549, 246088, 0, 10",
    "delicious-test, 3185, 500, 983, 55065, 60229, 0, 4",
    "jdk-calls-v0-train, 141624, 12053, 59156, 1364118, 449208, 0, 0",
    "jdk-calls-v0-test, 15737, 12053, 59156, 149906, 49917, 0, 0",
    "movies-cast28k-train, 27592, 27013, 25128, 1125426, 154552, 0, 0",
    "movies-cast28k-test, 6890, 27013, 25128, 278267, 34663, 0, 0",
    "reuters-r90-train, 7770, 15165, 90, 567649, 9585, 0, 0",
    "reuters-r90-test, 3019, 15165, 90, 205399, 3744, 0, 0",
    "tmc2007-500-train, 21519, 500, 22, 485350, 47892, 11, 0",
    "tmc2007-500-test, 7077, 500, 22, 163197, 13816, 0, 0",
    "wordnet-reverse-train, 96772, 43566, 117774, 1135908, 166760, 0, 0",
    "wordnet-reverse-test, 5501, 43566, 117774, 59830, 7976, 0, 0"
  })
  void readsText(
      String name,
      long examples,
      int features,
      int labels,
      long featureEntries,
      long labelEntries,
      long featureless,
      long unlabelled) {
    Path file = file("xmc/" + name + ".txt.gz");
    ExampleSource source = DataFiles.open(file, DataOptions.strict());
    assertThat(source).isInstanceOf(XcSource.class);
    try (Examples inMemory = Examples.load(source, Long.MAX_VALUE, directory);
        Examples spilled = Examples.load(source, 0, directory)) {
      DataSummary summary = inMemory.summary();
      assertThat(summary.exampleCount()).isEqualTo(examples);
      assertThat(summary.featureCount()).isEqualTo(features);
      assertThat(summary.labelCount()).isEqualTo(labels);
      assertThat(summary.featureEntryCount()).isEqualTo(featureEntries);
      assertThat(summary.labelEntryCount()).isEqualTo(labelEntries);
      assertThat(summary.featurelessCount()).isEqualTo(featureless);
      assertThat(summary.unlabelledCount()).isEqualTo(unlabelled);
      assertThat(spilled.summary().contentDigest()).isEqualTo(summary.contentDigest());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "mnist/train-images-idx3-ubyte.gz, 60000, 8994156",
    "mnist/t10k-images-idx3-ubyte.gz, 10000, 1511219",
    "fashion-mnist/train-images-idx3-ubyte.gz, 60000, 23423502",
    "fashion-mnist/t10k-images-idx3-ubyte.gz, 10000, 3920817"
  })
  void readsImages(String name, int examples, long entries) {
    IdxSource source = (IdxSource) DataFiles.open(file(name), DataOptions.strict());
    assertThat(source.featureCount()).isEqualTo(28 * 28);
    assertThat(source.labelCount()).isEqualTo(10);
    Batch batch = new Batch();
    long count = 0;
    long found = 0;
    try (ExampleReader reader = source.open()) {
      while (reader.read(batch, 100) > 0) {
        count += batch.exampleCount();
        found += batch.featureCount();
        batch.clear();
      }
    }
    assertThat(count).isEqualTo(examples);
    assertThat(found).isEqualTo(entries);
  }

  @Test
  void readsTheFirstDigitOfMnist() {
    ExampleSource source =
        DataFiles.open(file("mnist/train-images-idx3-ubyte.gz"), DataOptions.strict());
    Batch batch = new Batch();
    try (ExampleReader reader = source.open()) {
      assertThat(reader.read(batch, 1)).isEqualTo(1);
    }
    assertThat(batch.labels()[0]).isEqualTo(5);
    assertThat(batch.features()[0]).isEqualTo(5 * 28 + 12);
    assertThat(batch.values()[0]).isEqualTo(3 / 255f);
  }

  @ParameterizedTest
  @CsvSource({
    "20news-train, 20, 53255",
    "bibtex-test, 159, 1836",
    "delicious-train, 983, 500",
    "movies-cast28k-test, 25128, 27013",
    "reuters-r90-train, 90, 15165",
    "tmc2007-500-train, 22, 500",
    "wordnet-reverse-test, 117774, 43566"
  })
  void readsNames(String name, int labels, int features) {
    Path beside = Names.fileBeside(file("xmc/" + name + ".txt.gz")).orElseThrow();
    Names names = Names.read(beside, DataOptions.strict());
    assertThat(names.labels()).hasSize(labels);
    assertThat(names.features()).hasSize(features);
  }

  @Test
  void writesWhatItRead() {
    Path original = file("xmc/bibtex-train.txt.gz");
    ExampleSource source = DataFiles.open(original, DataOptions.strict());
    Path copy = directory.resolve("copy.txt.gz");
    Batch batch = TestContent.readAll(source);
    try (XcWriter writer = XcWriter.create(copy, source.featureCount(), source.labelCount())) {
      writer.write(batch);
      writer.finish();
    }
    assertThat(TestContent.show(TestContent.readAll(DataFiles.open(copy, DataOptions.strict()))))
        .isEqualTo(TestContent.show(batch));
  }
}
