package org.fovea.model.tensor;

/// A tensor that can be written: its place is described first, its elements are streamed after.
///
/// [Tensors] makes one from arrays; whatever keeps its numbers in another shape implements it.
public interface TensorData {

  /// Name, unique in its file: 1 to 1024 bytes of UTF-8 without control characters. Dots group
  /// (`layers.0.weight`).
  String name();

  /// Type of the elements: one that can be written.
  ElementType type();

  /// Lengths of the dimensions, outermost first.
  long[] shape();

  /// Writes exactly the product of the shape elements, in row-major order.
  void write(TensorSink sink);
}
