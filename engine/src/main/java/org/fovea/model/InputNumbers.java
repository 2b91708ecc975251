package org.fovea.model;

import org.fovea.kernel.SparsePattern;
import org.fovea.model.tensor.ElementType;
import org.fovea.model.tensor.TensorSink;
import org.fovea.model.tensor.TensorSource;

/// The inputs that connections come from, each in as many bytes as the last input of the layer
/// needs, the lowest first: `[connections, bytes]` of [ElementType#UINT8]. Models of earlier
/// versions have `[connections]` of [ElementType#INT32].
///
/// **Threads** confined.
final class InputNumbers {

  /// Connections that are read or written at a time.
  private static final int PIECE = 1 << 16;

  private final TensorSource source;
  private final boolean packed;
  private final byte[] bytes;
  private final int[] numbers;
  private final int width;
  private long left;
  private int at;
  private int end;

  /// Reads those of a layer.
  ///
  /// @param count connections
  /// @param inputs of the layer
  /// @throws org.fovea.MalformedDataException if the tensor has another type or shape
  InputNumbers(TensorSource source, long count, int inputs) {
    this.source = source;
    this.packed = source.info().type() == ElementType.UINT8;
    this.width = width(inputs);
    if (packed) {
      source.requireShape(count, width);
    } else {
      source.requireType(ElementType.INT32).requireShape(count);
    }
    int piece = (int) Math.min(PIECE, Math.max(1, count));
    this.numbers = new int[piece];
    this.bytes = new byte[packed ? piece * width : 0];
    this.left = count;
  }

  /// The next of them.
  int next() {
    if (at == end) {
      end = (int) Math.min(numbers.length, left);
      left -= end;
      at = 0;
      if (packed) {
        source.bytes(bytes, 0, end * width);
        unpack();
      } else {
        source.ints(numbers, 0, end);
      }
    }
    return numbers[at++];
  }

  private void unpack() {
    for (int i = 0, from = 0; i < end; i++) {
      int number = 0;
      for (int shift = 0; shift < Byte.SIZE * width; shift += Byte.SIZE) {
        number |= (bytes[from++] & 0xff) << shift;
      }
      numbers[i] = number;
    }
  }

  /// Bytes of a number.
  static int width(int inputs) {
    int bits = Integer.SIZE - Integer.numberOfLeadingZeros(Math.max(1, inputs - 1));
    return Math.ceilDiv(bits, Byte.SIZE);
  }

  /// Writes those of a layer.
  static void write(SparsePattern pattern, TensorSink sink) {
    int width = width(pattern.columns());
    byte[] bytes = new byte[PIECE * width];
    for (int[] chunk : pattern.indexChunks()) {
      for (int from = 0; from < chunk.length; from += PIECE) {
        int to = Math.min(chunk.length, from + PIECE);
        int size = 0;
        for (int i = from; i < to; i++) {
          for (int shift = 0; shift < Byte.SIZE * width; shift += Byte.SIZE) {
            bytes[size++] = (byte) (chunk[i] >>> shift);
          }
        }
        sink.bytes(bytes, 0, size);
      }
    }
  }

  /// Writes how many connections each neuron has.
  static void writeCounts(SparsePattern pattern, TensorSink sink) {
    int[] counts = new int[Math.min(PIECE, pattern.rows())];
    for (int from = 0; from < pattern.rows(); from += PIECE) {
      int to = Math.min(pattern.rows(), from + PIECE);
      for (int row = from; row < to; row++) {
        counts[row - from] = (int) (pattern.offset(row + 1) - pattern.offset(row));
      }
      sink.ints(counts, 0, to - from);
    }
  }
}
