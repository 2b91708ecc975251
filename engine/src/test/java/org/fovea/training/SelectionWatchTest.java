package org.fovea.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.fovea.data.Examples;
import org.fovea.network.Network;
import org.fovea.spec.Activation;
import org.fovea.spec.BucketPolicy;
import org.fovea.spec.HashFamily;
import org.fovea.spec.InputSpec;
import org.fovea.spec.LayerSpec;
import org.fovea.spec.Loss;
import org.fovea.spec.NetworkSpec;
import org.fovea.spec.Optimizer;
import org.fovea.spec.Rehash;
import org.fovea.spec.Retrieval;
import org.fovea.spec.Selection;
import org.fovea.spec.Sharing;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a run tells of its hash tables.
class SelectionWatchTest {

  private static final Examples DATA = Runs.examples(1_000, 5);

  @TempDir private Path folder;

  private static Selection.Lsh tables(int tables, int hashes, int limit) {
    return new Selection.Lsh(
        new HashFamily.SimHash(true),
        tables,
        hashes,
        new BucketPolicy.FirstInFirstOut(Runs.LABELS),
        new Retrieval.MostFrequent(limit),
        Optional.of(new Selection.Sampled(10, 0, Sharing.EXAMPLE, true)),
        new Rehash.Incremental(8),
        Sharing.EXAMPLE);
  }

  private List<TrainEvent> train(NetworkSpec network, boolean deterministic) {
    List<TrainEvent> events = new ArrayList<>();
    try (Network trained =
        new TrainingRun(
                Runs.setup(
                    network,
                    Runs.training(3, new Optimizer.RowAdagrad(1e-8), deterministic),
                    DATA,
                    2,
                    folder.resolve("m" + events.hashCode() + network.hashCode() + deterministic)),
                events::add,
                Runs.clocks())
            .run(false)
            .network()) {
      assertThat(trained.parameterCount()).isPositive();
    }
    return events;
  }

  private static List<TrainEvent.SelectionMeasured> measured(List<TrainEvent> events) {
    return events.stream()
        .filter(TrainEvent.SelectionMeasured.class::isInstance)
        .map(TrainEvent.SelectionMeasured.class::cast)
        .toList();
  }

  @Test
  void measuresAtEveryStandstillAndInTheOrderOfTheRun() {
    for (boolean deterministic : new boolean[] {true, false}) {
      NetworkSpec network = Runs.network(tables(8, 4, 40), new Loss.DecoupledSoftmax());
      List<TrainEvent> events = train(network, deterministic);
      List<TrainEvent.SelectionMeasured> measured = measured(events);
      long checkpoints =
          events.stream().filter(TrainEvent.CheckpointWritten.class::isInstance).count();
      // each checkpoint, those at the ends of epochs included, and the end of the last epoch
      assertThat(measured).hasSize((int) checkpoints + 1);
      assertThat(measured)
          .extracting(TrainEvent.SelectionMeasured::batch)
          .isSorted()
          .doesNotHaveDuplicates();
      assertThat(measured)
          .allSatisfy(event -> {
            assertThat(event.layer()).isEqualTo("output");
            assertThat(event.recall()).isBetween(0.0, 1.0);
            assertThat(event.retrieved()).isBetween(0.0, 40.0);
            assertThat(event.meanBucketLoad()).isBetween(1.0, (double) Runs.LABELS);
          });
      for (TrainEvent event : events) {
        if (event instanceof TrainEvent.EpochDone done) {
          assertThat(events.get(events.indexOf(event) - 1))
              .isInstanceOfSatisfying(
                  TrainEvent.SelectionMeasured.class,
                  last -> assertThat(last.batch()).isEqualTo(done.batch()));
        }
      }
    }
  }

  @Test
  void findsEverythingInTablesThatHideNothing() {
    // one bit a table: half of the neurons share each of 24 buckets with a query
    List<TrainEvent.SelectionMeasured> measured =
        measured(
            train(Runs.network(tables(24, 1, Runs.LABELS), new Loss.DecoupledSoftmax()), true));
    assertThat(measured)
        .isNotEmpty()
        .allSatisfy(event -> {
          assertThat(event.recall()).isCloseTo(1, within(1e-3));
          assertThat(event.meanBucketLoad()).isBetween(Runs.LABELS / 2.0, (double) Runs.LABELS);
        });
  }

  @Test
  void findsMoreOfTheBestThanChanceWould() {
    TrainEvent.SelectionMeasured last =
        measured(train(Runs.network(tables(16, 5, 40), new Loss.DecoupledSoftmax()), true))
            .getLast();
    assertThat(last.recall()).isGreaterThan(1.5 * last.retrieved() / Runs.LABELS);
  }

  @Test
  void tellsOfHashedHiddenLayersToo() {
    NetworkSpec plain = Runs.network(new Selection.All(), new Loss.DecoupledSoftmax());
    NetworkSpec network =
        new NetworkSpec(
            new InputSpec(Runs.FEATURES, InputSpec.Weighting.UNIT, 0),
            List.of(
                new LayerSpec.Dense(32, new Activation.Relu(), 1, 0, new Selection.All()),
                new LayerSpec.Dense(64, new Activation.Relu(), 1, 0, tables(8, 3, 20))),
            plain.output());
    List<TrainEvent.SelectionMeasured> measured = measured(train(network, true));
    assertThat(measured)
        .isNotEmpty()
        .allSatisfy(event -> {
          assertThat(event.layer()).isEqualTo("hidden.1");
          assertThat(event.meanBucketLoad()).isPositive();
        });
  }

  @Test
  void saysNothingWhereThereAreNoTables() {
    assertThat(measured(train(Runs.network(new Selection.All(), new Loss.Softmax()), true)))
        .isEmpty();
    assertThat(measured(train(Runs.network(Runs.sampled(Sharing.BATCH), new Loss.Softmax()), true)))
        .isEmpty();
  }
}
