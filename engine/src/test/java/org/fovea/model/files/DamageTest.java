package org.fovea.model.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.fovea.MalformedDataException;
import org.fovea.testkit.Seeds;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whatever happens to the bytes of a model, it is refused, and the message names file and place.
class DamageTest {

  private static final int BLOCK = FileEntry.BLOCK_BYTES;

  @TempDir private Path directory;

  @BeforeEach
  void publish() {
    publish(SampleModel.contents(1));
  }

  @Test
  void refusesEverySingleFlippedBit() throws IOException {
    List<Path> files = files();
    try (RandomAccessFile first = open(files.get(0));
        RandomAccessFile second = open(files.get(1));
        RandomAccessFile third = open(files.get(2))) {
      RandomAccessFile[] open = {first, second, third};
      Seeds.repeat(
          10_000,
          random -> {
            int choice = random.nextInt(3);
            long offset = random.nextLong(open[choice].length());
            int bit = 1 << random.nextInt(8);
            flip(open[choice], offset, bit);
            try {
              ModelDirectory.open(directory).close();
              throw new AssertionError(
                  "accepted bit %d of byte %d of %s".formatted(bit, offset, files.get(choice)));
            } catch (MalformedDataException e) {
              requirePlace(e, files.get(choice));
            } finally {
              flip(open[choice], offset, bit);
            }
          });
    }
    ModelDirectory.open(directory).close();
  }

  @Test
  void refusesFilesThatAreCutOff() throws IOException {
    for (Path file : files()) {
      byte[] whole = Files.readAllBytes(file);
      for (int cut = 0; cut < 64; cut++) {
        int length = cut == 63 ? whole.length - 1 : (int) ((long) whole.length * cut / 64);
        Files.write(file, Arrays.copyOf(whole, length));
        assertThatThrownBy(() -> ModelDirectory.open(directory))
            .isInstanceOf(MalformedDataException.class)
            .hasMessageContaining(file + ":offset " + (isManifest(file) ? "" : length));
      }
      Files.write(file, whole);
    }
  }

  @Test
  void refusesFilesThatWentOn() throws IOException {
    for (Path file : files()) {
      byte[] whole = Files.readAllBytes(file);
      for (int more : new int[] {1, 64, 100_000}) {
        Files.write(file, Arrays.copyOf(whole, whole.length + more));
        assertThatThrownBy(() -> ModelDirectory.open(directory))
            .isInstanceOf(MalformedDataException.class)
            .hasMessageContaining(file + ":offset ");
      }
      Files.write(file, whole);
    }
  }

  @Test
  void refusesFilesThatAreMissing() throws IOException {
    for (String name : List.of("weights.safetensors", "labels.tsv")) {
      Path away = directory.resolve("away");
      Files.move(directory.resolve(name), away);
      assertThatThrownBy(() -> ModelDirectory.open(directory))
          .isInstanceOf(MalformedDataException.class)
          .hasMessageEndingWith(name + ":offset 0: the file is missing");
      Files.move(away, directory.resolve(name));
    }
  }

  @Test
  void namesTheBlockThatIsDamaged() throws IOException {
    Path file = publishLarge();
    for (long offset : new long[] {0, BLOCK - 1, BLOCK, 2L * BLOCK + 77, 3L * BLOCK + 99}) {
      try (RandomAccessFile open = open(file)) {
        flip(open, offset, 16);
        long block = offset / BLOCK * BLOCK;
        assertThatThrownBy(() -> ModelDirectory.open(directory))
            .isInstanceOf(MalformedDataException.class)
            .hasMessageContaining(
                "large:offset %d: damaged: the CRC32C of bytes %d to", block, block);
        flip(open, offset, 16);
      }
    }
  }

  @Test
  void refusesBlocksThatChangedPlaces() throws IOException {
    Path file = publishLarge();
    byte[] whole = Files.readAllBytes(file);
    byte[] swapped = whole.clone();
    System.arraycopy(whole, 0, swapped, BLOCK, BLOCK);
    System.arraycopy(whole, BLOCK, swapped, 0, BLOCK);
    Files.write(file, swapped);
    assertThatThrownBy(() -> ModelDirectory.open(directory))
        .isInstanceOf(MalformedDataException.class)
        .hasMessageContaining("large:offset 0: damaged");
  }

  @Test
  void refusesFilesThatChangedPlaces() throws IOException {
    Path old = directory.resolve("weights.safetensors");
    byte[] weights = Files.readAllBytes(old);
    publish(SampleModel.contents(2));
    Files.write(directory.resolve("weights-2.safetensors"), weights);
    assertThatThrownBy(() -> ModelDirectory.open(directory))
        .isInstanceOf(MalformedDataException.class)
        .hasMessageContaining("weights-2.safetensors:offset 0: damaged");
  }

  @Test
  void noticesWhatTheBlockChecksumsMiss() throws IOException {
    Path file = directory.resolve("labels.tsv");
    Path manifest = directory.resolve("model.json");
    String text = Files.readString(manifest);
    String crc = "\"crc32c\": [ \"";
    int begin = text.lastIndexOf(crc) + crc.length();
    byte[] other = "label 9\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    FileDigest digest = new FileDigest();
    digest.update(other, 0, other.length);
    String forged =
        text.substring(0, begin)
            + "%08x".formatted(digest.entry("x", "x").blocks()[0])
            + text.substring(begin + 8);
    Files.write(manifest, RawManifest.signed(forged));
    Files.write(file, other);
    assertThatThrownBy(() -> ModelDirectory.open(directory))
        .isInstanceOf(MalformedDataException.class)
        .hasMessageContaining("labels.tsv:offset 0: damaged: the SHA-256 of the file is");
  }

  private Path publishLarge() {
    byte[] bytes = new byte[3 * BLOCK + 100];
    new SplittableRandom(7).nextBytes(bytes);
    publish(new ModelContents().file("large", out -> out.write(bytes)));
    return directory.resolve("large");
  }

  private void publish(ModelContents contents) {
    try (ModelStore store = ModelStore.open(directory)) {
      store.publish(contents);
    }
  }

  private List<Path> files() {
    return List.of(
        directory.resolve("model.json"),
        directory.resolve("weights.safetensors"),
        directory.resolve("labels.tsv"));
  }

  private static boolean isManifest(Path file) {
    return file.endsWith("model.json");
  }

  private static void requirePlace(MalformedDataException failure, Path file) {
    assertThat(failure.getMessage()).startsWith(file + ":").contains(":offset ");
  }

  private static RandomAccessFile open(Path file) throws IOException {
    return new RandomAccessFile(file.toFile(), "rw");
  }

  private static void flip(RandomAccessFile file, long offset, int bit) throws IOException {
    file.seek(offset);
    int value = file.read();
    file.seek(offset);
    file.write(value ^ bit);
  }
}
