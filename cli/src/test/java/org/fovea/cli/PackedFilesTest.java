package org.fovea.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Files that others packed.
class PackedFilesTest {

  private static final int COUNT = 400;
  private static final byte[] ROWS = rows();

  @TempDir private Path folder;

  /// Rows that do not pack well.
  private static byte[] rows() {
    SplittableRandom random = new SplittableRandom(1);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < COUNT; i++) {
      text.append("%d %d:0.%d\n".formatted(i % 3, 1 + random.nextInt(9), random.nextInt(1000)));
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  private interface Packer {
    OutputStream pack(OutputStream target) throws IOException;
  }

  private static byte[] packed(Packer packer) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream stream = packer.pack(bytes)) {
      stream.write(ROWS);
    }
    return bytes.toByteArray();
  }

  private static byte[] zip(String... names) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (String name : names) {
        zip.putNextEntry(new ZipEntry(name));
        if (!name.endsWith("/")) {
          zip.write(ROWS);
        }
        zip.closeEntry();
      }
    }
    return bytes.toByteArray();
  }

  private Ran info(String name, byte[] bytes) throws IOException {
    return Ran.fovea("data", "info", Files.write(folder.resolve(name), bytes), "--json");
  }

  @Test
  void readsXzBzip2AndZip() throws IOException {
    byte[] xz = packed(XZCompressorOutputStream::new);
    byte[] bzip2 = packed(BZip2CompressorOutputStream::new);
    String digest = info("plain", ROWS).json().path("digest").asString();
    for (byte[] bytes : new byte[][] {xz, bzip2, zip("rows.txt"), zip("f/", "f/rows")}) {
      Ran ran = info("packed", bytes);
      assertThat(ran.status()).as(ran.err()).isZero();
      assertThat(ran.json().path("digest").asString()).isEqualTo(digest);
      Ran input = Ran.withInput(bytes, "data", "info", "-", "--json");
      assertThat(input.json().path("digest").asString()).isEqualTo(digest);
    }
  }

  @Test
  void readsPartsBehindEachOther() throws IOException {
    for (byte[] one :
        new byte[][] {
          packed(XZCompressorOutputStream::new), packed(BZip2CompressorOutputStream::new)
        }) {
      byte[] two = Arrays.copyOf(one, 2 * one.length);
      System.arraycopy(one, 0, two, one.length, one.length);
      assertThat(info("twice", two).json().path("examples").asInt()).isEqualTo(2 * COUNT);
    }
  }

  @Test
  void saysWhereDamageIs() throws IOException {
    for (byte[] whole :
        new byte[][] {
          packed(XZCompressorOutputStream::new),
          packed(BZip2CompressorOutputStream::new),
          zip("rows.txt")
        }) {
      // what lists the files of a zip, behind them, is not needed
      for (int cut = 4; cut < whole.length - 120; cut += 211) {
        Ran ran = info("cut", Arrays.copyOf(whole, cut));
        assertThat(ran.status()).isEqualTo(1);
        assertThat(ran.err())
            .hasLineCount(1)
            .startsWith("fovea: " + folder.resolve("cut") + ":")
            .contains("expected")
            .doesNotContain("internal error", "Exception");
      }
      byte[] flipped = whole.clone();
      flipped[whole.length / 2] ^= 0x55;
      Ran ran = info("flipped", flipped);
      assertThat(ran.status()).isEqualTo(1);
      assertThat(ran.err()).hasLineCount(1).doesNotContain("internal error", "Exception");
    }
  }

  @Test
  void wantsOneFileInAZip() throws IOException {
    Ran several = info("two.zip", zip("a", "b"));
    assertThat(several.err())
        .isEqualTo(
            "fovea: "
                + folder.resolve("two.zip")
                + ":offset 0: a zip with one file in it was expected, one with several came\n");
    assertThat(info("none.zip", zip("folder/")).err()).contains("one with none came");
    assertThat(info("mac.zip", zip("rows", "__MACOSX/._rows")).status()).isZero();
  }

  @Test
  void namesOtherFormats() throws IOException {
    Ran ran = info("rows.zst", new byte[] {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd, 4, 0, 0, 0, 0});
    assertThat(ran.err())
        .isEqualTo(
            "fovea: "
                + folder.resolve("rows.zst")
                + ":offset 0: text, a table or images, plain or in gzip, bzip2, xz or zip, were"
                + " expected, Zstandard came\n");
  }

  @Test
  void countsLabelsBeyondTheNumbersOfAFloat() throws IOException {
    Ran ran = info("wide", "20000000 1:1\n1 2:1\n".getBytes(StandardCharsets.UTF_8));
    assertThat(ran.json().path("labels").asInt()).isEqualTo(20_000_001);
    assertThat(ran.json().path("examples-of-a-label").path("zeros").asInt()).isEqualTo(19_999_999);
    assertThat(ran.json().path("examples-of-a-label").path("count").asInt()).isEqualTo(20_000_001);
    Ran lines = Ran.fovea("data", "info", folder.resolve("wide"));
    assertThat(lines.out()).contains("19,999,999 labels have none");
  }

  @Test
  void tellsANetworkOfPatternsFromAModel() throws IOException {
    Path names = Files.writeString(folder.resolve("names.tsv"), "Acme\tcompany\n");
    Path network = folder.resolve("network");
    Ran built = Ran.fovea("patterns", "build", names, "--out", network);
    assertThat(built.status()).as(built.err()).isZero();
    Path rows = Files.write(folder.resolve("rows"), ROWS);
    for (Object[] command :
        new Object[][] {
          {"predict", network, "--data", rows},
          {"evaluate", network, "--data", rows},
          {"inspect", network}
        }) {
      Ran ran = Ran.fovea(command);
      assertThat(ran.status()).isEqualTo(1);
      assertThat(ran.err())
          .contains("a trained model was expected, a network of patterns came")
          .hasLineCount(1);
    }
  }
}
