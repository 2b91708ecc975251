package org.fovea.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.fovea.MalformedDataException;
import org.junit.jupiter.api.Test;

class DocumentReaderTest {

  private static List<String> lines(byte[] bytes) {
    List<String> lines = new ArrayList<>();
    StringBuilder open = new StringBuilder();
    Documents batch = new Documents();
    try (DocumentReader reader =
        new DocumentReader(new ByteArrayInputStream(bytes), "text", false)) {
      while (reader.read(batch)) {
        for (int d = 0; d < batch.count(); d++) {
          String line = new String(batch.text(), batch.start(d), batch.length(d));
          assertThat(batch.number(d)).isEqualTo(lines.size());
          if (batch.isPart()) {
            assertThat(batch.offset()).isEqualTo(open.length());
          }
          open.append(line);
          if (!batch.isPart() || batch.isLastPart) {
            lines.add(open.toString());
            open.setLength(0);
          }
        }
      }
      assertThat(reader.documentCount()).isEqualTo(lines.size());
      assertThat(reader.byteCount()).isEqualTo(bytes.length);
    }
    return lines;
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void readsLinesOfEveryEnd() {
    assertThat(lines(utf8("\ufeffa\r\n\nb\rc\n\r\nlast")))
        .containsExactly("a", "", "b\rc", "", "last");
    assertThat(lines(utf8("a\n"))).containsExactly("a");
    assertThat(lines(utf8("\n"))).containsExactly("");
    assertThat(lines(new byte[0])).isEmpty();
  }

  @Test
  void readsRandomLinesAsTheyAre() {
    SplittableRandom random = new SplittableRandom(7);
    for (int round = 0; round < 20; round++) {
      StringBuilder text = new StringBuilder();
      int length = random.nextInt(300_000);
      while (text.length() < length) {
        int kind = random.nextInt(100);
        text.appendCodePoint(
            kind == 0 ? '\n' : kind < 5 ? 0x1f600 : kind < 20 ? 0xe9 : kind < 30 ? ' ' : 'x');
      }
      List<String> expected = new ArrayList<>(List.of(text.toString().split("\n", -1)));
      if (expected.getLast().isEmpty()) {
        expected.removeLast();
      }
      assertThat(lines(utf8(text.toString()))).isEqualTo(expected);
    }
  }

  @Test
  void replacesWhatIsNoUtf8AsTheDecoderOfJavaDoes() {
    SplittableRandom random = new SplittableRandom(3);
    for (int round = 0; round < 300; round++) {
      byte[] bytes = new byte[random.nextInt(40)];
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] = (byte) (random.nextBoolean() ? 'a' : 0x80 | random.nextInt(128));
      }
      String expected = new String(bytes, StandardCharsets.UTF_8);
      List<String> lines = lines(bytes);
      assertThat(String.join("", lines)).isEqualTo(expected);
    }
  }

  @Test
  void saysWhereUtf8Ends() {
    byte[] bytes = {'a', '\n', 'b', (byte) 0xff, 'c'};
    Documents batch = new Documents();
    try (DocumentReader reader =
        new DocumentReader(new ByteArrayInputStream(bytes), "some.txt", true)) {
      assertThatThrownBy(() -> reader.read(batch))
          .isInstanceOf(MalformedDataException.class)
          .hasMessage("some.txt:2:2: UTF-8 was expected, other bytes came");
    }
    try (DocumentReader reader =
        new DocumentReader(new ByteArrayInputStream(bytes), "some.txt", false)) {
      assertThat(reader.read(batch)).isTrue();
      assertThat(reader.replacedCount()).isEqualTo(1);
      assertThat(reader.firstReplaced()).contains(new Place("some.txt", 2, 2));
    }
  }

  @Test
  void cutsLongLinesAtSpacesAndNeverWithinALetter() {
    String line = "word ".repeat(500_000) + "😀".repeat(1_200_000) + " end";
    assertThat(lines(utf8("first\n" + line + "\nlast"))).containsExactly("first", line, "last");
  }

  @Test
  void holdsAHundredMegabytesInOneLineInLittleMemory() {
    long length = 100_000_000;
    InputStream endless =
        new InputStream() {
          private long given;

          @Override
          public int read() {
            return given++ < length ? 'x' : -1;
          }

          @Override
          public int read(byte[] target, int from, int count) {
            if (given >= length) {
              return -1;
            }
            int some = (int) Math.min(count, length - given);
            Arrays.fill(target, from, from + some, (byte) (given % 7 == 0 ? ' ' : 'x'));
            given += some;
            return some;
          }
        };
    Documents batch = new Documents();
    long read = 0;
    try (DocumentReader reader = new DocumentReader(endless, "line", false)) {
      while (reader.read(batch)) {
        read += batch.length(0);
        assertThat(batch.text().length).isLessThan(8 << 20);
      }
    }
    assertThat(read).isEqualTo(length);
  }
}
