package org.fovea.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlaceSketchTest {

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 10, 300, 2_000, 5_000, 9_000, 40_000, 1_000_000})
  void countsDifferentPlacesWithinFiveStandardErrors(int count) {
    PlaceSketch sketch = PlaceSketch.empty();
    for (int round = 0; round < 2; round++) {
      for (long place = 0; place < count; place++) {
        sketch.add(place * 97);
      }
    }
    assertThat(Math.abs(sketch.estimate() - count)).isLessThanOrEqualTo(5 * 0.023 * count);
  }

  @Test
  void isAsGoodOnAverageAsItSays() {
    SplittableRandom random = new SplittableRandom(5);
    double bias = 0;
    double squares = 0;
    int rounds = 200;
    for (int round = 0; round < rounds; round++) {
      PlaceSketch sketch = PlaceSketch.empty();
      for (int i = 0; i < 6_000; i++) {
        sketch.add(random.nextLong());
      }
      double error = sketch.estimate() / 6_000 - 1;
      bias += error / rounds;
      squares += error * error / rounds;
    }
    assertThat(Math.abs(bias)).isLessThan(0.006);
    assertThat(Math.sqrt(squares)).isLessThan(0.026);
  }

  @Test
  void mergesToTheSketchOfAllPlaces() {
    PlaceSketch even = PlaceSketch.empty();
    PlaceSketch odd = PlaceSketch.empty();
    PlaceSketch all = PlaceSketch.empty();
    for (long place = 0; place < 10_000; place++) {
      (place % 2 == 0 ? even : odd).add(place);
      all.add(place);
    }
    even.merge(odd);
    assertThat(even.registers()).isEqualTo(all.registers());
  }

  @Test
  void refusesWhatAreNoRegisters() {
    assertThatThrownBy(() -> PlaceSketch.of(new byte[7])).hasMessageContaining("2048 registers");
    byte[] wrong = new byte[PlaceSketch.BYTES];
    wrong[3] = 60;
    assertThatThrownBy(() -> PlaceSketch.of(wrong)).hasMessageContaining("0 to 54, not 60");
  }
}
