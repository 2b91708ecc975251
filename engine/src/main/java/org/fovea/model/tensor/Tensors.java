package org.fovea.model.tensor;

import java.util.function.Consumer;

/// Arrays as tensors. The arrays are not copied: they must not change until the tensor is written.
public final class Tensors {

  private Tensors() {}

  /// A float tensor; without a shape it is a vector of all values.
  ///
  /// @throws IllegalArgumentException if the shape has another number of elements
  public static TensorData floats(String name, float[] values, long... shape) {
    long[] lengths = shape(name, values.length, shape);
    return of(name, ElementType.FLOAT32, lengths, sink -> sink.floats(values, 0, values.length));
  }

  /// A tensor of 32-bit integers; without a shape it is a vector of all values.
  ///
  /// @throws IllegalArgumentException if the shape has another number of elements
  public static TensorData ints(String name, int[] values, long... shape) {
    long[] lengths = shape(name, values.length, shape);
    return of(name, ElementType.INT32, lengths, sink -> sink.ints(values, 0, values.length));
  }

  /// A tensor of 64-bit integers; without a shape it is a vector of all values.
  ///
  /// @throws IllegalArgumentException if the shape has another number of elements
  public static TensorData longs(String name, long[] values, long... shape) {
    long[] lengths = shape(name, values.length, shape);
    return of(name, ElementType.INT64, lengths, sink -> sink.longs(values, 0, values.length));
  }

  /// A tensor of bytes; without a shape it is a vector of all values.
  ///
  /// @throws IllegalArgumentException if the shape has another number of elements
  public static TensorData bytes(String name, byte[] values, long... shape) {
    long[] lengths = shape(name, values.length, shape);
    return of(name, ElementType.UINT8, lengths, sink -> sink.bytes(values, 0, values.length));
  }

  /// A tensor whose elements come from a writer, which is called once for each time that the tensor
  /// is written.
  public static TensorData of(
      String name, ElementType type, long[] shape, Consumer<TensorSink> writer) {
    return new Streamed(name, type, shape.clone(), writer);
  }

  private static long[] shape(String name, int elements, long[] shape) {
    if (shape.length == 0) {
      return new long[] {elements};
    }
    long product = Shapes.elements(name, shape);
    if (product != elements) {
      throw new IllegalArgumentException(
          "tensor %s of shape %s has %s elements, not %s"
              .formatted(name, Shapes.text(shape), product, elements));
    }
    return shape;
  }

  private record Streamed(String name, ElementType type, long[] shape, Consumer<TensorSink> writer)
      implements TensorData {

    @Override
    public void write(TensorSink sink) {
      writer.accept(sink);
    }
  }
}
