package org.fovea.bench.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultsTest {

  @TempDir Path folder;

  private Path file() {
    return folder.resolve("suite.jsonl");
  }

  private static Row row(String cell, String status, double value) {
    return new Row().put("cell", cell).put(Results.STATUS, status).put("value", value);
  }

  @Test
  void keepsWhatWasMeasuredForTheNextRun() {
    Results first = Results.read(file());
    first.add(row("a", Results.OK, 1.5));
    first.add(row("b", Results.LIMIT, 2));
    Results second = Results.read(file());
    assertThat(second.rows()).extracting(row -> row.number("value")).containsExactly(1.5, 2.0);
    assertThat(second.has("a")).isTrue();
    assertThat(second.has("b")).isTrue();
    assertThat(second.has("c")).isFalse();
  }

  @Test
  void measuresFailedAndSkippedCellsAgain() {
    Results results = Results.read(file());
    results.add(row("a", Results.FAILED, 1));
    results.add(row("b", Results.SKIPPED, 1));
    assertThat(results.has("a")).isFalse();
    assertThat(results.has("b")).isFalse();
  }

  @Test
  void countsTheLastLineOfACell() {
    Results.read(file()).add(row("a", Results.FAILED, 1));
    Results.read(file()).add(row("a", Results.OK, 2));
    Results results = Results.read(file());
    assertThat(results.rows()).hasSize(1);
    assertThat(results.rows().getFirst().number("value")).isEqualTo(2);
  }

  @Test
  void readsBackWhatARowHolds() {
    Row row =
        new Row()
            .put("text", "3 and more")
            .put("digits", "12.5")
            .put("nothing", Double.NaN)
            .put("curve", List.of(new double[] {1, 2}, new double[] {3, 4}))
            .put("inner", List.of(new Row().put("how", "so").values()));
    Row read = Row.parse(row.line());
    assertThat(read.text("text")).isEqualTo("3 and more");
    assertThat(read.number("text")).isNaN();
    assertThat(read.number("digits")).isEqualTo(12.5);
    assertThat(read.has("nothing")).isFalse();
    assertThat(read.points("curve")).containsExactly(new double[] {1, 2}, new double[] {3, 4});
    assertThat(read.rows("inner").getFirst().text("how")).isEqualTo("so");
    assertThat(read.points("text")).isEmpty();
    assertThat(read.rows("text")).isEmpty();
  }
}
