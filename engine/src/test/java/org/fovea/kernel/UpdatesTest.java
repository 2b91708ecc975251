package org.fovea.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.fovea.kernel.Cases.SCALAR;
import static org.fovea.kernel.Cases.VECTOR;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.fovea.testkit.Seeds;
import org.junit.jupiter.api.Test;

class UpdatesTest {

  private static final float RATE = 0.01f;
  private static final float EPSILON = 1e-6f;

  /// What flushing to zero may change.
  private static final double FLUSHED = 2.0 * Subnormals.THRESHOLD;

  private static final Step[] STEPS = {
    new Step(
        (kernels, row, n) -> kernels.descend(row.w, row.wFrom, row.g, row.gFrom, n, RATE),
        (m, root, g) -> g),
    new Step(
        (kernels, row, n) ->
            kernels.momentum(row.w, row.m, row.wFrom, row.g, row.gFrom, n, RATE, 0.9f, false),
        (m, root, g) -> m + g),
    new Step(
        (kernels, row, n) ->
            kernels.momentum(row.w, row.m, row.wFrom, row.g, row.gFrom, n, RATE, 0.9f, true),
        (m, root, g) -> m + 2 * g),
    new Step(
        (kernels, row, n) ->
            kernels.adagrad(row.w, row.v, row.wFrom, row.g, row.gFrom, n, RATE, EPSILON),
        (m, root, g) -> g / root),
    new Step(
        (kernels, row, n) ->
            kernels.adam(
                row.w, row.m, row.v, row.wFrom, row.g, row.gFrom, n, RATE, 0.9f, 0.999f, EPSILON),
        (m, root, g) -> (m + g) / root)
  };

  @Test
  void stepsAgreeForAllSizesAndOffsets() {
    Seeds.once(random -> {
      for (Step step : STEPS) {
        for (int size : Cases.sizes()) {
          for (int offset : Cases.offsets()) {
            compare(step, Row.random(random, offset, size), size);
          }
        }
      }
    });
  }

  @Test
  void specialNumbersGoTheSameWay() {
    Seeds.repeat(
        2000,
        random -> {
          for (Step step : STEPS) {
            int size = random.nextInt(1, 60);
            Row row = Row.random(random, random.nextInt(4), size);
            Cases.sprinkle(random, row.w, row.wFrom, row.wFrom + size, random.nextInt(3));
            Cases.sprinkle(random, row.m, row.wFrom, row.wFrom + size, random.nextInt(3));
            Cases.sprinkle(random, row.g, row.gFrom, row.gFrom + size, random.nextInt(3));
            compare(step, row, size);
          }
        });
  }

  @Test
  void momentsThatDecayBecomeZeroAndNeverSubnormal() {
    for (Kernels kernels : new Kernels[] {SCALAR, VECTOR}) {
      int n = 37;
      float[] w = new float[n];
      float[] m = new float[n];
      float[] v = new float[n];
      float[] g = new float[n];
      Arrays.fill(m, 1e-20f);
      Arrays.fill(v, 1e-25f);
      Arrays.fill(w, 1e-31f);
      for (int step = 0; step < 2000; step++) {
        kernels.adam(w, m, v, 0, g, 0, n, 0f, 0.9f, 0.99f, 1e-8f);
        for (int i = 0; i < n; i++) {
          assertThat(m[i] == 0f || Math.abs(m[i]) >= Subnormals.THRESHOLD).isTrue();
          assertThat(v[i] == 0f || Math.abs(v[i]) >= Subnormals.THRESHOLD).isTrue();
        }
      }
      assertThat(m).containsOnly(0f);
      assertThat(v).containsOnly(0f);
      assertThat(w).containsOnly(0f);
    }
  }

  @Test
  void adamWithFoldedCorrectionsIsAdamAsPublished() {
    double w = 0.5;
    double m = 0;
    double v = 0;
    float[] weight = {0.5f};
    float[] mean = {0f};
    float[] square = {0f};
    for (int t = 1; t <= 50; t++) {
      double g = Math.sin(t);
      m = 0.9 * m + 0.1 * g;
      v = 0.999 * v + 0.001 * g * g;
      double correction1 = 1 - Math.pow(0.9, t);
      double correction2 = Math.sqrt(1 - Math.pow(0.999, t));
      w -= 0.01 * (m / correction1) / (Math.sqrt(v) / correction2 + 1e-8);
      SCALAR.adam(
          weight,
          mean,
          square,
          0,
          new float[] {(float) g},
          0,
          1,
          (float) (0.01 * correction2 / correction1),
          0.9f,
          0.999f,
          (float) (1e-8 * correction2));
      assertThat((double) weight[0]).isBetween(w - 1e-5, w + 1e-5);
    }
  }

  private static void compare(Step step, Row row, int n) {
    Row expected = row.copy();
    step.action.run(SCALAR, expected, n);
    Row actual = row.copy();
    step.action.run(VECTOR, actual, n);
    Row magnitudes = row.magnitudes(expected, step.size, n);
    int from = row.wFrom;
    Cases.assertSame(actual.w, expected.w, from, from + n, magnitudes.w, 8, FLUSHED);
    Cases.assertSame(actual.m, expected.m, from, from + n, magnitudes.m, 4, FLUSHED);
    Cases.assertSame(actual.v, expected.v, from, from + n, magnitudes.v, 4, FLUSHED);
    assertThat(actual.g).isEqualTo(row.g);
  }

  /// An optimizer's step, and how far it moves a weight at a rate of one.
  private record Step(Action action, Size size) {}

  private interface Action {
    void run(Kernels kernels, Row row, int n);
  }

  private interface Size {
    double of(double mean, double root, double gradient);
  }

  /// Weights, moments and gradients of a row.
  private record Row(float[] w, float[] m, float[] v, int wFrom, float[] g, int gFrom) {

    static Row random(SplittableRandom random, int offset, int n) {
      return new Row(
          Cases.numbers(random, offset, n),
          Cases.numbers(random, offset, n),
          Cases.positives(random, offset, n),
          offset,
          Cases.numbers(random, 1, n),
          1);
    }

    Row copy() {
      return new Row(w.clone(), m.clone(), v.clone(), wFrom, g.clone(), gFrom);
    }

    /// Sums of the absolute values of the terms of each result.
    Row magnitudes(Row after, Size size, int n) {
      Row sums = copy();
      for (int i = 0; i < n; i++) {
        int p = wFrom + i;
        double gradient = Math.abs((double) g[gFrom + i]);
        double mean = Math.abs((double) m[p]);
        double root = Math.sqrt(after.v[p]) + EPSILON;
        sums.w[p] = (float) (Math.abs((double) w[p]) + RATE * size.of(mean, root, gradient));
        sums.m[p] = (float) (mean + gradient);
        sums.v[p] = (float) (Math.abs((double) v[p]) + gradient * gradient);
      }
      return sums;
    }
  }
}
