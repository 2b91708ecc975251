package org.fovea.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.fovea.testkit.Seeds;
import org.junit.jupiter.api.Test;

class DensitiesTest {

  private static final Densities.Shape FIRST = Densities.Shape.of(3072, 1024);
  private static final Densities.Shape SECOND = Densities.Shape.of(1024, 1024);
  private static final Densities.Shape LAST = Densities.Shape.of(1024, 10);

  /// Frozen values of the Nerva manual, which gives what is left of densities when connections are
  /// whole numbers.
  @Test
  void equalsThePublishedFixedPoint() {
    double[] densities = Densities.overall(0.05, List.of(FIRST, SECOND, LAST), 0, 0);
    assertThat(whole(densities[0], FIRST)).isEqualTo(133_325);
    assertThat(whole(densities[1], SECOND)).isEqualTo(66_662);
    assertThat(whole(densities[2], LAST)).isEqualTo(10_240);
    assertThat(whole(densities[0], FIRST) / FIRST.places()).isCloseTo(0.042382877, within(1e-9));
    assertThat(whole(densities[1], SECOND) / SECOND.places()).isCloseTo(0.06357384, within(1e-8));
    assertThat(densities[2]).isEqualTo(1);
  }

  private static double whole(double density, Densities.Shape shape) {
    return Math.rint(density * shape.places());
  }

  @Test
  void aLayerThatIsDenseAnywayMayAsWellBeFixed() {
    double[] free = Densities.overall(0.05, List.of(FIRST, SECOND, LAST), 0, 0);
    double[] fixed = Densities.overall(0.05, List.of(FIRST, SECOND), 10_240, 10_240);
    assertThat(fixed).containsExactly(new double[] {free[0], free[1]}, within(1e-12));
  }

  @Test
  void meetsTheBudgetAndProportions() {
    Seeds.repeat(
        500,
        random -> {
          double density = 0.001 + 0.999 * random.nextDouble();
          List<Densities.Shape> shapes = new ArrayList<>();
          double places = 0;
          for (int i = 1 + random.nextInt(6); i > 0; i--) {
            shapes.add(Densities.Shape.of(1 + random.nextInt(5000), 1 + random.nextInt(500)));
            places += shapes.getLast().places();
          }
          double[] densities = Densities.overall(density, shapes, 0, 0);
          double connections = 0;
          double epsilon = Double.NaN;
          for (int i = 0; i < densities.length; i++) {
            connections += densities[i] * shapes.get(i).places();
            assertThat(densities[i]).isBetween(0.0, 1.0);
            if (densities[i] < 1) {
              double own = densities[i] / shapes.get(i).raw();
              epsilon = Double.isNaN(epsilon) ? own : epsilon;
              assertThat(own).isCloseTo(epsilon, within(1e-9 * epsilon));
            }
          }
          assertThat(connections).isCloseTo(density * places, within(1e-6 * places));
        });
  }

  @Test
  void refusesWhatCannotBeMet() {
    assertThatThrownBy(
            () -> Densities.overall(0.01, List.of(Densities.Shape.of(100, 100)), 5_000, 5_000))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("an overall density of 0.01 cannot be met");
  }

  @Test
  void countsErdosRenyiConnections() {
    assertThat(Densities.erdosRenyi(784, 1000, 20)).isEqualTo(35_680);
    assertThat(Densities.erdosRenyi(1000, 10, 20)).isEqualTo(10_000);
    assertThat(Densities.erdosRenyi(50_000_000, 50_000_000, 5)).isEqualTo(500_000_000);
  }
}
