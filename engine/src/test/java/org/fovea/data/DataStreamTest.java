package org.fovea.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.fovea.testkit.Seeds;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataStreamTest {

  @TempDir private Path folder;

  /// A stream that gives what it has in pieces, and fails when somebody would wait for more.
  private static final class Slow extends InputStream {

    private final List<byte[]> pieces;
    private int piece;
    private int at;
    private int waits;

    Slow(String... pieces) {
      this.pieces =
          Arrays.stream(pieces).map(text -> text.getBytes(StandardCharsets.UTF_8)).toList();
    }

    @Override
    public int read() {
      throw new AssertionError("bytes are read in groups");
    }

    @Override
    public int read(byte[] target, int offset, int length) {
      if (piece == pieces.size()) {
        return -1;
      }
      byte[] bytes = pieces.get(piece);
      if (at == 0) {
        waits++;
      }
      int count = Math.min(length, bytes.length - at);
      System.arraycopy(bytes, at, target, offset, count);
      at += count;
      if (at == bytes.length) {
        piece++;
        at = 0;
      }
      return count;
    }

    @Override
    public int available() {
      return piece < pieces.size() && at > 0 ? pieces.get(piece).length - at : 0;
    }
  }

  private DataStream stream(InputStream bytes) {
    return new DataStream(bytes, "-", folder);
  }

  @Test
  void readsFromTheBeginningAnyNumberOfTimes() {
    byte[] bytes = new byte[3 << 20];
    new SplittableRandom(1).nextBytes(bytes);
    Seeds.repeat(
        5,
        random -> {
          try (DataStream stream = stream(new ByteArrayInputStream(bytes))) {
            for (int i = 0; i < 4; i++) {
              int count = random.nextInt(bytes.length + 1);
              try (InputStream reading = stream.content().open()) {
                assertThat(reading.readNBytes(count)).isEqualTo(Arrays.copyOf(bytes, count));
              }
            }
            assertThat(stream.content().length()).isEqualTo(bytes.length);
            assertThat(stream.content().open().readAllBytes()).isEqualTo(bytes);
          } catch (IOException e) {
            throw new AssertionError(e);
          }
        });
  }

  @Test
  void leavesNoFileBehindEvenWhileItIsOpen() throws IOException {
    try (DataStream stream = stream(new ByteArrayInputStream(new byte[2 << 20]))) {
      assertThat(stream.content().open().readAllBytes()).hasSize(2 << 20);
      try (Stream<Path> files = Files.list(folder)) {
        assertThat(files).isEmpty();
      }
    }
  }

  @Test
  void givesRowsBeforeOthersHaveCome() {
    Slow slow = new Slow("1 1:1\n", "0 2:1\n0 ", "1:1\n", "1 3:1");
    DataOptions known = DataOptions.strict().withCounts(3, 2).withNumbering(Numbering.FROM_ONE);
    try (DataStream stream = stream(slow)) {
      ExampleSource source = DataFiles.open(stream, known);
      assertThat(slow.waits).isEqualTo(1);
      stream.keepNoMore();
      try (ExampleReader reader = source.open()) {
        Batch batch = new Batch();
        assertThat(reader.read(batch, 256)).isEqualTo(1);
        assertThat(slow.waits).isEqualTo(1);
        assertThat(reader.read(batch, 256)).isEqualTo(1);
        assertThat(slow.waits).isEqualTo(2);
        assertThat(reader.read(batch, 256)).isEqualTo(1);
        assertThat(reader.read(batch, 256)).isEqualTo(1);
        assertThat(reader.read(batch, 256)).isZero();
        assertThat(TestContent.show(batch))
            .isEqualTo("0|1|0:1.0\n1|0|1:1.0\n2|0|0:1.0\n3|1|2:1.0\n");
      }
      assertThatThrownBy(source::open).isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void givesRowsOfAKnownTableBeforeOthersHaveCome() {
    TableSchema schema =
        CsvSource.open(TestContent.text("x,y,label\n1,2,a\n2,1,b\n"), DataOptions.strict())
            .schema();
    Slow slow = new Slow("x,y,label\n", "1,2,a\n", "2,1,\n2,", "2,b\n");
    DataOptions known =
        DataOptions.strict().withCounts(2, 2).withTable(TableOptions.detect().withSchema(schema));
    try (DataStream stream = stream(slow)) {
      ExampleSource source = DataFiles.open(stream, known);
      assertThat(slow.waits).isEqualTo(1);
      stream.keepNoMore();
      try (ExampleReader reader = source.open()) {
        Batch batch = new Batch();
        assertThat(reader.read(batch, 256)).isEqualTo(1);
        assertThat(slow.waits).isEqualTo(2);
        assertThat(reader.read(batch, 256)).isEqualTo(1);
        assertThat(slow.waits).isEqualTo(3);
        assertThat(reader.read(batch, 256)).isEqualTo(1);
        assertThat(reader.read(batch, 256)).isZero();
      }
    }
  }

  @Test
  void findsOutFormatsOfStreams() {
    byte[] cifar = new byte[3 * 3073];
    assertThat(DataFiles.open(stream(new ByteArrayInputStream(cifar)), DataOptions.strict()))
        .isInstanceOf(CifarSource.class);
    byte[] packed = TestContent.gzip("x,y,label\n1,2,a\n2,1,b\n".getBytes(StandardCharsets.UTF_8));
    assertThat(DataFiles.open(stream(new ByteArrayInputStream(packed)), DataOptions.strict()))
        .isInstanceOf(CsvSource.class);
    byte[] images = {0, 0, 8, 3, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 7};
    assertThatThrownBy(
            () -> DataFiles.open(stream(new ByteArrayInputStream(images)), DataOptions.strict()))
        .hasMessage("-:offset 0: a file of labels for the images was expected, none came");
  }
}
