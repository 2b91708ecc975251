package org.fovea.model.tensor;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// Turns elements into little-endian blocks and holds a tensor to its type, its shape and finite
/// numbers.
final class BlockSink implements TensorSink {

  private static final int BLOCK_BYTES = 1 << 18;

  private final OutputStream out;
  private final byte[] block = new byte[BLOCK_BYTES];
  private final ByteBuffer buffer = ByteBuffer.wrap(block).order(ByteOrder.LITTLE_ENDIAN);
  private String name = "";
  private ElementType type = ElementType.UINT8;
  private long elements;
  private long written;

  BlockSink(OutputStream out) {
    this.out = out;
  }

  /// Starts a tensor.
  void begin(String name, ElementType type, long[] shape) {
    this.name = name;
    this.type = type;
    this.elements = Shapes.elements(name, shape);
    this.written = 0;
  }

  /// Ends the tensor that was begun.
  void end() {
    if (written != elements) {
      throw new IllegalArgumentException(
          "tensor %s wrote %s of its %s elements".formatted(name, written, elements));
    }
    flush();
  }

  @Override
  public void floats(float[] values, int offset, int count) {
    long first = admit(ElementType.FLOAT32, count);
    int bad = FiniteCheck.firstNotFinite(values, offset, count);
    if (bad >= 0) {
      throw new NonFiniteTensorException(name, first + bad - offset, values[bad]);
    }
    for (int done = 0; done < count; ) {
      int part = room(Float.BYTES, count - done);
      buffer.asFloatBuffer().put(values, offset + done, part);
      buffer.position(buffer.position() + part * Float.BYTES);
      done += part;
    }
  }

  @Override
  public void ints(int[] values, int offset, int count) {
    admit(ElementType.INT32, count);
    for (int done = 0; done < count; ) {
      int part = room(Integer.BYTES, count - done);
      buffer.asIntBuffer().put(values, offset + done, part);
      buffer.position(buffer.position() + part * Integer.BYTES);
      done += part;
    }
  }

  @Override
  public void longs(long[] values, int offset, int count) {
    admit(ElementType.INT64, count);
    for (int done = 0; done < count; ) {
      int part = room(Long.BYTES, count - done);
      buffer.asLongBuffer().put(values, offset + done, part);
      buffer.position(buffer.position() + part * Long.BYTES);
      done += part;
    }
  }

  @Override
  public void bytes(byte[] values, int offset, int count) {
    admit(ElementType.UINT8, count);
    for (int done = 0; done < count; ) {
      int part = room(1, count - done);
      buffer.put(values, offset + done, part);
      done += part;
    }
  }

  /// Checks type and count; returns the index of the first element that is about to come.
  private long admit(ElementType given, int count) {
    if (given != type) {
      throw new IllegalArgumentException(
          "tensor %s is %s, but %s elements came".formatted(name, type, given));
    }
    if (count > elements - written) {
      throw new IllegalArgumentException(
          "tensor %s has %s elements, but more came".formatted(name, elements));
    }
    long first = written;
    written += count;
    return first;
  }

  /// How many of the elements fit into the block, which is written out when it is full.
  private int room(int bytes, int wanted) {
    if (buffer.remaining() < bytes) {
      flush();
    }
    return Math.min(wanted, buffer.remaining() / bytes);
  }

  private void flush() {
    try {
      out.write(block, 0, buffer.position());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    buffer.clear();
  }
}
