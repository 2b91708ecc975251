package org.fovea.model.tensor;

/// Arithmetic on shapes that cannot overflow unseen.
final class Shapes {

  /// More dimensions than any tensor needs, and as many as NumPy takes.
  static final int MAX_RANK = 64;

  private Shapes() {}

  /// The product of a shape.
  ///
  /// @throws IllegalArgumentException if a length is negative, there are too many, or the product
  ///   does not fit in 63 bits
  static long elements(String name, long[] shape) {
    if (shape.length > MAX_RANK) {
      throw new IllegalArgumentException(
          "tensor %s has %s dimensions, more than %s".formatted(name, shape.length, MAX_RANK));
    }
    long product = 1;
    for (long length : shape) {
      if (length < 0) {
        throw new IllegalArgumentException(
            "tensor %s has a negative length in its shape %s".formatted(name, text(shape)));
      }
      try {
        product = Math.multiplyExact(product, length);
      } catch (ArithmeticException e) {
        throw new IllegalArgumentException(
            "tensor %s of shape %s has more than 2^63 elements".formatted(name, text(shape)), e);
      }
    }
    return product;
  }

  /// A shape as people write it.
  static String text(long[] shape) {
    StringBuilder text = new StringBuilder("[");
    for (int dimension = 0; dimension < shape.length; dimension++) {
      text.append(dimension == 0 ? "" : ", ").append(shape[dimension]);
    }
    return text.append(']').toString();
  }
}
