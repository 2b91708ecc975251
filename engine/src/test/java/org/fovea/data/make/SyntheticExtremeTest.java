package org.fovea.data.make;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.fovea.network.TopK;
import org.fovea.training.metric.MeasureAccumulator;
import org.fovea.training.metric.MeasureSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SyntheticExtremeTest {

  private static final SyntheticExtreme.Options TINY =
      new SyntheticExtreme.Options(2_000, 300, 3_000, 500, 40, 1);

  @TempDir private Path folder;

  @Test
  void givesTheSameBytesForTheSameSeedOnly() throws IOException {
    Made one = make(TINY, "one");
    Made again = make(TINY, "again");
    Made other = make(new SyntheticExtreme.Options(2_000, 300, 3_000, 500, 40, 2), "other");

    assertThat(MadeData.sameBytes(one, again)).isTrue();
    assertThat(MadeData.sameBytes(one, other)).isFalse();
  }

  @Test
  void makesTheSizesAskedFor() {
    MadeData data = MadeData.read(make(TINY, "sizes"));

    assertThat(data.train()).hasSize(2_000);
    assertThat(data.test()).hasSize(300);
    assertThat(data.made().featureCount()).isEqualTo(3_000);
    assertThat(data.made().labelCount()).isEqualTo(500);
    assertThat(data.made().names()).isEmpty();
    assertThat(data.rows())
        .allSatisfy(row -> {
          assertThat(row.labels()).hasSizeBetween(1, 5);
          assertThat(row.features().values().stream().mapToDouble(value -> value * value).sum())
              .isCloseTo(1, within(0.01));
        });
  }

  @Test
  void beginsAlikeHoweverManyExamplesFollow() {
    MadeData shorter = MadeData.read(make(TINY, "shorter"));
    MadeData longer =
        MadeData.read(make(new SyntheticExtreme.Options(2_500, 400, 3_000, 500, 40, 1), "longer"));

    assertThat(longer.train().subList(0, 2_000)).isEqualTo(shorter.train());
    assertThat(longer.test().subList(0, 300)).isEqualTo(shorter.test());
  }

  /// The figures are those of the numpy script whose distributions this follows, at the same size.
  @Test
  void hasTheStatisticsOfItsModel() {
    MadeData data =
        MadeData.read(
            make(new SyntheticExtreme.Options(5_000, 1, 30_000, 20_000, 62, 1), "statistics"));
    int[] labelCounts = new int[20_000];
    data.train().forEach(row -> row.labels().forEach(label -> labelCounts[label]++));
    Arrays.sort(labelCounts);

    assertThat(data.train().stream().mapToInt(row -> row.features().size()).average().orElseThrow())
        .isCloseTo(53.4, within(1.0));
    assertThat(data.train().stream().mapToInt(row -> row.labels().size()).average().orElseThrow())
        .isCloseTo(2.376, within(0.05));
    assertThat(labelCounts[20_000 - 1]).isBetween(38, 72);
    assertThat(labelCounts[20_000 - 101]).isBetween(8, 12);
    assertThat(Arrays.stream(labelCounts).filter(count -> count == 0).count() / 20_000.0)
        .isCloseTo(0.670, within(0.01));
  }

  @Test
  void canBeLearnt() {
    MadeData data = MadeData.read(make(TINY, "learnt"));
    float[][] centroids = new float[500][3_000];
    for (MadeData.Row row : data.train()) {
      for (int label : row.labels()) {
        row.features().forEach((feature, value) -> centroids[label][feature] += value);
      }
    }
    MeasureAccumulator accumulator = new MeasureAccumulator(MeasureSpec.at(1));
    for (MadeData.Row row : data.test()) {
      TopK best = new TopK(1);
      for (int label = 0; label < centroids.length; label++) {
        best.offer(label, cosine(row, centroids[label]));
      }
      best.rank();
      int[] labels = row.labels().stream().mapToInt(Integer::intValue).toArray();
      accumulator.add(best, labels, 0, labels.length);
    }

    assertThat(accumulator.measures().value("P@1")).isGreaterThan(0.7);
  }

  @Test
  void worksAtTheSmallestSizes() {
    MadeData data = MadeData.read(make(new SyntheticExtreme.Options(3, 1, 1, 1, 1, 9), "least"));

    assertThat(data.rows())
        .isEqualTo(
            List.of(
                data.test().get(0), data.test().get(0), data.test().get(0), data.test().get(0)));
  }

  @Test
  void refusesImpossibleSizes() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SyntheticExtreme.Options(0, 5, 1, 1, 1, 1))
        .withMessage("train and test must be positive, not 0 and 5");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SyntheticExtreme.Options(5, 5, 1, -1, 1, 1))
        .withMessage("features and labels must be positive, not 1 and -1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SyntheticExtreme.Options(5, 5, 1, 1, 0, 1))
        .withMessage("nnz must be from 1 to 100000, not 0");
  }

  private Made make(SyntheticExtreme.Options options, String name) {
    return SyntheticExtreme.make(options, folder.resolve(name), Progress.NONE);
  }

  private static float cosine(MadeData.Row row, float[] vector) {
    double squares = 1e-9;
    for (float value : vector) {
      squares += value * value;
    }
    double product =
        row.features().entrySet().stream()
            .mapToDouble(entry -> entry.getValue() * vector[entry.getKey()])
            .sum();
    return (float) (product / Math.sqrt(squares));
  }
}
