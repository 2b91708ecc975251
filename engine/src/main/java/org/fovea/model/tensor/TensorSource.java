package org.fovea.model.tensor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ShortBuffer;
import java.nio.channels.FileChannel;
import java.util.Arrays;
import org.fovea.MalformedDataException;

/// Reads one tensor from its first element to its last, in pieces of the caller's choice.
///
/// **Errors** `IllegalArgumentException` for a method of another type or for more elements than are
/// left, [MalformedDataException] with the offset for a float that is not finite and for a file
/// that became shorter, `UncheckedIOException` when reading fails.
public final class TensorSource {

  private static final int BLOCK_BYTES = 1 << 18;

  private final String file;
  private final FileChannel channel;
  private final TensorInfo info;
  private final ByteBuffer buffer;
  private long position;

  TensorSource(String file, FileChannel channel, TensorInfo info) {
    this.file = file;
    this.channel = channel;
    this.info = info;
    this.position = info.begin();
    int bytes = (int) Math.min(BLOCK_BYTES, info.end() - info.begin());
    this.buffer = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN).limit(0);
  }

  /// What the header says about the tensor.
  public TensorInfo info() {
    return info;
  }

  /// Number of elements that have not been read.
  public long remaining() {
    return (info.end() - position + buffer.remaining()) / info.type().bytes();
  }

  /// Requires a shape.
  ///
  /// @throws MalformedDataException if the tensor has another one
  public TensorSource requireShape(long... shape) {
    if (!Arrays.equals(shape, info.shape())) {
      throw new MalformedDataException(
          file,
          info.begin(),
          "tensor %s has the shape %s, expected %s"
              .formatted(info.name(), Shapes.text(info.shape()), Shapes.text(shape)));
    }
    return this;
  }

  /// Requires a type; any of the float types stands for [ElementType#FLOAT32].
  ///
  /// @throws MalformedDataException if the tensor has another one
  public TensorSource requireType(ElementType type) {
    boolean floats = type == ElementType.FLOAT32 && info.type().isFloat();
    if (info.type() != type && !floats) {
      throw new MalformedDataException(
          file,
          info.begin(),
          "tensor %s is %s, expected %s".formatted(info.name(), info.type(), type));
    }
    return this;
  }

  /// Passes over the next `count` elements without reading them.
  ///
  /// @throws IllegalArgumentException if fewer are left
  public void skip(long count) {
    if (count < 0 || count > remaining()) {
      throw new IllegalArgumentException(
          "%s elements of tensor %s are left, but %s were to be skipped"
              .formatted(remaining(), info.name(), count));
    }
    position += count * info.type().bytes() - buffer.remaining();
    buffer.position(0).limit(0);
  }

  /// Reads the next `count` elements of a float tensor.
  public void floats(float[] target, int offset, int count) {
    admit(ElementType.FLOAT32, count);
    for (int done = 0; done < count; ) {
      int part = available(count - done);
      long at = position - buffer.remaining();
      switch (info.type()) {
        case FLOAT16 -> halves(target, offset + done, part, true);
        case BFLOAT16 -> halves(target, offset + done, part, false);
        default -> buffer.asFloatBuffer().get(target, offset + done, part);
      }
      consume(part);
      int bad = FiniteCheck.firstNotFinite(target, offset + done, part);
      if (bad >= 0) {
        throw new MalformedDataException(
            file,
            at + (long) (bad - offset - done) * info.type().bytes(),
            "tensor %s has the value %s".formatted(info.name(), target[bad]));
      }
      done += part;
    }
  }

  /// Reads the next `count` elements of a [ElementType#INT32] tensor.
  public void ints(int[] target, int offset, int count) {
    admit(ElementType.INT32, count);
    for (int done = 0; done < count; ) {
      int part = available(count - done);
      buffer.asIntBuffer().get(target, offset + done, part);
      consume(part);
      done += part;
    }
  }

  /// Reads the next `count` elements of a [ElementType#INT64] tensor.
  public void longs(long[] target, int offset, int count) {
    admit(ElementType.INT64, count);
    for (int done = 0; done < count; ) {
      int part = available(count - done);
      buffer.asLongBuffer().get(target, offset + done, part);
      consume(part);
      done += part;
    }
  }

  /// Reads the next `count` elements of a [ElementType#UINT8] tensor.
  public void bytes(byte[] target, int offset, int count) {
    admit(ElementType.UINT8, count);
    for (int done = 0; done < count; ) {
      int part = available(count - done);
      buffer.slice().get(target, offset + done, part);
      consume(part);
      done += part;
    }
  }

  /// All elements of a float tensor that fits in an array.
  public float[] allFloats() {
    float[] values = new float[arrayLength(ElementType.FLOAT32)];
    floats(values, 0, values.length);
    return values;
  }

  /// All elements of an [ElementType#INT32] tensor that fits in an array.
  public int[] allInts() {
    int[] values = new int[arrayLength(ElementType.INT32)];
    ints(values, 0, values.length);
    return values;
  }

  /// All elements of an [ElementType#INT64] tensor that fits in an array.
  public long[] allLongs() {
    long[] values = new long[arrayLength(ElementType.INT64)];
    longs(values, 0, values.length);
    return values;
  }

  /// All elements of a [ElementType#UINT8] tensor that fits in an array.
  public byte[] allBytes() {
    byte[] values = new byte[arrayLength(ElementType.UINT8)];
    bytes(values, 0, values.length);
    return values;
  }

  private int arrayLength(ElementType type) {
    requireType(type);
    if (remaining() > Integer.MAX_VALUE - 8) {
      throw new MalformedDataException(
          file,
          info.begin(),
          "tensor %s has %s elements, too many here".formatted(info.name(), remaining()));
    }
    return (int) remaining();
  }

  private void halves(float[] target, int offset, int count, boolean ieee) {
    ShortBuffer shorts = buffer.asShortBuffer();
    for (int index = 0; index < count; index++) {
      short bits = shorts.get(index);
      target[offset + index] = ieee ? Float.float16ToFloat(bits) : Float.intBitsToFloat(bits << 16);
    }
  }

  private void admit(ElementType type, int count) {
    boolean floats = type == ElementType.FLOAT32 && info.type().isFloat();
    if (info.type() != type && !floats) {
      throw new IllegalArgumentException(
          "tensor %s is %s, but was read as %s".formatted(info.name(), info.type(), type));
    }
    if (count > remaining()) {
      throw new IllegalArgumentException(
          "%s elements of tensor %s are left, but %s were asked for"
              .formatted(remaining(), info.name(), count));
    }
  }

  /// How many of the wanted elements lie in the buffer, which is filled when it is empty.
  private int available(int wanted) {
    if (!buffer.hasRemaining()) {
      buffer.clear().limit((int) Math.min(buffer.capacity(), info.end() - position));
      int length = buffer.remaining();
      try {
        SafetensorsFile.readFully(channel, file, buffer, position);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      buffer.flip();
      position += length;
    }
    return Math.min(wanted, buffer.remaining() / info.type().bytes());
  }

  private void consume(int elements) {
    buffer.position(buffer.position() + elements * info.type().bytes());
  }
}
