package org.fovea.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.fovea.data.Examples;
import org.fovea.model.Model;
import org.fovea.network.Network;
import org.fovea.spec.Loss;
import org.fovea.spec.NetworkSpec;
import org.fovea.spec.Optimizer;
import org.fovea.spec.Sharing;
import org.fovea.spec.TrainSpec;
import org.fovea.training.metric.MeasureSpec;
import org.fovea.training.metric.Measures;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BalancerTest {

  private static final Examples SEEN = Runs.examples(1_000, 5);
  private static final Examples UNSEEN = Runs.examples(300, 6);
  private static final NetworkSpec NETWORK =
      Runs.network(Runs.sampled(Sharing.BATCH), new Loss.DecoupledSoftmax());
  private static final TrainSpec TRAINING = Runs.training(4, new Optimizer.RowAdagrad(1e-8), true);

  @TempDir private Path folder;

  private Network trained() {
    return Runs.train(NETWORK, TRAINING, SEEN, 2, folder.resolve("model")).network();
  }

  private static long[] occurrences() {
    return SEEN.summary().labelFrequencies().toArray();
  }

  private static double quality(Network network) {
    Measures measures = new Evaluator(UNSEEN, MeasureSpec.at(1, 3, 5), 1).evaluate(network);
    return (measures.value("nDCG@1") + measures.value("nDCG@3") + measures.value("nDCG@5")) / 3;
  }

  /// Wrong by a factor and by a slope, as no training would leave it.
  private static void unbalance(Network network) {
    new BalancedParameters(network, occurrences()).apply(new Balance(0.1, 2));
  }

  @Test
  void predictsWhatTheEvaluatorMeasures() {
    Network network = trained();
    double before = quality(network);
    BalancedParameters parameters = new BalancedParameters(network, occurrences());
    Balancer.Found found = new Balancer(UNSEEN, occurrences()).find(network, parameters);
    assertThat(found.before()).isCloseTo(before, within(1e-6));
    assertThat(found.after()).isCloseTo(quality(network), within(1e-6));
    assertThat(found.after()).isGreaterThanOrEqualTo(found.before());
  }

  @Test
  void mendsANetworkThatIsOutOfBalance() {
    Network network = trained();
    double good = quality(network);
    unbalance(network);
    double bad = quality(network);
    assertThat(bad).isLessThan(good - 0.05);
    BalancedParameters parameters = new BalancedParameters(network, occurrences());
    Balancer.Found found = new Balancer(UNSEEN, occurrences()).find(network, parameters);
    assertThat(quality(network)).isGreaterThan(good - 0.01);
    assertThat(found.balance().direct()).isGreaterThan(2);
    assertThat(found.balance().frequency()).isNegative();
  }

  @Test
  void leavesTheParametersToTheBitWhenRestored() {
    Network network = trained();
    float[] weights = network.output().direct().weights().clone();
    float bias = network.output().neurons().bias().values().at(3, 0);
    BalancedParameters parameters = new BalancedParameters(network, occurrences());
    parameters.apply(new Balance(1.7, -0.4));
    assertThat(network.output().direct().weights()).isNotEqualTo(weights);
    parameters.restore();
    assertThat(network.output().direct().weights()).isEqualTo(weights);
    assertThat(network.output().neurons().bias().values().at(3, 0)).isEqualTo(bias);
  }

  @Test
  void balancesOnTheValidationDataAndTrainsOnAllTheRest() throws IOException {
    List<TrainEvent.Balanced> balanced = new ArrayList<>();
    List<Long> examples = new ArrayList<>();
    TrainingRun.Setup plain = Runs.setup(NETWORK, TRAINING, SEEN, 1, folder.resolve("model"));
    for (Optional<Examples> validation : List.of(Optional.of(UNSEEN), Optional.<Examples>empty())) {
      TrainingRun.Setup setup =
          new TrainingRun.Setup(
              plain.network(),
              plain.training(),
              plain.data(),
              validation,
              plain.names(),
              plain.options(),
              folder.resolve("model" + examples.size()),
              plain.warmStart());
      TrainingRun.Outcome outcome =
          new TrainingRun(
                  setup,
                  event -> {
                    if (event instanceof TrainEvent.Balanced it) {
                      balanced.add(it);
                    } else if (event instanceof TrainEvent.RunStarted it) {
                      examples.add(it.examples());
                    }
                  },
                  Runs.clocks())
              .run(false);
      // what is in memory and what is in the file rank alike
      double quality = quality(outcome.network());
      outcome.network().close();
      try (Model model = Model.open(setup.directory())) {
        assertThat(quality(model.network())).isEqualTo(quality);
      }
    }
    assertThat(balanced).extracting(TrainEvent.Balanced::examples).containsExactly(300L, 40L);
    assertThat(examples).containsExactly(1_000L, 960L);
  }
}
