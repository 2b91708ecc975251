package org.fovea.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/// Writes text of the extreme-classification repository.
///
/// ```java
/// try (XcWriter writer = XcWriter.create(file, featureCount, labelCount)) {
///   writer.write(batch);
///   writer.finish();
/// }
/// ```
///
/// The file appears as a whole when it is finished, and not at all when it is not. It is packed if
/// its name ends in `.gz`. Values are written so that reading gives the same bits; -0 comes back as
/// -0.
///
/// **Threads** Confined.
public final class XcWriter implements AutoCloseable {

  private static final int BUFFER_BYTES = 64 * 1024;
  private static final int LONGEST_TOKEN = 64;

  private final Path file;
  private final int featureCount;
  private final int labelCount;
  private final AtomicFile target;
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private int buffered;
  private long exampleCount;
  private boolean finished;

  private XcWriter(Path file, int featureCount, int labelCount) {
    this.file = file;
    this.featureCount = featureCount;
    this.labelCount = labelCount;
    try {
      this.target = AtomicFile.create(file);
    } catch (IOException e) {
      throw failed(e);
    }
  }

  /// Begins a file.
  ///
  /// @param featureCount features that examples may have
  /// @param labelCount labels that examples may have
  public static XcWriter create(Path file, int featureCount, int labelCount) {
    if (featureCount < 0 || labelCount < 0) {
      throw new IllegalArgumentException(
          "0 or more features and labels were expected, "
              + featureCount
              + " and "
              + labelCount
              + " came");
    }
    return new XcWriter(file, featureCount, labelCount);
  }

  /// Writes the examples of a batch, up to the first that is refused.
  ///
  /// @throws IllegalArgumentException if an id is out of range, comes twice or before a smaller
  ///   one, or a value is not finite
  public void write(Batch batch) {
    if (finished) {
      throw new IllegalStateException("a file that is not finished was expected: " + file);
    }
    for (int i = 0; i < batch.exampleCount(); i++) {
      check(batch.labels(), batch.labelOffsets(), i, labelCount, "label");
      check(batch.features(), batch.featureOffsets(), i, featureCount, "feature");
      checkValues(batch, i);
      writeLabels(batch, i);
      writeFeatures(batch, i);
      exampleCount++;
    }
  }

  private void writeLabels(Batch batch, int example) {
    int from = batch.labelOffsets()[example];
    int to = batch.labelOffsets()[example + 1];
    for (int at = from; at < to; at++) {
      room();
      if (at > from) {
        buffer[buffered++] = ',';
      }
      putInt(batch.labels()[at]);
    }
    room();
    if (from == to) {
      buffer[buffered++] = ' ';
    }
  }

  private void writeFeatures(Batch batch, int example) {
    int from = batch.featureOffsets()[example];
    int to = batch.featureOffsets()[example + 1];
    boolean first = batch.labelOffsets()[example] == batch.labelOffsets()[example + 1];
    for (int at = from; at < to; at++) {
      room();
      if (!first || at > from) {
        buffer[buffered++] = ' ';
      }
      putInt(batch.features()[at]);
      buffer[buffered++] = ':';
      putFloat(batch.values()[at]);
    }
    room();
    buffer[buffered++] = '\n';
  }

  private void putInt(int value) {
    int start = buffered;
    int left = value;
    do {
      buffer[buffered++] = (byte) ('0' + left % 10);
      left /= 10;
    } while (left > 0);
    for (int i = start, j = buffered - 1; i < j; i++, j--) {
      byte swapped = buffer[i];
      buffer[i] = buffer[j];
      buffer[j] = swapped;
    }
  }

  private void putFloat(float value) {
    if (value == (int) value && Math.abs(value) < 1 << 24 && Float.floatToRawIntBits(value) >= 0) {
      putInt((int) value);
      return;
    }
    byte[] text = Float.toString(value).getBytes(StandardCharsets.ISO_8859_1);
    System.arraycopy(text, 0, buffer, buffered, text.length);
    buffered += text.length;
  }

  private void check(int[] ids, int[] offsets, int example, int bound, String what) {
    int previous = -1;
    for (int at = offsets[example]; at < offsets[example + 1]; at++) {
      if (ids[at] <= previous || ids[at] >= bound) {
        throw new IllegalArgumentException(
            "in example %s each %s from %s to %s was expected, %s came"
                .formatted(exampleCount, what, previous + 1, bound - 1, ids[at]));
      }
      previous = ids[at];
    }
  }

  private void checkValues(Batch batch, int example) {
    for (int at = batch.featureOffsets()[example]; at < batch.featureOffsets()[example + 1]; at++) {
      if (!Float.isFinite(batch.values()[at])) {
        throw new IllegalArgumentException(
            "a finite value was expected in example "
                + exampleCount
                + ", "
                + batch.values()[at]
                + " came");
      }
    }
  }

  private void room() {
    if (buffered > BUFFER_BYTES - LONGEST_TOKEN) {
      flush();
    }
  }

  private void flush() {
    try {
      target.write(buffer, buffered);
      buffered = 0;
    } catch (IOException e) {
      throw failed(e);
    }
  }

  /// Examples written so far.
  public long exampleCount() {
    return exampleCount;
  }

  /// Makes the file appear, with its header.
  public void finish() {
    flush();
    try {
      target.commit(exampleCount + " " + featureCount + " " + labelCount + "\n");
      finished = true;
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private UncheckedIOException failed(IOException e) {
    return new UncheckedIOException(file + ": writing failed: " + e.getMessage(), e);
  }

  /// Releases what the writer holds; a file that was not finished is gone.
  @Override
  public void close() {
    try {
      target.close();
    } catch (IOException e) {
      throw failed(e);
    }
  }
}
