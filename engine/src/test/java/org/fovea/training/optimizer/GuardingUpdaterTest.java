package org.fovea.training.optimizer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
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

class GuardingUpdaterTest {

  private static final List<Optimizer> OPTIMIZERS =
      List.of(
          new Optimizer.Sgd(),
          new Optimizer.Momentum(0.9, true),
          new Optimizer.Adagrad(0.1),
          new Optimizer.RowAdagrad(0.1),
          Optimizer.Adam.defaults());

  private static final List<Clipping> CLIPPINGS =
      List.of(new Clipping.None(), new Clipping.Norm(1), new Clipping.Value(1));

  private static final float[] POISONS = {
    Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, 1e20f, -Float.MAX_VALUE
  };

  private static TrainSpec spec(Optimizer optimizer, Clipping clipping) {
    return new TrainSpec(
        1,
        1,
        optimizer,
        new Schedule.Constant(0.1),
        1,
        1,
        0.01,
        clipping,
        new Averaging.None(),
        new Balancing.None(),
        new Stopping.Never(),
        true,
        1);
  }

  /// The row and all that its optimizer keeps of it.
  private static float[] everything(RowMatrix matrix, Updater updater) {
    float[] all = Arrays.copyOf(matrix.chunk(0), matrix.chunk(0).length);
    for (Updater.State state : updater.state()) {
      float[] chunk = state.values().chunk(0);
      int end = all.length;
      all = Arrays.copyOf(all, end + chunk.length);
      System.arraycopy(chunk, 0, all, end, chunk.length);
    }
    return all;
  }

  @Test
  void leavesRowAndStateAsTheyWereAndCounts() {
    Seeds.repeat(
        50,
        random -> {
          int columns = 1 + random.nextInt(40);
          for (Optimizer optimizer : OPTIMIZERS) {
            for (Clipping clipping : CLIPPINGS) {
              RowMatrix matrix = new RowMatrix(1, columns);
              Updaters updaters = new Updaters(spec(optimizer, clipping));
              Updater updater = updaters.create(matrix, Parameters.Role.WEIGHT);
              float[] gradient = new float[columns + 18];
              for (int i = 2; i < columns + 2; i++) {
                gradient[i] = (float) random.nextGaussian();
              }
              updater.update(0, gradient.clone(), 2, 0.1f);
              assertThat(updaters.takeRefused()).isZero();
              float[] before = everything(matrix, updater);
              float poison = POISONS[random.nextInt(POISONS.length)];
              float[] poisoned = gradient.clone();
              poisoned[2 + random.nextInt(columns)] = poison;
              updater.update(0, poisoned, 2, 0.1f);
              assertThat(everything(matrix, updater))
                  .as("%s, %s, %s", optimizer, clipping, poison)
                  .isEqualTo(before);
              assertThat(updaters.takeRefused()).isEqualTo(1);
              assertThat(updaters.takeRefused()).isZero();
              updater.update(0, gradient.clone(), 2, 0.1f);
              assertThat(everything(matrix, updater)).isNotEqualTo(before);
            }
          }
        });
  }
}
