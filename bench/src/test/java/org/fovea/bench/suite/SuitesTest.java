package org.fovea.bench.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.fovea.bench.run.Cell;
import org.fovea.bench.run.Settings;
import org.fovea.bench.run.Suite;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SuitesTest {

  @TempDir Path folder;

  private static List<Suite> suites() {
    return Suites.all();
  }

  private static Settings settings(boolean quick, boolean peers) {
    return new Settings(
        "out", "data", "", "", "missing", quick, peers, quick ? 1 : 3, 5, 2, 120, Map.of());
  }

  @ParameterizedTest
  @MethodSource("suites")
  void namesEveryCellOnceAndSoThatItCanBeAFile(Suite suite) {
    for (boolean quick : List.of(true, false)) {
      List<String> ids = suite.cells(settings(quick, true)).stream().map(Cell::id).toList();
      assertThat(ids).isNotEmpty().doesNotHaveDuplicates();
      assertThat(ids).allMatch(id -> id.matches("[a-z0-9.-]+"));
    }
  }

  @ParameterizedTest
  @MethodSource("suites")
  void drawsTablesBeforeAnythingIsMeasured(Suite suite) {
    assertThat(suite.render(List.of())).isNotNull();
    suite.draw(List.of(), folder);
    assertThat(folder).isEmptyDirectory();
  }

  @ParameterizedTest
  @MethodSource("suites")
  void findsASuiteByItsName(Suite suite) {
    assertThat(Suites.of(suite.name())).isSameAs(suite);
  }

  @Test
  void saysWhichSuitesThereAre() {
    assertThatThrownBy(() -> Suites.of("sped")).hasMessageContaining("speed");
  }

  @Test
  void countsOnlyTheTimeInWhichAllProcessesTrain() {
    List<double[]> early =
        List.of(new double[] {0, 0}, new double[] {1000, 100}, new double[] {2000, 400});
    List<double[]> late = List.of(new double[] {1000, 0}, new double[] {3000, 1000});
    // from 1000 to 2000: 300 and 500 examples in a second
    assertThat(ThreadsSuite.together(List.of(early, late))).isCloseTo(800, within(1e-9));
  }
}
