package org.fovea.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.zip.GZIPOutputStream;
import org.fovea.model.DataReading;
import org.fovea.model.Model;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// From IDX images to predictions.
class ImagesTest {

  private static final int SIDE = 8;
  private static final int KINDS = 4;

  @TempDir private Path folder;

  /// Packed images of noise with a bright quarter, which is the label, and their labels.
  private Path images(String name, int count, long seed) throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    ByteBuffer pixels =
        ByteBuffer.allocate(16 + count * SIDE * SIDE)
            .putInt(0x803)
            .putInt(count)
            .putInt(SIDE)
            .putInt(SIDE);
    ByteBuffer labels = ByteBuffer.allocate(8 + count).putInt(0x801).putInt(count);
    for (int i = 0; i < count; i++) {
      int label = random.nextInt(KINDS);
      labels.put((byte) label);
      for (int at = 0; at < SIDE * SIDE; at++) {
        int row = at / SIDE;
        int column = at % SIDE;
        boolean bright = 2 * (2 * row / SIDE) + 2 * column / SIDE == label;
        pixels.put((byte) (random.nextInt(128) + (bright ? 100 : 0)));
      }
    }
    Path file = write(name + "-images-idx3-ubyte.gz", pixels.array());
    write(name + "-labels-idx1-ubyte.gz", labels.array());
    return file;
  }

  private Path write(String name, byte[] content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream packed = new GZIPOutputStream(bytes)) {
      packed.write(content);
    }
    return Files.write(folder.resolve(name), bytes.toByteArray());
  }

  @Test
  void learnsToTellImagesApart() throws IOException {
    Path train = images("train", 400, 1);
    Path test = images("t10k", 200, 2);
    Path model = folder.resolve("model");
    Ran ran =
        Ran.fovea(
            "train",
            "--train",
            train,
            "--test",
            test,
            "--model",
            model,
            "--hidden",
            32,
            "--epochs",
            8,
            "--batch",
            16,
            "--threads",
            1,
            "--json");
    assertThat(ran.status()).as(ran.err()).isZero();
    assertThat(ran.err()).contains("intensities between 0 and 1", "exactly one of the 4 labels");
    double accuracy = ran.json().path("test").path("accuracy").asDouble();
    // a guess is right once in four times
    assertThat(accuracy).isGreaterThan(0.95);
    assertThat(
            Ran.fovea("evaluate", model, "--data", test, "--json")
                .json()
                .path("accuracy")
                .asDouble())
        .isEqualTo(accuracy);
    Ran predicted = Ran.fovea("predict", model, "--data", test, "--top", 1);
    assertThat(predicted.lines()).hasSize(200);
    try (Model trained = Model.open(model)) {
      assertThat(trained.info().data().reading().format()).isEqualTo(DataReading.Format.IDX);
    }
  }
}
