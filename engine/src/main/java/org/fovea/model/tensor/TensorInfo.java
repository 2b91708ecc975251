package org.fovea.model.tensor;

/// What a `safetensors` header says about a tensor; consistent with the file that it came from.
///
/// @param name unique in its file
/// @param type of the elements
/// @param shape lengths of the dimensions, outermost first; none for a single number
/// @param begin offset in the file of the first byte
/// @param end offset in the file behind the last byte
public record TensorInfo(String name, ElementType type, long[] shape, long begin, long end) {

  /// Lengths of the dimensions; a copy.
  @Override
  public long[] shape() {
    return shape.clone();
  }

  /// Number of dimensions.
  public int rank() {
    return shape.length;
  }

  /// Length of a dimension.
  public long length(int dimension) {
    return shape[dimension];
  }

  /// Number of elements: the product of the shape.
  public long elements() {
    return (end - begin) / type.bytes();
  }
}
