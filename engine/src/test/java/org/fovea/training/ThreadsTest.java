package org.fovea.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.fovea.data.Batch;
import org.fovea.data.Examples;
import org.fovea.data.MemoryExamples;
import org.fovea.kernel.RowMatrix;
import org.fovea.network.Network;
import org.fovea.network.Parameters;
import org.fovea.spec.Optimizer;
import org.fovea.spec.Schedule;
import org.fovea.spec.TrainSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a user gets by default on little data, where workers meet at the same rows all the time: no
/// worse with several threads than with one.
class ThreadsTest {

  /// Optimizers and rates at which they learn; the first is what is planned for few rows.
  private static final List<Stepping> STEPPINGS =
      List.of(
          new Stepping(Optimizer.Adam.defaults(), 0.003),
          new Stepping(new Optimizer.Sgd(), 0.1),
          new Stepping(Optimizer.Momentum.defaults(), 0.02),
          new Stepping(new Optimizer.Momentum(0.9, true), 0.02),
          new Stepping(Optimizer.Adagrad.defaults(), 0.02),
          new Stepping(Optimizer.RowAdagrad.defaults(), 0.02));

  @TempDir private Path folder;
  private int runs;

  private record Stepping(Optimizer optimizer, double rate) {}

  /// How a run ended.
  ///
  /// @param loss mean of the last epoch
  /// @param largest magnitude of a weight
  private record End(double loss, double largest) {}

  @Test
  void areNoWorseThanOneAsUsualOnFewRows() {
    compare(severalLabels(), STEPPINGS.getFirst(), 4);
    compare(table(), STEPPINGS.getFirst(), 1);
  }

  @Test
  void areNoWorseThanOneWithEveryOptimizer() {
    for (Stepping stepping : STEPPINGS) {
      compare(severalLabels(), stepping, 1);
    }
  }

  private void compare(Examples data, Stepping stepping, int seeds) {
    for (int seed = 1; seed <= seeds; seed++) {
      End one = train(data, stepping, 1, seed);
      for (int threads : new int[] {2, 4}) {
        End several = train(data, stepping, threads, seed);
        assertThat(several.loss)
            .as("loss of %d threads, seed %d, %s", threads, seed, stepping)
            .isLessThan(1.5 * one.loss);
        assertThat(several.largest)
            .as("largest weight of %d threads, seed %d, %s", threads, seed, stepping)
            .isLessThan(2 * one.largest);
      }
    }
  }

  private End train(Examples data, Stepping stepping, int threads, int seed) {
    Plan plan = Planner.plan(data, seed);
    TrainSpec usual = plan.training();
    TrainSpec training =
        new TrainSpec(
            usual.epochs(),
            usual.batch(),
            stepping.optimizer,
            new Schedule.Linear(stepping.rate, 0, 0),
            usual.directRate(),
            usual.directInitial(),
            usual.weightDecay(),
            usual.clipping(),
            usual.averaging(),
            usual.balancing(),
            usual.stopping(),
            usual.deterministic(),
            seed,
            Optional.empty());
    List<Double> losses = new ArrayList<>();
    Path directory = folder.resolve("run-" + ++runs);
    TrainingRun run =
        new TrainingRun(
            Runs.setup(plan.network(), training, data, threads, directory),
            event -> {
              if (event instanceof TrainEvent.EpochDone done) {
                losses.add(done.loss());
              }
            },
            Runs.clocks());
    try (Network network = run.run(false).network()) {
      return new End(losses.getLast(), largest(network));
    }
  }

  private static double largest(Network network) {
    double largest = 0;
    for (Parameters parameters : network.parameters()) {
      RowMatrix values = parameters.values();
      for (int row = 0; row < values.rows(); row++) {
        for (int column = 0; column < values.columns(); column++) {
          largest = Math.max(largest, Math.abs(values.at(row, column)));
        }
      }
    }
    return largest;
  }

  /// Labels that have nothing to do with the features, as in the report that led here.
  private static Examples severalLabels() {
    SplittableRandom random = new SplittableRandom(1);
    int[] counts = {0, 1, 1, 2, 3};
    Batch batch = new Batch();
    for (int e = 0; e < 80; e++) {
      for (int feature : draw(random, 12, 4)) {
        batch.addFeature(feature, 1f);
      }
      for (int label : draw(random, 7, counts[random.nextInt(counts.length)])) {
        batch.addLabel(label);
      }
      batch.endExample(e);
    }
    return MemoryExamples.of("eighty", batch, 12, 8);
  }

  private static int[] draw(SplittableRandom random, int of, int count) {
    return random.ints(0, of).distinct().limit(count).sorted().toArray();
  }

  private static Examples table() {
    SplittableRandom random = new SplittableRandom(2);
    Batch batch = new Batch();
    for (int e = 0; e < 300; e++) {
      double sum = 0;
      for (int feature = 0; feature < 10; feature++) {
        double value = random.nextGaussian();
        sum += feature < 3 ? value : 0;
        batch.addFeature(feature, (float) value);
      }
      batch.addLabel(sum + 0.3 * random.nextGaussian() > 0 ? 1 : 0);
      batch.endExample(e);
    }
    return MemoryExamples.of("table", batch, 10, 2);
  }
}
