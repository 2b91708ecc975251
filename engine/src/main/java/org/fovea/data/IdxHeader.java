package org.fovea.data;

import org.fovea.MalformedDataException;

/// The first bytes of an IDX file of images.
///
/// @param exampleCount images
/// @param featureCount pixels of each
/// @param headerBytes bytes before the first pixel
record IdxHeader(long exampleCount, int featureCount, int headerBytes) {

  private static final int BYTE_TYPE = 0x08;

  /// Bytes of the whole file, unpacked.
  long contentBytes() {
    return headerBytes + exampleCount * featureCount;
  }

  /// Reads the header of images and steps over it: two zero bytes, the type, the number of
  /// dimensions, and each dimension in four bytes, the most significant first.
  ///
  /// @param maximumPixelCount pixels that an image may have
  static IdxHeader images(ByteInput input, int maximumPixelCount) {
    int dimensions = dimensions(input);
    if (dimensions == 1) {
      throw wrong(
          input,
          3,
          "images with 2 or more dimensions were expected, labels (1 dimension) came: name the"
              + " file of images, and that of the labels beside it");
    }
    long examples = dimension(input, 0);
    long features = 1;
    for (int i = 1; i < dimensions; i++) {
      features *= dimension(input, i);
      if (features > maximumPixelCount) {
        throw wrong(
            input,
            4 + 4 * i,
            "images of at most " + maximumPixelCount + " pixels were expected, larger ones came");
      }
    }
    input.at += 4 + 4 * dimensions;
    return new IdxHeader(examples, (int) features, 4 + 4 * dimensions);
  }

  /// Reads the header of labels and steps over it.
  ///
  /// @param exampleCount labels that there must be
  static void labels(ByteInput input, long exampleCount) {
    int dimensions = dimensions(input);
    if (dimensions != 1) {
      throw wrong(input, 3, "labels with 1 dimension were expected, " + dimensions + " came");
    }
    long labels = dimension(input, 0);
    if (labels != exampleCount) {
      throw wrong(
          input,
          4,
          exampleCount + " labels were expected, one for each image, " + labels + " came");
    }
    input.at += 8;
  }

  private static int dimensions(ByteInput input) {
    input.require(4 + 4 * 255);
    byte[] bytes = input.bytes;
    if (input.limit < 4) {
      throw wrong(
          input, input.limit, "an IDX header of 4 bytes and more was expected, the end came");
    }
    if (bytes[0] != 0 || bytes[1] != 0) {
      throw wrong(input, 0, "an IDX file, which begins with two zeros, was expected, another came");
    }
    if (bytes[2] != BYTE_TYPE) {
      throw wrong(
          input, 2, "unsigned bytes (type 8) were expected, type " + (bytes[2] & 0xff) + " came");
    }
    int dimensions = bytes[3] & 0xff;
    if (dimensions == 0) {
      throw wrong(input, 3, "1 or more dimensions were expected, 0 came");
    }
    if (input.limit < 4 + 4 * dimensions) {
      throw wrong(
          input, input.limit, dimensions + " dimensions of 4 bytes were expected, the end came");
    }
    return dimensions;
  }

  private static long dimension(ByteInput input, int index) {
    byte[] bytes = input.bytes;
    int at = 4 + 4 * index;
    return ((bytes[at] & 0xffL) << 24)
        | ((bytes[at + 1] & 0xff) << 16)
        | ((bytes[at + 2] & 0xff) << 8)
        | (bytes[at + 3] & 0xff);
  }

  private static MalformedDataException wrong(ByteInput input, long offset, String reason) {
    return new MalformedDataException(input.name(), offset, reason);
  }
}
