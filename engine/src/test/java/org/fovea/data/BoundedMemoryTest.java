package org.fovea.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.fovea.MalformedDataException;
import org.junit.jupiter.api.Test;

/// Memory follows the window and one example, whatever the file claims or does.
class BoundedMemoryTest {

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final long GIGABYTE = 1L << 30;
  private static final int TOKEN_BYTES = 12;

  /// A head, then a pattern over and over, never in memory.
  private record Endless(String head, String pattern, long bytes) implements Content {

    @Override
    public String name() {
      return "endless";
    }

    @Override
    public long length() {
      return bytes;
    }

    @Override
    public InputStream open() {
      byte[] block = ascii(pattern.repeat(65_536 / pattern.length() + 2));
      InputStream blocks =
          new InputStream() {
            private long at;

            @Override
            public int read() {
              throw new AssertionError("bytes are read in blocks");
            }

            @Override
            public int read(byte[] target, int offset, int length) {
              int count = (int) Math.min(Math.min(length, 65_536), bytes - at);
              System.arraycopy(block, (int) (at % pattern.length()), target, offset, count);
              at += count;
              return count == 0 ? -1 : count;
            }
          };
      return new SequenceInputStream(new ByteArrayInputStream(ascii(head)), blocks);
    }
  }

  /// A row of features that ascend for ever.
  private record Ascending(String head) implements Content {

    @Override
    public String name() {
      return "endless";
    }

    @Override
    public long length() {
      return GIGABYTE;
    }

    @Override
    public InputStream open() {
      InputStream features =
          new InputStream() {
            private int next;

            @Override
            public int read() {
              throw new AssertionError("bytes are read in blocks");
            }

            @Override
            public int read(byte[] target, int offset, int length) {
              // Written from its end, with zeros before the number, and without garbage.
              if (length < TOKEN_BYTES) {
                throw new AssertionError("more room was expected, " + length + " came");
              }
              target[offset] = ' ';
              int left = next++;
              for (int i = TOKEN_BYTES - 3; i > 0; i--) {
                target[offset + i] = (byte) ('0' + left % 10);
                left /= 10;
              }
              target[offset + TOKEN_BYTES - 2] = ':';
              target[offset + TOKEN_BYTES - 1] = '1';
              return TOKEN_BYTES;
            }
          };
      return new SequenceInputStream(new ByteArrayInputStream(ascii(head)), features);
    }
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static long allocatedBy(Runnable work) {
    long before = THREADS.getCurrentThreadAllocatedBytes();
    work.run();
    return THREADS.getCurrentThreadAllocatedBytes() - before;
  }

  private static void refuses(Content content, long mebibytes, String message) {
    ThrowingCallable reading =
        () -> {
          try (ExampleReader reader = XcSource.open(content, DataOptions.strict()).open()) {
            Batch batch = new Batch();
            while (reader.read(batch, 1) > 0) {
              batch.clear();
            }
          }
        };
    long allocated =
        allocatedBy(() ->
            assertThatThrownBy(reading)
                .isInstanceOf(MalformedDataException.class)
                .hasMessage("endless:" + message));
    assertThat(allocated).isLessThan(mebibytes << 20);
  }

  private static void refusesLine(String begin, String pattern, String message) {
    refuses(new Endless("1 10 5\n" + begin, pattern, GIGABYTE), 8, "2:" + message);
  }

  @Test
  void refusesALineWithoutEnd() {
    String ones = ", '111111111111111111111111...' came";
    refuses(
        new Endless("", "x", GIGABYTE),
        8,
        "1:1: a label was expected, 'xxxxxxxxxxxxxxxxxxxxxxxx...' came");
    refusesLine("", "1", "1: a label was expected" + ones);
    refusesLine("1 ", "1", "3: a feature was expected" + ones);
    refusesLine("1 1:", "1", "5: a number of at most 1024 characters was expected" + ones);
    refusesLine("", "1,", "3: each label once was expected, one came twice");
    refusesLine("", "2,1,", "11: at most 5 labels were expected, more came");
    refusesLine("1", " 1:1", "7: each feature once was expected, one came twice");
    refusesLine("1", " 2:1 1:1", "43: at most 10 features were expected, more came");
  }

  @Test
  void readsALineOfNothingButSpaces() {
    Content content = new Endless("2 10 5\n1 5:1", " ", 1L << 27);
    refuses(content, 8, "2:134217734: 2 examples were expected, as the header says, 1 came");
  }

  @Test
  void refusesAnExampleBeyondTheLimitOnEntries() {
    refuses(
        new Ascending("1 2147483647 5\n1"),
        128,
        "2:50331651: at most 4194304 features were expected, more came");
  }

  @Test
  void reservesNothingForWhatAHeaderClaims() {
    String text = "1 2147483647 2147483647\n2147483646 2147483646:1\n";
    Content content = new TestContent("claims", ascii(text));
    long allocated =
        allocatedBy(() -> {
          ExampleSource source = XcSource.open(content, DataOptions.strict());
          Examples examples = Examples.load(source, 1 << 20, Path.of("never made"));
          assertThat(examples.summary().exampleCount()).isEqualTo(1);
          assertThat(examples.summary().labelFrequencies().of(2147483646)).isEqualTo(1);
        });
    assertThat(allocated).isLessThan(64 << 20);
  }

  @Test
  void stopsABombBeforeItGrows() {
    byte[] packed = TestContent.gzip(ascii("1 1:1\n".repeat(20_000_000)));
    assertThat(packed.length).isLessThan(1 << 20);
    long allocated =
        allocatedBy(() ->
            assertThatThrownBy(
                    () -> XcSource.open(new TestContent("b", packed), DataOptions.strict()))
                .isInstanceOf(MalformedDataException.class)
                .hasMessageContaining("at most 100 unpacked bytes for each packed one"));
    assertThat(allocated).isLessThan(4 << 20);
  }

  /// What the second pass over a file allocates does not grow with its examples.
  @Test
  void allocatesNothingPerExample() {
    StringBuilder text = new StringBuilder("60000 500 20\n");
    for (int i = 0; i < 60_000; i++) {
      text.append(i % 20).append(" 1:0.5 7:1 100:1e-3 3:2.25 499:0.123456\n");
    }
    Content content = new TestContent("a", ascii(text.toString()));
    XcSource source = XcSource.open(content, DataOptions.strict());
    MemoryExamples memory =
        (MemoryExamples) Examples.load(source, Long.MAX_VALUE, Path.of("never made"));
    Batch batch = new Batch(64, 1_000);
    assertThat(allocatedByAPass(source::open, batch)).isLessThan(1 << 20);
    assertThat(allocatedByAPass(memory::inOrder, batch)).isLessThan(1 << 16);
    assertThat(allocatedByAPass(() -> memory.shuffled(3, 0), batch)).isLessThan(1 << 16);
    assertThat(allocatedByAPass(memory.holdOut(0.5, 1).training()::inOrder, batch))
        .isLessThan(1 << 16);
  }

  private static long allocatedByAPass(Supplier<ExampleReader> reader, Batch batch) {
    long allocated = 0;
    for (int pass = 0; pass < 3; pass++) {
      allocated =
          allocatedBy(() -> {
            try (ExampleReader examples = reader.get()) {
              while (examples.read(batch, 64) > 0) {
                batch.clear();
              }
            }
          });
    }
    return allocated;
  }
}
