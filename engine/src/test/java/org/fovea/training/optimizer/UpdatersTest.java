package org.fovea.training.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.fovea.kernel.RowMatrix;
import org.fovea.network.Parameters;
import org.fovea.network.Updater;
import org.fovea.spec.Averaging;
import org.fovea.spec.Balancing;
import org.fovea.spec.Clipping;
import org.fovea.spec.Optimizer;
import org.fovea.spec.Schedule;
import org.fovea.spec.Stopping;
import org.fovea.spec.TrainSpec;
import org.fovea.testkit.Seeds;
import org.junit.jupiter.api.Test;

/// Holds each optimizer against its formula, applied to one row in double precision.
class UpdatersTest {

  private static final float RATE = 0.1f;

  /// Steps of one row, by the book.
  private interface Formula {

    /// The new weights.
    ///
    /// @param gradients all gradients of the row so far, the present one last
    double[] step(double[] weights, List<double[]> gradients);
  }

  @Test
  void descendsTheGradient() {
    check(new Optimizer.Sgd(), (w, g) -> minus(w, g.getLast(), RATE));
  }

  @Test
  void gathersMomentum() {
    check(new Optimizer.Momentum(0.9, false), (w, g) -> minus(w, momentum(g), RATE));
  }

  @Test
  void looksAheadWithNesterov() {
    check(
        new Optimizer.Momentum(0.9, true),
        (w, g) -> minus(minus(w, g.getLast(), RATE), momentum(g), RATE * 0.9));
  }

  private static double[] momentum(List<double[]> gradients) {
    double[] m = new double[gradients.getFirst().length];
    for (double[] g : gradients) {
      for (int i = 0; i < m.length; i++) {
        m[i] = 0.9 * m[i] + g[i];
      }
    }
    return m;
  }

  @Test
  void dividesByTheRootOfSummedSquares() {
    check(
        new Optimizer.Adagrad(0.01),
        (w, gradients) -> {
          double[] next = w.clone();
          for (int i = 0; i < w.length; i++) {
            double sum = 0.01;
            for (double[] g : gradients) {
              sum += g[i] * g[i];
            }
            next[i] -= RATE * gradients.getLast()[i] / Math.sqrt(sum);
          }
          return next;
        });
  }

  @Test
  void dividesByTheRootOfTheRowsMeanSquares() {
    check(
        new Optimizer.RowAdagrad(0.01),
        (w, gradients) -> {
          double sum = 0.01;
          for (double[] g : gradients) {
            double squares = 0;
            for (double x : g) {
              squares += x * x;
            }
            sum += squares / w.length;
          }
          return minus(w, gradients.getLast(), RATE / Math.sqrt(sum));
        });
  }

  @Test
  void correctsAdamsMomentsByTheRowsOwnSteps() {
    check(
        Optimizer.Adam.defaults(),
        (w, gradients) -> {
          double[] next = w.clone();
          for (int i = 0; i < w.length; i++) {
            double m = 0;
            double v = 0;
            for (double[] g : gradients) {
              m = 0.9 * m + 0.1 * g[i];
              v = 0.999 * v + 0.001 * g[i] * g[i];
            }
            double t = gradients.size();
            double mean = m / (1 - Math.pow(0.9, t));
            double square = v / (1 - Math.pow(0.999, t));
            next[i] -= RATE * mean / (Math.sqrt(square) + 1e-8);
          }
          return next;
        });
  }

  private static void check(Optimizer optimizer, Formula formula) {
    Seeds.repeat(
        20,
        random -> {
          int columns = 1 + random.nextInt(40);
          RowMatrix matrix = randomMatrix(3, columns, random);
          Updater updater = new Updaters(spec(optimizer, 0)).create(matrix, Parameters.Role.WEIGHT);
          List<double[]> gradients = new ArrayList<>();
          for (int step = 0; step < 12; step++) {
            // another row is touched in between: it must not be felt
            updater.update(0, randomGradient(columns, random), 2, RATE);
            double[] before = row(matrix, 1);
            float[] gradient = randomGradient(columns, random);
            gradients.add(doubles(gradient, columns));
            updater.update(1, gradient, 2, RATE);
            assertThat(row(matrix, 1))
                .containsExactly(formula.step(before, gradients), within(1e-4));
          }
        });
  }

  @Test
  void decaysWeightsAndNothingElseWhateverTheirShape() {
    for (Parameters.Role role : Parameters.Role.values()) {
      for (int columns : new int[] {1, 20}) {
        RowMatrix matrix = new RowMatrix(1, columns);
        matrix.set(0, 0, 1f);
        Updater updater = new Updaters(spec(new Optimizer.Sgd(), 0.5)).create(matrix, role);
        updater.update(0, new float[columns + 16], 0, 0.1f);
        assertThat(matrix.at(0, 0))
            .as("%s of %d columns", role, columns)
            .isEqualTo(role == Parameters.Role.WEIGHT ? 0.95f : 1f);
      }
    }
  }

  @Test
  void namesItsMomentum() {
    for (Optimizer optimizer : optimizers()) {
      RowMatrix matrix = new RowMatrix(1, 4);
      Updater updater = new Updaters(spec(optimizer, 0.1)).create(matrix, Parameters.Role.WEIGHT);
      updater.update(0, new float[] {1, 1, 1, 1, 0, 0, 0, 0}, 0, 0.1f);
      switch (optimizer) {
        case Optimizer.Momentum _ ->
            assertThat(updater.momentum().orElseThrow().at(0, 0)).isEqualTo(1f);
        case Optimizer.Adam _ ->
            assertThat(updater.momentum().orElseThrow().at(0, 0)).isCloseTo(0.1f, within(1e-6f));
        case Optimizer.Sgd _, Optimizer.Adagrad _, Optimizer.RowAdagrad _ ->
            assertThat(updater.momentum()).isEmpty();
      }
    }
  }

