package org.fovea.training;

import static org.assertj.core.api.Assertions.assertThat;

import org.fovea.data.DataSummary;
import org.fovea.spec.Loss;
import org.fovea.testkit.Seeds;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// When a run is given up, and when not, under each loss.
class LossWatchTest {

  private static final DataSummary DATA = Runs.examples(100, 1).summary();

  static Loss[] losses() {
    return new Loss[] {new Loss.Softmax(), new Loss.DecoupledSoftmax(), new Loss.Logistic()};
  }

  private static void add(LossWatch watch, int batches, double loss) {
    for (int i = 0; i < batches; i++) {
      watch.add(loss);
    }
  }

  @ParameterizedTest
  @MethodSource("losses")
  void givesUpWhenTheLossStaysFarAboveThatOfKnowingNothing(Loss loss) {
    LossWatch watch = new LossWatch(DATA, loss);
    add(watch, 1_000, 3);
    add(watch, watch.patience(), 1.01 * watch.limit());
    assertThat(watch.lost()).isFalse();
    assertThat(watch.suspects()).isTrue();
    add(watch, 10, 1.01 * watch.limit());
    assertThat(watch.lost()).isTrue();
    assertThat(watch.complaint()).contains("does not fall");
  }

  @ParameterizedTest
  @MethodSource("losses")
  void forgivesEverythingThatComesDown(Loss loss) {
    Seeds.repeat(
        20,
        random -> {
          LossWatch watch = new LossWatch(DATA, loss);
          double fall = Math.pow(0.1, 1.0 / watch.patience());
          for (double high = 1e30; high > watch.limit(); high *= fall) {
            watch.add(high * (0.9 + 0.2 * random.nextDouble()));
            assertThat(watch.lost()).isFalse();
          }
          add(watch, 20, watch.limit() / 2);
          assertThat(watch.suspects()).isFalse();
          assertThat(watch.endedLost()).isFalse();
        });
  }

  @ParameterizedTest
  @MethodSource("losses")
  void forgivesSpikesAsOftenAsTheyEnd(Loss loss) {
    LossWatch watch = new LossWatch(DATA, loss);
    for (int i = 0; i < 1_000; i++) {
      add(watch, watch.patience() / 2, 1e12);
      add(watch, 20, 1);
    }
    assertThat(watch.lost()).isFalse();
    assertThat(watch.endedLost()).isFalse();
  }

  @ParameterizedTest
  @MethodSource("losses")
  void forgivesSeveralTimesTheLossOfKnowingNothing(Loss loss) {
    LossWatch watch = new LossWatch(DATA, loss);
    // under every loss, the labels of an example together
    double nothing = DATA.labelsPerExample() * Math.log(DATA.labelCount());
    assertThat(watch.limit()).isGreaterThan(3 * nothing);
    add(watch, 100_000, watch.limit());
    assertThat(watch.lost()).isFalse();
    assertThat(watch.suspects()).isFalse();
    assertThat(watch.endedLost()).isFalse();
  }

  @ParameterizedTest
  @MethodSource("losses")
  void seesThatAShortRunEndsBadly(Loss loss) {
    LossWatch watch = new LossWatch(DATA, loss);
    watch.add(2);
    assertThat(watch.endedLost()).isFalse();
    add(watch, 3, 1.01 * watch.limit());
    assertThat(watch.lost()).isFalse();
    assertThat(watch.endedLost()).isTrue();
  }

  @ParameterizedTest
  @MethodSource("losses")
  void suspectsWhatIsNotFiniteUntilItIsOver(Loss loss) {
    LossWatch watch = new LossWatch(DATA, loss);
    watch.addUnsound();
    assertThat(watch.suspects()).isTrue();
    watch.add(1);
    assertThat(watch.suspects()).isFalse();
    assertThat(watch.lost()).isFalse();
  }
}
