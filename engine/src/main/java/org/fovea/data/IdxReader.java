package org.fovea.data;

import org.fovea.MalformedDataException;

/// Reads images and their labels side by side.
///
/// **Threads** Confined. **Cost** No garbage per image; two windows of bytes.
final class IdxReader implements ExampleReader {

  private static final float[] VALUES = new float[256];

  static {
    for (int i = 0; i < VALUES.length; i++) {
      VALUES[i] = i / 255f;
    }
  }

  private final ByteInput images;
  private final ByteInput labels;
  private final IdxHeader header;
  private final int labelCount;
  private long exampleCount;

  /// @param images at the first pixel, and closed by this reader
  /// @param labels at the first label, and closed by this reader
  IdxReader(ByteInput images, ByteInput labels, IdxHeader header, int labelCount) {
    this.images = images;
    this.labels = labels;
    this.header = header;
    this.labelCount = labelCount;
  }

  @Override
  public int read(Batch batch, int limit) {
    if (limit < 1) {
      throw new IllegalArgumentException("a limit of 1 or more was expected, " + limit + " came");
    }
    int count = 0;
    while (count < limit && exampleCount < header.exampleCount()) {
      boolean complete = false;
      try {
        readLabel(batch);
        readImage(batch);
        complete = true;
      } finally {
        if (!complete) {
          batch.dropExample();
        }
      }
      batch.endExample(exampleCount++);
      count++;
    }
    if (count == 0) {
      checkEnd(images);
      checkEnd(labels);
    }
    return count;
  }

  private void readLabel(Batch batch) {
    labels.require(1);
    if (labels.atEnd()) {
      throw tooShort(labels, header.exampleCount() + " labels");
    }
    int label = labels.bytes[labels.at] & 0xff;
    if (label >= labelCount) {
      throw new MalformedDataException(
          labels.name(),
          labels.offset(),
          "a label below " + labelCount + " was expected, " + label + " came");
    }
    labels.at++;
    batch.addLabel(label);
  }

  private void readImage(Batch batch) {
    final byte[] bytes = images.bytes;
    int pixel = 0;
    while (pixel < header.featureCount()) {
      images.require(1);
      if (images.atEnd()) {
        throw tooShort(images, header.exampleCount() + " images");
      }
      int at = images.at;
      int end = (int) Math.min(images.limit, (long) at + header.featureCount() - pixel);
      for (; at < end; at++, pixel++) {
        if (bytes[at] != 0) {
          batch.addFeature(pixel, VALUES[bytes[at] & 0xff]);
        }
      }
      images.at = at;
    }
  }

  private static void checkEnd(ByteInput input) {
    input.require(1);
    if (!input.atEnd()) {
      throw new MalformedDataException(
          input.name(),
          input.offset(),
          "the end of the file was expected, as the header says, more bytes came");
    }
  }

  private static MalformedDataException tooShort(ByteInput input, String what) {
    return new MalformedDataException(
        input.name(),
        input.offset(),
        what + " were expected, as the header says, the end of the file came");
  }

  @Override
  public void close() {
    try (images) {
      labels.close();
    }
  }
}
