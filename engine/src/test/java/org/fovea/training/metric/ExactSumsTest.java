package org.fovea.training.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import org.fovea.testkit.Seeds;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExactSumsTest {

  @Test
  void agreesWithUnlimitedPrecision() {
    Seeds.repeat(
        5,
        random -> {
          ExactSums sums = new ExactSums(2);
          BigDecimal exact = BigDecimal.ZERO;
          for (int count = 0; count < 10_000; count++) {
            double number = random.nextDouble() * (count % 5 == 0 ? 1e6 : 1e-3);
            sums.add(1, number);
            exact = exact.add(new BigDecimal(number));
          }
          double expected = exact.doubleValue();

          assertThat(sums.sum(1)).isCloseTo(expected, within(Math.ulp(expected)));
          assertThat(sums.sum(0)).isZero();
        });
  }

  @Test
  void carriesFractionsIntoTheWhole() {
    ExactSums sums = new ExactSums(1);
    for (int count = 0; count < 1_000; count++) {
      sums.add(0, 0.75);
    }

    assertThat(sums.sum(0)).isEqualTo(750.0);
  }

  @ParameterizedTest
  @ValueSource(doubles = {-1e-9, 0x1p31 + 1, Double.NaN, Double.POSITIVE_INFINITY})
  void refusesWhatItCannotHold(double number) {
    assertThatIllegalArgumentException().isThrownBy(() -> new ExactSums(1).add(0, number));
  }
}
