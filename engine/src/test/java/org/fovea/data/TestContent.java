package org.fovea.data;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;

/// Content that tests make up.
///
/// @param name what messages call it
/// @param bytes the stored bytes
record TestContent(String name, byte[] bytes) implements Content {

  static TestContent text(String text) {
    return new TestContent("bad.txt", text.getBytes(StandardCharsets.ISO_8859_1));
  }

  static byte[] gzip(byte[] bytes) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return packed.toByteArray();
  }

  TestContent gzipped() {
    return new TestContent(name, gzip(bytes));
  }

  @Override
  public InputStream open() {
    return new ByteArrayInputStream(bytes);
  }

  @Override
  public long length() {
    return bytes.length;
  }

  /// Reads everything that a source has.
  static Batch readAll(ExampleSource source) {
    Batch batch = new Batch();
    try (ExampleReader reader = source.open()) {
      while (reader.read(batch, 3) > 0) {
        assert batch.openFeatureCount() == 0;
      }
    }
    return batch;
  }

  /// The examples of a batch as text: `id|labels|feature:value ...`, one a line.
  static String show(Batch batch) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < batch.exampleCount(); i++) {
      text.append(batch.exampleIds()[i]).append('|');
      for (int at = batch.labelOffsets()[i]; at < batch.labelOffsets()[i + 1]; at++) {
        text.append(at > batch.labelOffsets()[i] ? "," : "").append(batch.labels()[at]);
      }
      text.append('|');
      for (int at = batch.featureOffsets()[i]; at < batch.featureOffsets()[i + 1]; at++) {
        text.append(at > batch.featureOffsets()[i] ? " " : "")
            .append(batch.features()[at])
            .append(':')
            .append(batch.values()[at]);
      }
      text.append(batch.weights()[i] == 1 ? "" : "|" + batch.weights()[i]);
      text.append('\n');
    }
    return text.toString();
  }
}
