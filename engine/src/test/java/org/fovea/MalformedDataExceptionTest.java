package org.fovea;

import static org.assertj.core.api.Assertions.assertThat;

import org.fovea.MalformedDataException.Position;
import org.junit.jupiter.api.Test;

class MalformedDataExceptionTest {

  @Test
  void namesFileLineColumnAndReason() {
    MalformedDataException text =
        new MalformedDataException("train.txt", 7, 12, "a ':' was expected, a space came");
    assertThat(text).hasMessage("train.txt:7:12: a ':' was expected, a space came");
    assertThat(text.file()).isEqualTo("train.txt");
    assertThat(text.position()).isEqualTo(new Position.Text(7, 12));
    assertThat(text.reason()).isEqualTo("a ':' was expected, a space came");
  }

  @Test
  void namesFileOffsetAndReason() {
    MalformedDataException bytes =
        new MalformedDataException("m.bin", 1L << 40, "1 was expected, 2 came");
    assertThat(bytes).hasMessage("m.bin:offset 1099511627776: 1 was expected, 2 came");
    assertThat(bytes.position()).isEqualTo(new Position.Bytes(1L << 40));
  }

  @Test
  void keepsTheMessageOneLineOfPrintableCharacters() {
    assertThat(new MalformedDataException("a\nb", 1, 1, "x\r\u0007\u2028\u009b came"))
        .hasMessage("a\\u000ab:1:1: x\\u000d\\u0007\\u2028\\u009b came");
  }

  @Test
  void remembersWhatLedToIt() {
    Exception cause = new IllegalStateException("deeper");
    assertThat(new MalformedDataException("a", 0, "b").because(cause)).hasCause(cause);
  }
}