  @Test
  void averagesNoMoreBatchesThanItsSumsCanHold() {
    Updaters updaters = new Updaters(spec(new Optimizer.Sgd(), 0, new Averaging.Tail(0.5)));
    assertThat(updaters.objection(1L << 25)).isEmpty();
    assertThat(updaters.objection((1L << 25) + 2).orElseThrow())
        .isEqualTo(
            "averaging: the last 0.5 of 33554434 batches are more than the 16777216 that can be"
                + " averaged");
  }

  @Test
  void leavesRowsAloneThatAreNotTouched() {
    Seeds.repeat(
        20,
        random -> {
          for (Optimizer optimizer : optimizers()) {
            RowMatrix matrix = randomMatrix(3, 17, random);
            double[] before = row(matrix, 2);
            Updater updater =
                new Updaters(spec(optimizer, 0.01)).create(matrix, Parameters.Role.WEIGHT);
            for (int step = 0; step < 5; step++) {
              updater.update(step % 2, randomGradient(17, random), 2, RATE);
            }
            assertThat(row(matrix, 2)).containsExactly(before);
          }
        });
  }

  @Test
  void averagesTheWeightsThatEveryBatchSaw() {
    Seeds.repeat(
        20,
        random -> {
          int columns = 5;
          RowMatrix matrix = randomMatrix(2, columns, random);
          Updaters updaters = new Updaters(spec(new Optimizer.Sgd(), 0, new Averaging.Tail(0.5)));
          Updater updater = updaters.create(matrix, Parameters.Role.WEIGHT);
          int total = 40;
          double[] sum = new double[columns];
          for (int batch = 0; batch < total; batch++) {
            updaters.progress(batch, total);
            if (random.nextInt(3) == 0) {
              updater.update(1, randomGradient(columns, random), 2, RATE);
            }
            if (batch >= total / 2) {
              double[] now = row(matrix, 1);
              for (int i = 0; i < columns; i++) {
                sum[i] += now[i] / (total / 2.0);
              }
            }
          }
          updaters.progress(total, total);
          updaters.finishAveraging();
          assertThat(row(matrix, 1)).containsExactly(sum, within(1e-5));
        });
  }

  @Test
  void clipsToTheLimitAndNotBelow() {
    Seeds.repeat(
        100_000,
        random -> {
          int n = 1 + random.nextInt(20);
          float[] gradient = new float[n];
          double squares = 0;
          for (int i = 0; i < n; i++) {
            gradient[i] = (float) (random.nextGaussian() * Math.pow(10, random.nextInt(-6, 7)));
            squares += (double) gradient[i] * gradient[i];
          }
          float[] byValue = gradient.clone();
          ClippingUpdater.clip(new Clipping.Value(0.5), byValue, 0, n);
          float[] byNorm = gradient.clone();
          ClippingUpdater.clip(new Clipping.Norm(2), byNorm, 0, n);
          double norm = 0;
          for (int i = 0; i < n; i++) {
            if (Math.abs(byValue[i]) > 0.5f
                || Math.signum(byValue[i]) != Math.signum(gradient[i])) {
              throw new AssertionError("clipped to " + byValue[i] + " from " + gradient[i]);
            }
            norm += (double) byNorm[i] * byNorm[i];
          }
          double expected = Math.min(2, Math.sqrt(squares));
          if (Math.abs(Math.sqrt(norm) - expected) > 2e-6 * expected) {
            throw new AssertionError("norm " + Math.sqrt(norm) + " instead of " + expected);
          }
        });
  }

  private static List<Optimizer> optimizers() {
    return List.of(
        new Optimizer.Sgd(),
        new Optimizer.Momentum(0.9, true),
        new Optimizer.Adagrad(0.1),
        new Optimizer.RowAdagrad(0.1),
        Optimizer.Adam.defaults());
  }

  private static TrainSpec spec(Optimizer optimizer, double decay) {
    return spec(optimizer, decay, new Averaging.None());
  }

  private static TrainSpec spec(Optimizer optimizer, double decay, Averaging averaging) {
    return new TrainSpec(
        1,
        1,
        optimizer,
        new Schedule.Constant(RATE),
        1,
        1,
        decay,
        new Clipping.None(),
        averaging,
        new Balancing.None(),
        new Stopping.Never(),
        true,
        1);
  }

  private static RowMatrix randomMatrix(int rows, int columns, SplittableRandom random) {
    RowMatrix matrix = new RowMatrix(rows, columns);
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        matrix.set(row, column, (float) random.nextGaussian());
      }
    }
    return matrix;
  }

  /// A gradient that starts at index 2, with room for padding.
  private static float[] randomGradient(int columns, SplittableRandom random) {
    float[] gradient = new float[columns + 18];
    for (int i = 2; i < columns + 2; i++) {
      gradient[i] = (float) random.nextGaussian();
    }
    return gradient;
  }

  private static double[] doubles(float[] gradient, int columns) {
    double[] values = new double[columns];
    for (int i = 0; i < columns; i++) {
      values[i] = gradient[i + 2];
    }
    return values;
  }

  private static double[] row(RowMatrix matrix, int row) {
    double[] values = new double[matrix.columns()];
    for (int i = 0; i < values.length; i++) {
      values[i] = matrix.at(row, i);
    }
    return values;
  }

  private static double[] minus(double[] weights, double[] step, double rate) {
    double[] next = weights.clone();
    for (int i = 0; i < next.length; i++) {
      next[i] -= rate * step[i];
    }
    return next;
  }
}
