package org.fovea.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.fovea.testkit.Seeds;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class XcWriterTest {

  @TempDir Path directory;

  private static void write(Path file, Batch... batches) {
    try (XcWriter writer = XcWriter.create(file, 1 << 30, 1 << 20)) {
      for (Batch batch : batches) {
        writer.write(batch);
      }
      writer.finish();
    }
  }

  private static Batch example(int[] labels, int[] features, float... values) {
    Batch batch = new Batch();
    batch.appendLabels(labels, 0, labels.length);
    batch.appendFeatures(features, values, 0, features.length);
    batch.endExample(0);
    return batch;
  }

  @Test
  void writesWhatTheFormatSays() throws IOException {
    Path file = directory.resolve("a.txt");
    Batch batch = new Batch();
    batch.append(example(new int[] {1, 20}, new int[] {0, 7, 1 << 29}, 1f, 0.1f, -2.5f), 0);
    batch.append(example(new int[] {}, new int[] {3}, 16777216f), 0);
    batch.append(example(new int[] {5}, new int[] {}), 0);
    batch.append(example(new int[] {}, new int[] {}), 0);
    batch.append(example(new int[] {0}, new int[] {1, 2}, 1e-20f, -0f), 0);
    write(file, batch);
    assertThat(file)
        .hasContent(
            "5 1073741824 1048576\n1,20 0:1 7:0.1 536870912:-2.5\n 3:1.6777216E7\n5\n \n0"
                + " 1:1.0E-20 2:-0.0");
    assertThat(Files.readString(file)).endsWith("2:-0.0\n");
  }

  @Test
  void comesBackBitForBit() {
    Seeds.repeat(
        6,
        random -> {
          Batch batch = new Batch();
          int examples = random.nextInt(200);
          for (int i = 0; i < examples; i++) {
            int[] labels = random.ints(random.nextInt(5), 0, 1 << 20).distinct().sorted().toArray();
            int[] features =
                random.ints(random.nextInt(300), 0, 1 << 30).distinct().sorted().toArray();
            batch.appendLabels(labels, 0, labels.length);
            for (int feature : features) {
              float value = Float.intBitsToFloat(random.nextInt());
              batch.addFeature(feature, Float.isFinite(value) ? value : feature % 10);
            }
            batch.endExample(i);
          }
          for (String name : new String[] {"round.txt", "round.txt.gz"}) {
            Path file = directory.resolve(name);
            write(file, batch);
            Batch read = TestContent.readAll(DataFiles.open(file, DataOptions.strict()));
            assertThat(TestContent.show(read)).isEqualTo(TestContent.show(batch));
            int count = batch.featureCount();
            assertThat(Arrays.mismatch(read.values(), 0, count, batch.values(), 0, count))
                .isEqualTo(-1);
          }
        });
  }

  @Test
  void leavesNothingBehindButTheFile() {
    write(directory.resolve("a.txt.gz"), example(new int[] {1}, new int[] {2}, 3));
    assertThat(directory).isDirectoryContaining("glob:**/a.txt.gz");
    assertThat(directory.toFile().list()).containsExactly("a.txt.gz");
  }

  @Test
  void leavesTheOldFileWhenItIsNotFinished() throws IOException {
    Path file = Files.writeString(directory.resolve("a.txt"), "old");
    try (XcWriter writer = XcWriter.create(file, 10, 10)) {
      writer.write(example(new int[] {1}, new int[] {2}, 3));
      assertThat(file).hasContent("old");
    }
    assertThat(file).hasContent("old");
    assertThat(directory.toFile().list()).containsExactly("a.txt");
  }

  @Test
  void writesOverWhatAKilledProcessLeft() throws IOException {
    Path file = directory.resolve("a.txt");
    Files.writeString(directory.resolve(".a.txt.body.part"), "half of something long\n".repeat(99));
    Files.writeString(directory.resolve(".a.txt.part"), "half of something long\n".repeat(99));
    write(file, example(new int[] {1}, new int[] {2}, 3));
    assertThat(file).hasContent("1 1073741824 1048576\n1 2:3");
    assertThat(directory.toFile().list()).containsExactly("a.txt");
  }

  @Test
  void refusesASecondWriterOfTheSameFile() {
    Path file = directory.resolve("a.txt");
    try (XcWriter writer = XcWriter.create(file, 10, 10)) {
      assertThatThrownBy(() -> XcWriter.create(file, 10, 10))
          .isInstanceOf(UncheckedIOException.class)
          .hasMessage(
              file
                  + ": writing failed: a file that nobody else writes was expected, one in"
                  + " writing came");
      writer.finish();
    }
    assertThat(file).hasContent("0 10 10");
  }

  @Test
  void refusesExamplesThatCouldNotBeRead() {
    try (XcWriter writer = XcWriter.create(directory.resolve("a.txt"), 10, 5)) {
      refuses(writer, example(new int[] {5}, new int[] {}), "label from 0 to 4 was expected, 5");
      refuses(writer, example(new int[] {3, 3}, new int[] {}), "label from 4 to 4 was expected, 3");
      refuses(writer, example(new int[] {-1}, new int[] {}), "label from 0 to 4 was expected, -1");
      refuses(writer, example(new int[] {}, new int[] {10}, 1), "from 0 to 9 was expected, 10");
      refuses(writer, example(new int[] {}, new int[] {4, 2}, 1, 1), "from 5 to 9 was expected, 2");
      refuses(writer, example(new int[] {}, new int[] {4}, Float.NaN), "finite value was expected");
      assertThat(writer.exampleCount()).isZero();
      writer.write(example(new int[] {2}, new int[] {4}, 1));
      assertThat(writer.exampleCount()).isEqualTo(1);
      writer.finish();
      assertThatThrownBy(() -> writer.write(new Batch())).isInstanceOf(IllegalStateException.class);
    }
    assertThat(directory.resolve("a.txt")).hasContent("1 10 5\n2 4:1");
  }

  private static void refuses(XcWriter writer, Batch batch, String message) {
    assertThatThrownBy(() -> writer.write(batch))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  @Test
  void saysWhereItCannotWrite() {
    Path file = directory.resolve("missing/a.txt");
    assertThatThrownBy(() -> XcWriter.create(file, 1, 1))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageStartingWith(file + ": writing failed: ");
    assertThatThrownBy(() -> XcWriter.create(directory, 1, 1))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessage(directory + ": writing failed: a file to write was expected, a directory came");
  }
}
