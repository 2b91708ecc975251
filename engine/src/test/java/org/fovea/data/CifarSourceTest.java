package org.fovea.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.fovea.testkit.Seeds;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CifarSourceTest {

  private static byte[] images(int count, SplittableRandom random) {
    byte[] bytes = new byte[count * CifarSource.RECORD];
    random.nextBytes(bytes);
    for (int i = 0; i < count; i++) {
      bytes[i * CifarSource.RECORD] = (byte) random.nextInt(CifarSource.LABELS);
    }
    return bytes;
  }

  private static CifarSource open(byte[] bytes) {
    return CifarSource.open(new TestContent("c.bin", bytes), DataOptions.strict());
  }

  @Test
  void readsEveryByteOfEveryImage() {
    Seeds.repeat(
        20,
        random -> {
          int count = 1 + random.nextInt(60);
          byte[] bytes = images(count, random);
          byte[] stored = random.nextBoolean() ? bytes : TestContent.gzip(bytes);
          Batch batch = TestContent.readAll(open(stored));
          assertThat(batch.exampleCount()).isEqualTo(count);
          for (int i = 0; i < count; i++) {
            assertThat(batch.labels()[i]).isEqualTo(bytes[i * CifarSource.RECORD]);
            float[] pixels = new float[CifarSource.PIXELS];
            for (int at = batch.featureOffsets()[i]; at < batch.featureOffsets()[i + 1]; at++) {
              pixels[batch.features()[at]] = batch.values()[at];
            }
            for (int p = 0; p < pixels.length; p++) {
              int value = bytes[i * CifarSource.RECORD + 1 + p] & 0xff;
              assertThat(pixels[p]).isEqualTo(value / 255f);
            }
          }
        });
  }

  @Test
  void isToldFromOtherFiles(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("train.bin");
    Files.write(file, images(50, Seeds.fixed(1)));
    assertThat(DataFiles.open(file, DataOptions.strict())).isInstanceOf(CifarSource.class);
    Files.writeString(file, ("\t" + "1 2:3,").repeat(3073));
    assertThat(DataFiles.open(file, DataOptions.strict())).isNotInstanceOf(CifarSource.class);
  }

  @Test
  void saysWhatIsWrongAndWhere() {
    byte[] bytes = images(2, Seeds.fixed(1));
    assertThatThrownBy(() -> TestContent.readAll(open(Arrays.copyOf(bytes, bytes.length - 1))))
        .hasMessage(
            "c.bin:offset 3073: 3073 bytes of an image were expected, 3072 and the end of the file"
                + " came");
    bytes[CifarSource.RECORD] = 10;
    assertThatThrownBy(() -> TestContent.readAll(open(bytes)))
        .hasMessage("c.bin:offset 3073: a label below 10 was expected, 10 came");
    DataOptions other = DataOptions.strict().withCounts(784, 10);
    assertThatThrownBy(() -> CifarSource.open(new TestContent("c.bin", bytes), other))
        .hasMessage(
            "c.bin:offset 0: 784 features and 10 labels were expected, 3072 and 10 of CIFAR images"
                + " came");
  }
}
