package org.fovea.training.optimizer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
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

/// Several workers step the same rows as fast as they can: what comes out is what one after the
/// other could have done.
class CollisionTest {

  private static final int WORKERS = 4;
  private static final int STEPS = 400;
  private static final int COLUMNS = 48;
  private static final float RATE = 1f / 1024;

  /// Gradients whose sums and sums of squares are whole numbers that single precision holds, with
  /// many zeros and few large ones, so that a moment of one and a square of another differ much.
  private static float[] gradient(SplittableRandom random) {
    float[] gradient = new float[COLUMNS + 16];
    for (int i = 0; i < COLUMNS; i++) {
      gradient[i] = random.nextInt(4) == 0 ? random.nextInt(17) - 8 : 0;
    }
    return gradient;
  }

  /// Every worker takes its steps on one row, all at once.
  private static void collide(Updaters updaters, Updater updater, float[][][] gradients)
      throws Exception {
    CyclicBarrier start = new CyclicBarrier(WORKERS);
    try (ExecutorService workers = Executors.newFixedThreadPool(WORKERS)) {
      List<Future<?>> running = new ArrayList<>();
      for (int w = 0; w < WORKERS; w++) {
        float[][] mine = gradients[w];
        int first = w;
        running.add(
            workers.submit(() -> {
              start.await();
              for (int step = 0; step < STEPS; step++) {
                updaters.progress((long) step * WORKERS + first, (long) STEPS * WORKERS);
                updater.update(0, mine[step].clone(), 0, RATE);
              }
              return null;
            }));
      }
      for (Future<?> worker : running) {
        worker.get();
      }
    }
  }

  /// What a collision left.
  ///
  /// @param sums of the gradients, of their squares and of their magnitudes
  private record Outcome(RowMatrix values, Updater updater, double[][] sums) {

    RowMatrix state(String name) {
      return updater.state().stream()
          .filter(state -> state.name().equals(name))
          .findFirst()
          .orElseThrow()
          .values();
    }
  }

  private static Outcome run(Optimizer optimizer, Averaging averaging, SplittableRandom random)
      throws Exception {
    Updaters updaters = new Updaters(spec(optimizer, averaging));
    RowMatrix values = new RowMatrix(1, COLUMNS);
    Updater updater = updaters.create(values, Parameters.Role.WEIGHT);
    float[][][] gradients = new float[WORKERS][STEPS][];
    double[][] sums = new double[3][COLUMNS];
    for (float[][] worker : gradients) {
      for (int step = 0; step < STEPS; step++) {
        worker[step] = gradient(random);
        for (int i = 0; i < COLUMNS; i++) {
          sums[0][i] += worker[step][i];
          sums[1][i] += worker[step][i] * worker[step][i];
          sums[2][i] += Math.abs(worker[step][i]);
        }
      }
    }
    collide(updaters, updater, gradients);
    return new Outcome(values, updater, sums);
  }

  @Test
  void takesNoStepOfDescentTwice() {
    Seeds.repeat(
        10,
        random -> {
          Outcome outcome = run(new Optimizer.Sgd(), new Averaging.None(), random);
          for (int i = 0; i < COLUMNS; i++) {
            assertThat((double) Math.abs(outcome.values().at(0, i)))
                .isLessThanOrEqualTo(RATE * outcome.sums()[2][i]);
          }
        });
  }

  @Test
  void takesNoStepOfAdagradBeyondItsRate() {
    for (Optimizer adagrad :
        List.of(Optimizer.Adagrad.defaults(), Optimizer.RowAdagrad.defaults())) {
      double most = adagrad instanceof Optimizer.RowAdagrad ? Math.sqrt(COLUMNS) : 1;
      Seeds.repeat(
          10,
          random -> {
            Outcome outcome = run(adagrad, new Averaging.None(), random);
            for (int i = 0; i < COLUMNS; i++) {
              assertThat((double) Math.abs(outcome.values().at(0, i)))
                  .isLessThan(most * RATE * WORKERS * STEPS);
            }
            assertThat(outcome.state("squares").at(0, 0)).isPositive();
          });
    }
  }

  @Test
  void losesNoMomentum() {
    // with a decay of 0 the momentum is some worker's last gradient, and weights are as without
    Seeds.repeat(
        10,
        random -> {
          Outcome outcome = run(new Optimizer.Momentum(0, false), new Averaging.None(), random);
          for (int i = 0; i < COLUMNS; i++) {
            assertThat((double) outcome.values().at(0, i)).isEqualTo(-RATE * outcome.sums()[0][i]);
          }
        });
  }

  @Test
  void takesNoStepOfAdamBeyondItsBound() {
    Optimizer.Adam adam = Optimizer.Adam.defaults();
    // the most that a moment can be of its square root (Cauchy and Schwarz)
    double most =
        (1 - adam.beta1())
            / Math.sqrt((1 - adam.beta2()) * (1 - adam.beta1() * adam.beta1() / adam.beta2()));
    Seeds.repeat(
        40,
        random -> {
          Outcome outcome = run(adam, new Averaging.None(), random);
          assertThat(outcome.state("steps").at(0, 0)).isEqualTo(WORKERS * STEPS);
          for (int i = 0; i < COLUMNS; i++) {
            assertThat((double) Math.abs(outcome.values().at(0, i)))
                .isLessThan(most * RATE * WORKERS * STEPS);
            double mean = outcome.state("first-moment").at(0, i);
            double square = outcome.state("second-moment").at(0, i);
            assertThat(mean * mean).isLessThanOrEqualTo(most * most * square * 1.001);
          }
        });
  }

  @Test
  void averagesNoBatchTwice() {
    Seeds.repeat(
        40,
        random -> {
          Updaters updaters = new Updaters(spec(new Optimizer.Sgd(), new Averaging.Tail(1)));
          RowMatrix values = new RowMatrix(1, COLUMNS);
          Updater updater = updaters.create(values, Parameters.Role.WEIGHT);
          for (int i = 0; i < COLUMNS; i++) {
            values.set(0, i, 1 + i);
          }
          collide(updaters, updater, new float[WORKERS][STEPS][COLUMNS + 16]);
          Outcome outcome = new Outcome(values, updater, new double[0][0]);
          // weights stay as they are, so a sum is that of as many batches as it covers
          float batches = outcome.state("summed-until").at(0, 0);
          assertThat(batches).isBetween(STEPS * WORKERS / 2f, (float) STEPS * WORKERS);
          updaters.finishAveraging();
          for (int i = 0; i < COLUMNS; i++) {
            assertThat(values.at(0, i)).isEqualTo(1 + i);
          }
        });
  }

  private static TrainSpec spec(Optimizer optimizer, Averaging averaging) {
    return new TrainSpec(
        1,
        32,
        optimizer,
        new Schedule.Constant(RATE),
        1,
        1,
        0,
        new Clipping.None(),
        averaging,
        new Balancing.None(),
        new Stopping.Never(),
        false,
        1,
        Optional.empty());
  }
}
