package org.fovea.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.fovea.testkit.Seeds;
import org.junit.jupiter.api.Test;

class LabelFrequenciesTest {

  @Test
  void countsLikeAnArray() {
    Seeds.repeat(
        50,
        random -> {
          int labels = 1 + random.nextInt(6_000);
          long[] expected = new long[labels];
          LabelFrequencies frequencies = new LabelFrequencies(labels);
          for (int i = random.nextInt(300); i > 0; i--) {
            int label = random.nextInt(labels);
            expected[label]++;
            frequencies.add(label);
          }
          assertThat(frequencies.toArray()).isEqualTo(expected);
          assertThat(frequencies.labelCount()).isEqualTo(labels);
          for (int label = 0; label < labels; label++) {
            assertThat(frequencies.of(label)).isEqualTo(expected[label]);
          }
          LabelFrequencies equal = LabelFrequencies.fromArray(expected);
          assertThat(equal.toArray()).isEqualTo(expected);
          frequencies.add(labels - 1);
          assertThat(equal).isNotEqualTo(frequencies);
          equal.add(labels - 1);
          assertThat(equal).isEqualTo(frequencies).hasSameHashCodeAs(frequencies);
        });
  }

  @Test
  void takesLittleMemoryForManyLabels() {
    LabelFrequencies frequencies = new LabelFrequencies(Integer.MAX_VALUE);
    frequencies.add(5);
    assertThat(frequencies.of(Integer.MAX_VALUE - 1)).isZero();
    frequencies.add(Integer.MAX_VALUE - 1);
    assertThat(frequencies.of(Integer.MAX_VALUE - 1)).isEqualTo(1);
    assertThat(frequencies.of(5)).isEqualTo(1);
    assertThat(frequencies).hasToString("LabelFrequencies[labelCount=2147483647]");
  }

  @Test
  void isEqualOnlyToTheSameFrequencies() {
    assertThat(LabelFrequencies.fromArray(1, 0)).isNotEqualTo(LabelFrequencies.fromArray(1));
    assertThat(LabelFrequencies.fromArray(1, 0)).isNotEqualTo(LabelFrequencies.fromArray(0, 1));
    assertThat(LabelFrequencies.fromArray(0)).isNotEqualTo("0");
  }

  @Test
  void refusesLabelsThatAreNone() {
    LabelFrequencies frequencies = LabelFrequencies.fromArray(1, 2);
    assertThatThrownBy(() -> frequencies.of(2)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> frequencies.of(-1)).isInstanceOf(IndexOutOfBoundsException.class);
  }
}
