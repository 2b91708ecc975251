package org.fovea.model.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.fovea.MalformedDataException;
import org.fovea.kernel.RowMatrix;
import org.fovea.testkit.Seeds;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SafetensorsTest {

  /// Where the rows of a chunk begin.
  private static final int FIRST = 5;

  @TempDir private Path directory;

  @Test
  void readsBackWhatItWrote() {
    Seeds.repeat(
        50,
        random -> {
          float[] floats = floats(random, random.nextInt(1, 100_000));
          int[] ints = random.ints(random.nextInt(0, 1_000)).toArray();
          long[] longs = random.longs(random.nextInt(0, 1_000)).toArray();
          byte[] bytes = new byte[random.nextInt(0, 300_000)];
          random.nextBytes(bytes);
          Path file =
              write(
                  Tensors.bytes("bytes", bytes),
                  Tensors.ints("ints", ints),
                  Tensors.floats("floats", floats, 1, floats.length),
                  Tensors.longs("longs", longs));
          try (SafetensorsFile tensors = SafetensorsFile.open(file)) {
            assertThat(tensors.source("floats").allFloats()).isEqualTo(floats);
            assertThat(tensors.source("ints").allInts()).isEqualTo(ints);
            assertThat(tensors.source("longs").allLongs()).isEqualTo(longs);
            assertThat(tensors.source("bytes").allBytes()).isEqualTo(bytes);
            assertThat(tensors.source("floats").info().shape()).containsExactly(1, floats.length);
          }
        });
  }

  @Test
  void writesTheVeryBytesOfTheFormat() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Safetensors.write(
        List.of(
            Tensors.bytes("b", new byte[] {7, -1}), Tensors.floats("w", new float[] {1, -2}, 2, 1)),
        Map.of("k", "v"),
        out);
    String json =
        "{\"__metadata__\":{\"k\":\"v\"},"
            + "\"w\":{\"dtype\":\"F32\",\"shape\":[2,1],\"data_offsets\":[0,8]},"
            + "\"b\":{\"dtype\":\"U8\",\"shape\":[2],\"data_offsets\":[8,10]}}";
    String padded = json + " ".repeat(184 - json.length());
    ByteBuffer data = ByteBuffer.allocate(10).order(ByteOrder.LITTLE_ENDIAN);
    data.putFloat(1).putFloat(-2).put((byte) 7).put((byte) 255);
    assertThat(out.toByteArray()).isEqualTo(RawSafetensors.file(padded, data.array()));
  }

  @Test
  void alignsDataAndEveryTensor() {
    Path file =
        write(
            Tensors.bytes("odd", new byte[3]),
            Tensors.ints("ints", new int[] {1}),
            Tensors.longs("longs", new long[] {1}),
            Tensors.floats("scalar", new float[] {5}));
    try (SafetensorsFile tensors = SafetensorsFile.open(file)) {
      assertThat(tensors.tensors().keySet()).containsExactly("longs", "ints", "scalar", "odd");
      assertThat(tensors.source("longs").info().begin() % Safetensors.ALIGNMENT).isZero();
      for (TensorInfo info : tensors.tensors().values()) {
        assertThat(info.begin() % info.type().bytes()).isZero();
      }
      assertThat(tensors.metadata()).containsExactlyEntriesOf(Map.of("writer", "test"));
    }
  }

  @Test
  void storesRowsInChunksWithoutTheirPadding() {
    Seeds.repeat(
        100,
        random -> {
          int rows = random.nextInt(0, 400);
          int columns = random.nextInt(1, 50);
          int stride = columns + random.nextInt(0, 17);
          int perChunk = random.nextInt(1, 128);
          RowChunks from = chunks(rows, columns, stride, perChunk);
          fill(from, random);
          Path file = write(from.named("rows"));
          RowChunks to = chunks(rows, columns, columns + 3, perChunk + 1);
          try (SafetensorsFile tensors = SafetensorsFile.open(file)) {
            TensorSource source = tensors.source("rows");
            assertThat(source.info().elements()).isEqualTo((long) rows * columns);
            to.fill(source);
            assertThat(source.remaining()).isZero();
          }
          for (int row = 0; row < rows; row++) {
            float[] expected = Arrays.copyOf(row(from, row), columns);
            assertThat(row(to, row)).isEqualTo(Arrays.copyOf(expected, to.rowStride()));
          }
        });
  }

  @Test
  void storesTheRowsOfAMatrix() {
    RowMatrix from = new RowMatrix(1_000, 21);
    for (int row = 0; row < from.rows(); row++) {
      for (int column = 0; column < from.columns(); column++) {
        from.set(row, column, row + column / 100f);
      }
    }
    Path file = write(RowChunks.of(from).named("rows"));
    RowMatrix to = new RowMatrix(1_000, 21);
    try (SafetensorsFile tensors = SafetensorsFile.open(file)) {
      RowChunks.of(to).fill(tensors.source("rows"));
      assertThatThrownBy(() -> RowChunks.of(new RowMatrix(21, 1_000)).fill(tensors.source("rows")))
          .hasMessageContaining("tensor rows has the shape [1000, 21], expected [21, 1000]");
    }
    assertThat(to.chunks()).isDeepEqualTo(from.chunks());
  }

  @Test
  void refusesChunksThatDoNotHoldTheRows() {
    float[][] chunks = {new float[20], new float[19]};
    assertThat(new RowChunks(chunks, 0, 2, 10, 4, 9).rows()).isEqualTo(4);
    assertThatThrownBy(() -> new RowChunks(chunks, 0, 2, 10, 4, 10))
        .hasMessage("chunk 1 has 19 floats, too few for 2 rows of stride 10");
    assertThatThrownBy(() -> new RowChunks(chunks, 0, 2, 10, 5, 10))
        .hasMessage("5 rows need 3 chunks, not 2");
    assertThatThrownBy(() -> new RowChunks(chunks, 0, 2, 9, 4, 10))
        .hasMessageContaining("a stride of at least the 10 columns, not 9");
  }

  @Test
  void readsHalfPrecision() throws IOException {
    ByteBuffer data = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
    data.putShort((short) 0x3c00).putShort((short) 0xc100);
    data.putShort((short) 0x3f80).putShort((short) 0xc020);
    String header =
        "{\"h\":{\"dtype\":\"F16\",\"shape\":[2],\"data_offsets\":[0,4]},"
            + "\"b\":{\"dtype\":\"BF16\",\"shape\":[2],\"data_offsets\":[4,8]}}";
    Path file = directory.resolve("half");
    Files.write(file, RawSafetensors.file(header, data.array()));
    try (SafetensorsFile tensors = SafetensorsFile.open(file)) {
      assertThat(tensors.source("h").allFloats()).containsExactly(1f, -2.5f);
      assertThat(tensors.source("b").allFloats()).containsExactly(1f, -2.5f);
    }
  }

  @Test
  void readsInPiecesAndSkips() {
    float[] values = floats(new SplittableRandom(3), 200_000);
    Path file = write(Tensors.floats("w", values));
    Seeds.repeat(
        200,
        random -> {
          try (SafetensorsFile tensors = SafetensorsFile.open(file)) {
            TensorSource source = tensors.source("w");
            int at = 0;
            while (source.remaining() > 0) {
              int count = (int) Math.min(source.remaining(), random.nextInt(0, 90_000));
              if (random.nextBoolean()) {
                source.skip(count);
              } else {
                float[] piece = new float[count + 2];
                source.floats(piece, 1, count);
                assertThat(Arrays.equals(piece, 1, count + 1, values, at, at + count)).isTrue();
                assertThat(piece[0] + piece[count + 1]).isZero();
              }
              at += count;
              assertThat(source.remaining()).isEqualTo(values.length - at);
            }
          }
        });
  }

  @Test
  void readsTensorsOfMoreThanTwoToThe31Elements() throws IOException {
    long elements = (1L << 31) + 10;
    String header = RawSafetensors.one("F32", "[" + elements + "]", 0, elements * 4);
    byte[] prefix = RawSafetensors.file(header, new byte[0]);
    Path file = directory.resolve("sparse");
    try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
      sparse.write(prefix);
      sparse.seek(prefix.length + (elements - 1) * 4);
      sparse.write(new byte[] {0, 0, (byte) 0x80, 0x3f});
    }
    try (SafetensorsFile tensors = SafetensorsFile.open(file)) {
      TensorSource source = tensors.source("a");
      assertThat(source.info().elements()).isEqualTo(elements);
      source.skip(elements - 3);
      float[] last = new float[3];
      source.floats(last, 0, 3);
      assertThat(last).containsExactly(0, 0, 1);
      assertThatThrownBy(() -> tensors.source("a").allFloats())
          .isInstanceOf(MalformedDataException.class)
          .hasMessageContaining("too many");
    }
  }

  @Test
  void writesTensorsOfMoreThanTwoToThe31Elements() {
    long elements = (1L << 31) + 10;
    byte[] piece = new byte[1 << 22];
    TensorData large =
        Tensors.of(
            "large",
            ElementType.UINT8,
            new long[] {2, elements / 2},
            sink -> {
              for (long left = elements; left > 0; left -= piece.length) {
                sink.bytes(piece, 0, (int) Math.min(left, piece.length));
              }
            });
    CountingStream out = new CountingStream();
    Safetensors.write(List.of(large), Map.of(), out);
    assertThat(out.count).isEqualTo(out.header + elements);
  }

  @Test
  void refusesToWriteNumbersThatAreNotFinite() {
    for (float bad : new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}) {
      Seeds.repeat(
          20,
          random -> {
            float[] values = floats(random, random.nextInt(1, 500));
            int place = random.nextInt(values.length);
            values[place] = bad;
            assertThatThrownBy(() -> write(Tensors.floats("w", values)))
                .isInstanceOf(NonFiniteTensorException.class)
                .hasMessage("tensor w is not saved: its element %d is %s".formatted(place, bad));
          });
    }
  }

  @Test
  void refusesToReadNumbersThatAreNotFinite() {
    Seeds.repeat(
        50,
        random -> {
          byte[] data = new byte[4 * random.nextInt(1, 200_000)];
          ByteBuffer buffer = ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN);
          int place = random.nextInt(data.length / 4);
          buffer.putFloat(4 * place, random.nextBoolean() ? Float.NaN : Float.NEGATIVE_INFINITY);
          String header = RawSafetensors.one("F32", "[" + data.length / 4 + "]", 0, data.length);
          Path file = directory.resolve("bad");
          Files.write(file, RawSafetensors.file(header, data));
          try (SafetensorsFile tensors = SafetensorsFile.open(file)) {
            int offset = 8 + header.getBytes(StandardCharsets.UTF_8).length + 4 * place;
            assertThatThrownBy(() -> tensors.source("a").allFloats())
                .isInstanceOf(MalformedDataException.class)
                .hasMessageContaining("bad:offset " + offset + ": tensor a has the value");
          }
        });
  }

  @Test
  void integersMayHaveTheBitsOfNaN() {
    int bits = Float.floatToRawIntBits(Float.NaN);
    Path file = write(Tensors.ints("state", new int[] {bits}));
    try (SafetensorsFile tensors = SafetensorsFile.open(file)) {
      assertThat(tensors.source("state").allInts()).containsExactly(bits);
    }
  }

  @Test
  void holdsTensorsToTheirShape() {
    assertThatThrownBy(() -> Tensors.floats("w", new float[6], 2, 4))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("tensor w of shape [2, 4] has 8 elements, not 6");
    long[] three = {3};
    assertThatThrownBy(
            () -> write(Tensors.of("w", ElementType.INT32, three, s -> s.ints(new int[9], 0, 2))))
        .hasMessage("tensor w wrote 2 of its 3 elements");
    assertThatThrownBy(
            () -> write(Tensors.of("w", ElementType.INT32, three, s -> s.ints(new int[9], 0, 4))))
        .hasMessage("tensor w has 3 elements, but more came");
    assertThatThrownBy(
            () -> write(Tensors.of("w", ElementType.INT32, three, s -> s.longs(new long[9], 0, 3))))
        .hasMessage("tensor w is INT32, but INT64 elements came");
    assertThatThrownBy(() -> write(Tensors.of("w", ElementType.BFLOAT16, three, s -> {})))
        .hasMessage("tensor w cannot be written as BFLOAT16");
    long[] huge = {Long.MAX_VALUE, 3};
    assertThatThrownBy(() -> write(Tensors.of("w", ElementType.UINT8, huge, s -> {})))
        .hasMessageContaining("more than 2^63 elements");
  }

  @Test
  void refusesNamesThatItWouldNotRead() {
    int[] none = new int[0];
    assertThatThrownBy(() -> write(Tensors.ints("", none))).hasMessageContaining("empty name");
    assertThatThrownBy(() -> write(Tensors.ints("a\nb", none))).hasMessageContaining("U+000A");
    assertThatThrownBy(() -> write(Tensors.ints("\ud800", none))).hasMessageContaining("U+D800");
    assertThatThrownBy(() -> write(Tensors.ints("ä".repeat(513), none)))
        .hasMessageContaining("longer than 1024 bytes");
    assertThatThrownBy(() -> write(Tensors.ints("a", none), Tensors.ints("a", none)))
        .hasMessage("two tensors are named a");
    assertThatThrownBy(() -> write(Tensors.ints("__metadata__", none)))
        .hasMessage("two tensors are named __metadata__");
    try (SafetensorsFile tensors =
        SafetensorsFile.open(write(Tensors.ints("ä".repeat(512) + "", none)))) {
      assertThat(tensors.tensors()).hasSize(1);
    }
  }

  @Test
  void saysWhichTensorIsNotAsExpected() {
    Path file = write(Tensors.ints("ids", new int[6], 2, 3));
    try (SafetensorsFile tensors = SafetensorsFile.open(file)) {
      TensorSource source = tensors.source("ids");
      assertThatThrownBy(() -> source.requireShape(3, 2))
          .hasMessageContaining("tensor ids has the shape [2, 3], expected [3, 2]");
      assertThatThrownBy(source::allFloats)
          .hasMessageContaining("tensor ids is INT32, expected FLOAT32");
      assertThatThrownBy(() -> source.ints(new int[9], 0, 7))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("6 elements of tensor ids are left, but 7 were asked for");
      assertThatThrownBy(() -> tensors.source("weights"))
          .hasMessageContaining("there is no tensor weights");
    }
  }

  @Test
  void noticesAFileThatBecameShorter() throws IOException {
    Path file = write(Tensors.ints("ids", new int[100]));
    try (SafetensorsFile tensors = SafetensorsFile.open(file);
        RandomAccessFile cut = new RandomAccessFile(file.toFile(), "rw")) {
      cut.setLength(cut.length() - 100);
      assertThatThrownBy(() -> tensors.source("ids").allInts())
          .isInstanceOf(MalformedDataException.class)
          .hasMessageContaining("the file ends early");
    }
  }

  private Path write(TensorData... tensors) {
    Path file = directory.resolve("tensors");
    try (OutputStream out = Files.newOutputStream(file)) {
      Safetensors.write(List.of(tensors), Map.of("writer", "test"), out);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return file;
  }

  private static float[] floats(SplittableRandom random, int count) {
    float[] values = new float[count];
    for (int index = 0; index < count; index++) {
      values[index] = (float) random.nextDouble(-1e3, 1e3);
    }
    return values;
  }

  private static RowChunks chunks(int rows, int columns, int stride, int perChunk) {
    float[][] chunks = new float[(rows + perChunk - 1) / perChunk][];
    for (int chunk = 0; chunk < chunks.length; chunk++) {
      int count = Math.min(perChunk, rows - chunk * perChunk);
      chunks[chunk] = new float[FIRST + count * stride];
    }
    return new RowChunks(chunks, FIRST, perChunk, stride, rows, columns);
  }

  private static void fill(RowChunks rows, SplittableRandom random) {
    for (float[] chunk : rows.chunks()) {
      for (int index = 0; index < chunk.length; index++) {
        boolean padding = index < FIRST || (index - FIRST) % rows.rowStride() >= rows.columns();
        chunk[index] = padding ? Float.NaN : (float) random.nextDouble();
      }
    }
  }

  private static float[] row(RowChunks rows, int row) {
    int begin = FIRST + row % rows.rowsPerChunk() * rows.rowStride();
    return Arrays.copyOfRange(
        rows.chunks()[row / rows.rowsPerChunk()], begin, begin + rows.rowStride());
  }

  /// Counts bytes and keeps none.
  private static final class CountingStream extends OutputStream {
    private long count;
    private int header;

    @Override
    public void write(int value) {
      count++;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
      header = count == 0 ? length : header;
      count += length;
    }
  }
}
