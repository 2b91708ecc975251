package org.fovea.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SizesTest {

  @ParameterizedTest
  @CsvSource({"17, 17", "2k, 2048", "3M, 3145728", "4g, 4294967296", "1gb, 1073741824", "0, 0"})
  void readsBytes(String text, long bytes) {
    assertThat(Sizes.parseBytes("--x", text)).isEqualTo(bytes);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "g", "-1", "1.5g", "1x", "999999999999999t"})
  void refusesWhatIsNoNumberOfBytes(String text) {
    assertThatThrownBy(() -> Sizes.parseBytes("--x", text))
        .isInstanceOf(UsageException.class)
        .hasMessageStartingWith("--x: ");
  }

  @ParameterizedTest
  @CsvSource({"30s, 30", "10m, 600", "2h, 7200"})
  void readsDurations(String text, long seconds) {
    assertThat(Sizes.parseDuration("--x", text)).isEqualTo(Duration.ofSeconds(seconds));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0s", "10", "5d", "-3m"})
  void refusesWhatIsNoDuration(String text) {
    assertThatThrownBy(() -> Sizes.parseDuration("--x", text)).isInstanceOf(UsageException.class);
  }

  @Test
  void writesSizesForPeople() {
    assertThat(Sizes.bytes(1000)).isEqualTo("1000 bytes");
    assertThat(Sizes.bytes(1536)).isEqualTo("1.5 kB");
    assertThat(Sizes.bytes(3L << 40)).isEqualTo("3.0 TB");
    assertThat(Sizes.count(1234567)).isEqualTo("1,234,567");
    assertThat(Sizes.duration(Duration.ofMillis(4250))).isEqualTo("4.3 s");
    assertThat(Sizes.duration(Duration.ofSeconds(3725))).isEqualTo("1 h 2 min");
  }
}
