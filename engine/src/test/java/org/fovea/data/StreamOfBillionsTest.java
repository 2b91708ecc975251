package org.fovea.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// A file of thirteen gigabytes with more entries than an `int` counts, made while it is read.
@Tag("slow")
class StreamOfBillionsTest {

  private static final int ROWS = 22_500_000;
  private static final int FEATURES_PER_ROW = 100;

  private static final class Rows extends InputStream {

    private final byte[] head = (ROWS + " 200 7\n").getBytes(StandardCharsets.US_ASCII);
    private final byte[] row;
    private long rowsDone = -1;
    private int at;

    Rows() {
      StringBuilder text = new StringBuilder("3");
      for (int i = 0; i < FEATURES_PER_ROW; i++) {
        text.append(' ').append(i).append(":1");
      }
      row = text.append('\n').toString().getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public int read() {
      throw new AssertionError("bytes are read in blocks");
    }

    @Override
    public int read(byte[] target, int offset, int length) {
      int done = 0;
      while (done < length && rowsDone < ROWS) {
        byte[] source = rowsDone < 0 ? head : row;
        int count = Math.min(length - done, source.length - at);
        System.arraycopy(source, at, target, offset + done, count);
        done += count;
        at += count;
        if (at == source.length) {
          at = 0;
          rowsDone++;
        }
      }
      return done == 0 ? -1 : done;
    }
  }

  @Test
  void readsMoreEntriesThanAnIntCounts() {
    Content content =
        new Content() {
          @Override
          public String name() {
            return "billions";
          }

          @Override
          public InputStream open() {
            return new Rows();
          }

          @Override
          public long length() {
            return Long.MAX_VALUE;
          }
        };
    XcSource source = XcSource.open(content, DataOptions.strict());
    Batch batch = new Batch();
    long entries = 0;
    try (ExampleReader reader = source.open()) {
      while (reader.read(batch, 100) > 0) {
        entries += batch.featureCount();
        batch.clear();
      }
    }
    assertThat(entries).isEqualTo(2_250_000_000L);
  }
}
