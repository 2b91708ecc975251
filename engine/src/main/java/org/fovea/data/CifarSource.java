package org.fovea.data;

import java.nio.file.Path;
import org.fovea.MalformedDataException;

/// Images of the binary version of CIFAR-10: for each a byte of label, then 1,024 bytes of red, as
/// many of green and of blue, row by row.
///
/// Each byte is a feature with the value `byte / 255`; zeros are left out. The file has no header,
/// so that the five training files are one when they are put one after another.
///
/// **Threads** Safe.
///
/// **Source** A. Krizhevsky, *Learning multiple layers of features from tiny images*, 2009.
public final class CifarSource implements ExampleSource {

  static final int LABELS = 10;
  static final int PIXELS = 3 * 32 * 32;
  static final int RECORD = 1 + PIXELS;

  private final Content content;
  private final DataOptions options;

  private CifarSource(Content content, DataOptions options) {
    this.content = content;
    this.options = options;
    if (options.featureCount().orElse(PIXELS) != PIXELS
        || options.labelCount().orElse(LABELS) != LABELS) {
      throw new MalformedDataException(
          content.name(),
          0,
          "%s features and %s labels were expected, %s and %s of CIFAR images came"
              .formatted(
                  options.featureCount().orElse(PIXELS),
                  options.labelCount().orElse(LABELS),
                  PIXELS,
                  LABELS));
    }
  }

  /// Reads nothing yet.
  public static CifarSource open(Path file, DataOptions options) {
    return new CifarSource(Content.of(file), options);
  }

  static CifarSource open(Content content, DataOptions options) {
    return new CifarSource(content, options);
  }

  /// Whether the window could hold such images: labels wherever labels must be.
  static boolean looksLike(ByteInput input) {
    input.require(2 * RECORD);
    int length = input.limit - input.at;
    if (length < RECORD || (input.ended() && length % RECORD != 0)) {
      return false;
    }
    boolean text = true;
    for (int at = 0; at < length; at += RECORD) {
      if ((input.bytes[input.at + at] & 0xff) >= LABELS) {
        return false;
      }
    }
    for (int at = 0; at < RECORD && text; at++) {
      byte c = input.bytes[input.at + at];
      text = c >= ' ' || c == '\t' || c == '\n' || c == '\r';
    }
    return !text;
  }

  @Override
  public String name() {
    return content.name();
  }

  @Override
  public int featureCount() {
    return PIXELS;
  }

  @Override
  public int labelCount() {
    return LABELS;
  }

  @Override
  public ExampleReader open() {
    return new Reader(ByteInput.open(content, options));
  }

  /// Reads image by image, without garbage.
  ///
  /// **Threads** Confined.
  private static final class Reader implements ExampleReader {

    private final ByteInput input;
    private long exampleCount;

    Reader(ByteInput input) {
      this.input = input;
    }

    @Override
    public int read(Batch batch, int limit) {
      if (limit < 1) {
        throw new IllegalArgumentException("a limit of 1 or more was expected, " + limit + " came");
      }
      int count = 0;
      while (count < limit && readImage(batch)) {
        count++;
      }
      return count;
    }

    private boolean readImage(Batch batch) {
      input.require(RECORD);
      if (input.atEnd()) {
        return false;
      }
      if (input.limit - input.at < RECORD) {
        throw new MalformedDataException(
            input.name(),
            input.offset(),
            "%s bytes of an image were expected, %s and the end of the file came"
                .formatted(RECORD, input.limit - input.at));
      }
      final byte[] bytes = input.bytes;
      final int at = input.at;
      int label = bytes[at] & 0xff;
      if (label >= LABELS) {
        throw new MalformedDataException(
            input.name(),
            input.offset(),
            "a label below " + LABELS + " was expected, " + label + " came");
      }
      batch.addLabel(label);
      for (int pixel = 0; pixel < PIXELS; pixel++) {
        int value = bytes[at + 1 + pixel] & 0xff;
        if (value != 0) {
          batch.addFeature(pixel, value / 255f);
        }
      }
      input.at = at + RECORD;
      batch.endExample(exampleCount++);
      return true;
    }

    @Override
    public void close() {
      input.close();
    }
  }
}
