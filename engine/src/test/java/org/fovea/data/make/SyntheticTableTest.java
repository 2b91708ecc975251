package org.fovea.data.make;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.fovea.data.Batch;
import org.fovea.data.CsvSource;
import org.fovea.data.DataOptions;
import org.fovea.data.ExampleReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SyntheticTableTest {

  private static final int ROWS = 4_000;
  private static final int COLUMNS = 40;
  private static final double EFFECT = 1.5;

  @TempDir private Path folder;

  private Made make(long seed) {
    return SyntheticTable.make(
        new SyntheticTable.Options(ROWS, 10, COLUMNS, 7, 2, EFFECT, seed), folder, Progress.NONE);
  }

  @Test
  void differsBetweenClassesInItsMarkersAndNowhereElse() {
    CsvSource source = CsvSource.open(make(3).train(), DataOptions.strict());
    List<String> names = source.names().features();
    assertThat(names.stream().filter(name -> name.startsWith("marker-"))).hasSize(7);
    double[][] sums = new double[2][COLUMNS];
    double[][] squares = new double[2][COLUMNS];
    int[] counts = new int[2];
    Batch batch = new Batch();
    try (ExampleReader reader = source.open()) {
      assertThat(reader.read(batch, ROWS + 1)).isEqualTo(ROWS);
    }
    for (int e = 0; e < ROWS; e++) {
      int kind = batch.labels()[e];
      counts[kind]++;
      for (int i = batch.featureOffsets()[e]; i < batch.featureOffsets()[e + 1]; i++) {
        double value = batch.values()[i];
        sums[kind][batch.features()[i]] += value;
        squares[kind][batch.features()[i]] += value * value;
      }
    }
    assertThat(counts[0]).isBetween(ROWS / 2 - 200, ROWS / 2 + 200);
    for (int c = 0; c < COLUMNS; c++) {
      double one = sums[0][c] / counts[0];
      double two = sums[1][c] / counts[1];
      double deviation = Math.sqrt(squares[0][c] / counts[0] - one * one);
      double apart = Math.abs(one - two) / deviation;
      // the means of 2,000 rows are within 0.022 deviations each
      double expected = names.get(c).startsWith("marker-") ? EFFECT : 0;
      assertThat(apart).as(names.get(c)).isBetween(expected - 0.2, expected + 0.2);
    }
  }

  @Test
  void isTheSameForTheSameSeedOnly() throws IOException {
    byte[] first = Files.readAllBytes(make(5).train());
    assertThat(Files.readAllBytes(make(5).train())).isEqualTo(first);
    assertThat(Files.readAllBytes(make(6).train())).isNotEqualTo(first);
  }
}
