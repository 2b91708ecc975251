package org.fovea.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.fovea.MalformedDataException;
import org.fovea.testkit.Seeds;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class IdxSourceTest {

  private static final byte[] LABELS = idx(8, new int[] {2}, 1, 0);
  private static final byte[] IMAGES =
      idx(8, new int[] {2, 2, 3}, 0, 255, 0, 51, 0, 0, 0, 0, 0, 0, 0, 1);

  private static byte[] idx(int type, int[] dimensions, int... content) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(new byte[] {0, 0, (byte) type, (byte) dimensions.length});
    for (int dimension : dimensions) {
      for (int shift = 24; shift >= 0; shift -= 8) {
        out.write(dimension >>> shift);
      }
    }
    for (int value : content) {
      out.write(value);
    }
    return out.toByteArray();
  }

  private static byte[] cut(byte[] bytes, int length) {
    return java.util.Arrays.copyOf(bytes, length);
  }

  private static byte[] with(byte[] bytes, int at, int value) {
    byte[] changed = bytes.clone();
    changed[at] = (byte) value;
    return changed;
  }

  private static Batch read(byte[] images, byte[] labels, DataOptions options) {
    return TestContent.readAll(
        IdxSource.open(new TestContent("img", images), new TestContent("lab", labels), options));
  }

  @Test
  void readsPixelsAsSharesOf255AndLeavesBlackOut() {
    String expected = "0|1|1:1.0 3:0.2\n1|0|5:" + 1 / 255f + "\n";
    assertThat(TestContent.show(read(IMAGES, LABELS, DataOptions.strict()))).isEqualTo(expected);
    assertThat(
            TestContent.show(
                read(TestContent.gzip(IMAGES), TestContent.gzip(LABELS), DataOptions.strict())))
        .isEqualTo(expected);
  }

  @Test
  void takesAsManyLabelsAsTheFileHasOrAsItIsTold() {
    TestContent images = new TestContent("img", IMAGES);
    TestContent labels = new TestContent("lab", LABELS);
    IdxSource source = IdxSource.open(images, labels, DataOptions.strict());
    assertThat(source.featureCount()).isEqualTo(6);
    assertThat(source.labelCount()).isEqualTo(2);
    assertThat(source.name()).isEqualTo("img");
    assertThat(IdxSource.open(images, labels, DataOptions.strict().withCounts(6, 10)).labelCount())
        .isEqualTo(10);
  }

  @Test
  void readsImagesLargerThanTheWindow() {
    int pixels = 300_000;
    int[] content = Seeds.fixed(1).ints(2L * pixels, 0, 256).toArray();
    byte[] images = idx(8, new int[] {2, 3, 100_000}, content);
    Batch batch = read(images, LABELS, DataOptions.strict());
    int at = 0;
    for (int i = 0; i < content.length; i++) {
      if (content[i] != 0) {
        assertThat(batch.features()[at]).isEqualTo(i % pixels);
        assertThat(batch.values()[at]).isEqualTo(content[i] / 255f);
        at++;
      }
    }
    assertThat(batch.featureCount()).isEqualTo(at);
  }

  private static Arguments bad(byte[] images, byte[] labels, String message) {
    return arguments(images, labels, message);
  }

  static Stream<Arguments> malformed() {
    return List.of(
        bad(
            new byte[0],
            LABELS,
            "img:offset 0: an IDX header of 4 bytes and more was expected, the end came"),
        bad(
            cut(IMAGES, 3),
            LABELS,
            "img:offset 3: an IDX header of 4 bytes and more was expected, the end came"),
        bad(
            with(IMAGES, 0, 1),
            LABELS,
            "img:offset 0: an IDX file, which begins with two zeros, was expected, another came"),
        bad(
            with(IMAGES, 1, 1),
            LABELS,
            "img:offset 0: an IDX file, which begins with two zeros, was expected, another came"),
        bad(
            with(IMAGES, 2, 0x0d),
            LABELS,
            "img:offset 2: unsigned bytes (type 8) were expected, type 13 came"),
        bad(
            with(IMAGES, 2, 0xff),
            LABELS,
            "img:offset 2: unsigned bytes (type 8) were expected, type 255 came"),
        bad(with(IMAGES, 3, 0), LABELS, "img:offset 3: 1 or more dimensions were expected, 0 came"),
        bad(
            with(IMAGES, 3, 1),
            LABELS,
            "img:offset 3: images with 2 or more dimensions were expected, labels (1 dimension) came: name the file of images, and that of the labels beside it"),
        bad(
            with(IMAGES, 3, 200),
            LABELS,
            "img:offset 28: 200 dimensions of 4 bytes were expected, the end came"),
        bad(
            cut(IMAGES, 15),
            LABELS,
            "img:offset 15: 3 dimensions of 4 bytes were expected, the end came"),
        bad(
            with(IMAGES, 8, 0x7f),
            LABELS,
            "img:offset 8: images of at most 4194304 pixels were expected, larger ones came"),
        bad(
            idx(8, new int[] {1, -1, -1}),
            LABELS,
            "img:offset 8: images of at most 4194304 pixels were expected, larger ones came"),
        bad(
            idx(8, new int[] {2, 65536, 65536}),
            LABELS,
            "img:offset 12: images of at most 4194304 pixels were expected, larger ones came"),
        bad(
            cut(IMAGES, IMAGES.length - 1),
            LABELS,
            "img:offset 27: 28 bytes were expected, as the header says, 27 came"),
        bad(
            cut(IMAGES, IMAGES.length + 1),
            LABELS,
            "img:offset 28: 28 bytes were expected, as the header says, 29 came"),
        bad(
            cut(IMAGES, 16),
            LABELS,
            "img:offset 16: 28 bytes were expected, as the header says, 16 came"),
        bad(
            idx(8, new int[] {-1, 2, 3}),
            idx(8, new int[] {-1}),
            "img:offset 16: 25769803786 bytes were expected, as the header says, 16 came"),
        bad(
            TestContent.gzip(cut(IMAGES, IMAGES.length - 1)),
            LABELS,
            "img:offset 27: 2 images were expected, as the header says, the end of the file came"),
        bad(
            TestContent.gzip(cut(IMAGES, IMAGES.length + 1)),
            LABELS,
            "img:offset 28: the end of the file was expected, as the header says, more bytes came"),
        bad(
            cut(TestContent.gzip(IMAGES), 30),
            LABELS,
            "img:offset 30: more packed bytes were expected, the end of the file came"),
        bad(
            IMAGES,
            new byte[0],
            "lab:offset 0: an IDX header of 4 bytes and more was expected, the end came"),
        bad(IMAGES, IMAGES, "lab:offset 3: labels with 1 dimension were expected, 3 came"),
        bad(
            IMAGES,
            idx(8, new int[] {3}, 1, 0, 1),
            "lab:offset 4: 2 labels were expected, one for each image, 3 came"),
        bad(
            IMAGES,
            idx(8, new int[] {2}, 1),
            "lab:offset 9: 10 bytes were expected, as the header says, 9 came"),
        bad(
            IMAGES,
            idx(8, new int[] {2}, 1, 0, 0),
            "lab:offset 10: 10 bytes were expected, as the header says, 11 came"),
        bad(
            IMAGES,
            TestContent.gzip(idx(8, new int[] {2}, 1)),
            "lab:offset 9: 2 labels were expected, as the header says, the end of the file came"),
        bad(
            IMAGES,
            TestContent.gzip(idx(8, new int[] {2}, 1, 0, 0)),
            "lab:offset 10: the end of the file was expected, as the header says, more bytes came"))
        .stream();
  }

  @ParameterizedTest(name = "{2}")
  @MethodSource("malformed")
  void saysWhatIsWrongAndWhere(byte[] images, byte[] labels, String message) {
    assertThatThrownBy(() -> read(images, labels, DataOptions.strict()))
        .isInstanceOf(MalformedDataException.class)
        .hasMessage(message);
  }

  @Test
  void refusesALabelBeyondThoseItIsTold() {
    assertThatThrownBy(() -> read(IMAGES, LABELS, DataOptions.strict().withCounts(6, 1)))
        .hasMessage("lab:offset 8: a label below 1 was expected, 1 came");
    assertThatThrownBy(() -> read(IMAGES, LABELS, DataOptions.strict().withCounts(7, 2)))
        .hasMessage("img:offset 8: 7 pixels were expected, 6 came");
  }

  @Test
  void refusesAClaimThatPacksWellWithoutReservingMemory() {
    byte[] images = TestContent.gzip(idx(8, new int[] {-1, 2, 3}));
    byte[] labels = TestContent.gzip(idx(8, new int[] {-1}));
    assertThatThrownBy(() -> read(images, labels, DataOptions.strict().withCounts(6, 2)))
        .hasMessage(
            "lab:offset 8: 4294967295 labels were expected, as the header says, the end of the"
                + " file came");
  }

  @Test
  void findsTheLabelsBesideTheImages(@TempDir Path directory) throws IOException {
    Path images = directory.resolve("train-images-idx3-ubyte");
    Files.write(images, IMAGES);
    assertThatThrownBy(() -> IdxSource.open(images, DataOptions.strict()))
        .hasMessage(
            images
                + ":offset 0: a file of labels beside it, train-labels-idx1-ubyte, was expected,"
                + " none came");
    Files.write(directory.resolve("train-labels-idx1-ubyte.gz"), TestContent.gzip(LABELS));
    assertThat(IdxSource.open(images, DataOptions.strict()).labelCount()).isEqualTo(2);
    Path other = directory.resolve("other");
    Files.write(other, idx(8, new int[] {2}, 0, 6));
    assertThat(IdxSource.open(images, DataOptions.strict().withLabels(other)).labelCount())
        .isEqualTo(7);
  }

  @Test
  void isRecognizedByItsBytes(@TempDir Path directory) throws IOException {
    Path images = directory.resolve("a-images.gz");
    Files.write(images, IMAGES);
    Files.write(directory.resolve("a-labels"), LABELS);
    assertThat(DataFiles.open(images, DataOptions.strict())).isInstanceOf(IdxSource.class);
    Path text = directory.resolve("a.idx3");
    Files.writeString(text, "1 2 3\n1 1:1\n");
    assertThat(DataFiles.open(text, DataOptions.strict())).isInstanceOf(XcSource.class);
    Path empty = directory.resolve("empty");
    Files.writeString(empty, "");
    assertThatThrownBy(() -> DataFiles.open(empty, DataOptions.strict()))
        .hasMessage(empty + ":1:1: a header or an example was expected, the end of the file came");
  }
}
