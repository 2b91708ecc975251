package org.fovea.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.fovea.data.Batch;
import org.fovea.data.Examples;
import org.fovea.data.MemoryExamples;
import org.fovea.data.Names;
import org.fovea.model.Predecessor;
import org.fovea.network.page.NeuronStoreException;
import org.fovea.residency.SlotStatistics;
import org.fovea.residency.SlottedRows;
import org.fovea.spec.Activation;
import org.fovea.spec.Averaging;
import org.fovea.spec.Balancing;
import org.fovea.spec.Clipping;
import org.fovea.spec.Direct;
import org.fovea.spec.InputSpec;
import org.fovea.spec.LayerSpec;
import org.fovea.spec.Loss;
import org.fovea.spec.NetworkSpec;
import org.fovea.spec.Optimizer;
import org.fovea.spec.OutputSpec;
import org.fovea.spec.Residency;
import org.fovea.spec.Schedule;
import org.fovea.spec.Selection;
import org.fovea.spec.Sharing;
import org.fovea.spec.Stopping;
import org.fovea.spec.TrainSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Training with a part of the labels' rows in memory gives what training with all of them gives.
class SuspendedTrainingTest {

  private static final int HIDDEN = 24;
  private static final int BATCH = 8;
  private static final Examples DATA = Runs.examples(600, 5);
  private static final Examples UNSEEN = Runs.examples(150, 6);

  /// Slots that hold barely more than a batch, half of the labels, and all of them.
  private static final List<Integer> SLOTS = List.of(44, 100, Runs.LABELS);

  @TempDir private Path directory;

  private static NetworkSpec network(Selection selection, OutputSpec.Initialization initial) {
    return new NetworkSpec(
        new InputSpec(Runs.FEATURES, InputSpec.Weighting.UNIT, 0.1),
        List.of(new LayerSpec.Dense(HIDDEN, new Activation.Relu(), 1, 0.1, new Selection.All())),
        new OutputSpec(
            Runs.LABELS,
            new Loss.DecoupledSoftmax(),
            selection,
            selection instanceof Selection.All ? 0 : 1,
            new Direct.CoOccurring(1, 50, 0.5),
            initial));
  }

  private static NetworkSpec network() {
    return network(sampled(Sharing.BATCH), OutputSpec.Initialization.RANDOM);
  }

  private static Selection sampled(Sharing sharing) {
    return new Selection.Sampled(20, 0.5, sharing, true);
  }

  private static TrainSpec training(Optimizer optimizer, Averaging averaging, boolean exact) {
    return new TrainSpec(
        3,
        BATCH,
        optimizer,
        new Schedule.Linear(0.05, 0, 0),
        1,
        1e-5,
        1e-4,
        new Clipping.Norm(10),
        averaging,
        new Balancing.HeldBack(0.05, 40),
        new Stopping.Never(),
        exact,
        17);
  }

  private static TrainSpec training(Optimizer optimizer) {
    return training(optimizer, new Averaging.None(), true);
  }

  private static Residency suspended(int slots, TrainSpec training) {
    int state =
        switch (training.optimizer()) {
          case Optimizer.Sgd _ -> 0;
          case Optimizer.Momentum _, Optimizer.Adagrad _ -> 4 * 32;
          case Optimizer.RowAdagrad _ -> 4;
          case Optimizer.Adam _ -> 2 * 4 * 32 + 4;
        };
    // rows of 24 weights are padded to 32
    return new Residency.Suspended((long) slots * (4 * 32 + state + SlottedRows.slotBytes()), 0);
  }

  private TrainingRun.Setup setup(
      NetworkSpec network, TrainSpec training, int threads, Residency labels, String name) {
    return new TrainingRun.Setup(
        network,
        training,
        DATA,
        Optional.of(UNSEEN),
        Names.none(),
        new RunOptions(threads, 100, Duration.ofHours(1)).withLabels(labels),
        directory.resolve(name),
        Optional.empty());
  }

  /// Trains to the end, and tells what the rows did.
  private Optional<SlotStatistics> train(TrainingRun.Setup setup, boolean resume) {
    TrainingRun.Outcome outcome = new TrainingRun(setup, _ -> {}, Runs.clocks()).run(resume);
    try {
      assertThat(outcome.finished()).isTrue();
      return outcome
          .network()
          .output()
          .neurons()
          .suspended()
          .map(rows -> ((SlottedRows) rows).statistics());
    } finally {
      outcome.network().close();
    }
  }

  /// Trains to the first checkpoint.
  private void begin(TrainingRun.Setup setup) {
    AtomicReference<TrainingRun> running = new AtomicReference<>();
    TrainingRun run =
        new TrainingRun(
            setup,
            event -> {
              if (event instanceof TrainEvent.CheckpointWritten) {
                running.get().requestStop();
              }
            },
            Runs.clocks());
    running.set(run);
    TrainingRun.Outcome outcome = run.run(false);
    outcome.network().close();
    assertThat(outcome.finished()).isFalse();
  }

  /// All tensors that are under a directory, by file.
  private Map<String, String> tensors(String name) throws IOException {
    Path root = directory.resolve(name);
    Map<String, String> found = new TreeMap<>();
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".safetensors")).toList()) {
        found.put(
            root.relativize(file).toString(), HexFormat.of().formatHex(Files.readAllBytes(file)));
      }
    }
    return found;
  }

  private void compare(NetworkSpec network, TrainSpec training) throws IOException {
    train(setup(network, training, 2, new Residency.Heap(), "heap"), false);
    for (int slots : SLOTS) {
      String name = "suspended-" + slots;
      SlotStatistics did =
          train(setup(network, training, 2, suspended(slots, training), name), false).orElseThrow();
      assertThat(did.slots()).isEqualTo(slots);
      assertThat(did.written() > 0).isEqualTo(slots < Runs.LABELS);
      assertThat(tensors(name)).isNotEmpty().isEqualTo(tensors("heap"));
    }
  }

  @Test
  void trainsTheSameBitsWithRowAdagrad() throws IOException {
    compare(network(), training(new Optimizer.RowAdagrad(1e-10)));
  }

  @Test
  void trainsTheSameBitsWithAdam() throws IOException {
    compare(network(), training(Optimizer.Adam.defaults()));
  }

  @Test
  void trainsTheSameBitsWithAdagrad() throws IOException {
    compare(network(), training(new Optimizer.Adagrad(1e-6)));
  }

  @Test
  void trainsTheSameBitsWithMomentum() throws IOException {
    compare(network(), training(new Optimizer.Momentum(0.9, true)));
  }

  @Test
  void trainsTheSameBitsFromZeroWithoutState() throws IOException {
    compare(
        network(sampled(Sharing.BATCH), OutputSpec.Initialization.ZERO),
        training(new Optimizer.Sgd()));
  }

  @Test
  void trainsTheSameBitsByOneLockFreeWorker() throws IOException {
    TrainSpec training = training(Optimizer.Adam.defaults(), new Averaging.None(), false);
    train(setup(network(), training, 1, new Residency.Heap(), "heap"), false);
    train(setup(network(), training, 1, suspended(60, training), "suspended"), false);
    assertThat(tensors("suspended")).isNotEmpty().isEqualTo(tensors("heap"));
  }

  @Test
  void resumesWhereverTheRowsAre() throws IOException {
    TrainSpec training = training(Optimizer.Adam.defaults());
    Residency few = suspended(60, training);
    train(setup(network(), training, 1, new Residency.Heap(), "whole"), false);
    begin(setup(network(), training, 1, new Residency.Heap(), "heap"));
    begin(setup(network(), training, 2, few, "suspended"));
    begin(setup(network(), training, 1, few, "moving"));
    assertThat(tensors("heap")).hasSizeGreaterThan(1);
    assertThat(tensors("suspended")).isEqualTo(tensors("heap"));
    train(setup(network(), training, 1, few, "heap"), true);
    train(setup(network(), training, 1, suspended(80, training), "suspended"), true);
    train(setup(network(), training, 1, new Residency.Heap(), "moving"), true);
    for (String name : List.of("heap", "suspended", "moving")) {
      assertThat(tensors(name).get("weights.safetensors"))
          .isEqualTo(tensors("whole").get("weights.safetensors"));
    }
  }

  @Test
  void startsWarmFromAModel() throws IOException {
    TrainSpec training = training(new Optimizer.RowAdagrad(1e-10));
    train(setup(network(), training, 1, new Residency.Heap(), "first"), false);
    for (Residency labels : List.of(new Residency.Heap(), suspended(60, training))) {
      TrainingRun.Setup cold =
          setup(network(), training, 1, labels, labels.getClass().getSimpleName());
      try (Predecessor first = Predecessor.open(directory.resolve("first"))) {
        train(
            new TrainingRun.Setup(
                cold.network(),
                cold.training(),
                cold.data(),
                cold.validation(),
                cold.names(),
                cold.options(),
                cold.directory(),
                Optional.of(first)),
            false);
      }
    }
    assertThat(tensors("Suspended")).isEqualTo(tensors("Heap")).isNotEqualTo(tensors("first"));
  }

  @Test
  void learnsByWorkersThatTakeTurns() {
    TrainSpec training = training(new Optimizer.RowAdagrad(1e-10), new Averaging.None(), false);
    SlotStatistics did =
        train(setup(network(), training, 3, suspended(60, training), "few"), false).orElseThrow();
    assertThat(did.batches()).isEqualTo(3 * 75);
    assertThat(did.written()).isPositive();
  }

  @Test
  void leavesNothingBehind() throws IOException {
    TrainSpec training = training(new Optimizer.RowAdagrad(1e-10));
    train(setup(network(), training, 1, suspended(60, training), "model"), false);
    try (Stream<Path> files = Files.walk(directory)) {
      assertThat(files.filter(path -> path.toString().contains("scratch"))).isEmpty();
    }
  }

  private void assertRefused(NetworkSpec network, TrainSpec training, String why) {
    assertThatThrownBy(
            () -> train(setup(network, training, 1, suspended(100, training), "model"), false))
        .isInstanceOf(TrainingException.class)
        .hasMessage("rows of labels cannot be suspended in training: " + why);
  }

  @Test
  void refusesWhatNeedsAllRows() {
    TrainSpec training = training(new Optimizer.RowAdagrad(1e-10));
    OutputSpec.Initialization zero = OutputSpec.Initialization.ZERO;
    assertRefused(
        network(new Selection.All(), zero),
        training,
        "every batch needs the rows of all labels, so that all would have to be in memory; sampled"
            + " labels were expected");
    assertRefused(
        network(Runs.hashed(Sharing.BATCH), zero),
        training,
        "hash tables need the rows of all labels in memory");
    assertRefused(
        network(sampled(Sharing.EXAMPLE), zero),
        training,
        "the examples of a batch must share their sampled labels");
    assertRefused(
        network(sampled(Sharing.BATCH), OutputSpec.Initialization.CENTROIDS),
        training,
        "centroids need the rows of all labels in memory");
    assertRefused(
        network(),
        training(new Optimizer.Sgd(), new Averaging.Tail(0.3), true),
        "averaging needs the rows of all labels in memory");
  }

  @Test
  void refusesMappedRowsAndRetention() {
    TrainSpec training = training(new Optimizer.Sgd());
    assertThatThrownBy(
            () -> train(setup(network(), training, 1, new Residency.Mapped(), "model"), false))
        .hasMessageContaining("heap or suspended was expected");
    Residency forgetful = new Residency.Suspended(1 << 20, 5);
    assertThatThrownBy(() -> train(setup(network(), training, 1, forgetful, "model"), false))
        .hasMessageContaining("a retention is for prediction");
  }

  @Test
  void saysHowMuchABatchNeeds() {
    TrainSpec training = training(new Optimizer.Sgd());
    assertThatThrownBy(
            () -> train(setup(network(), training, 1, suspended(30, training), "model"), false))
        .isInstanceOf(TrainingException.class)
        .hasMessage(
            "a batch needs 44 rows of labels in memory, and 4,140 bytes hold 30: 6,072 were"
                + " expected at least");
  }

  @Test
  void stopsAtABatchThatDoesNotFit() {
    TrainSpec training = training(new Optimizer.Sgd());
    TrainingRun.Setup setup = setup(network(), training, 2, suspended(60, training), "model");
    TrainingRun.Setup uneven =
        new TrainingRun.Setup(
            setup.network(),
            setup.training(),
            unevenExamples(),
            Optional.empty(),
            setup.names(),
            setup.options(),
            setup.directory(),
            Optional.empty());
    assertThatThrownBy(() -> train(uneven, false))
        .isInstanceOf(NeuronStoreException.class)
        .hasMessageContaining("where there is room for 60");
  }

  /// One label each, but for a few that have many: a mean batch fits where some do not.
  private static Examples unevenExamples() {
    Batch batch = new Batch();
    for (int e = 0; e < 400; e++) {
      batch.addFeature(e % Runs.FEATURES, 1f);
      int labels = e % 50 == 0 ? 60 : 1;
      IntStream.range(e, e + labels)
          .map(label -> label % Runs.LABELS)
          .sorted()
          .forEach(batch::addLabel);
      batch.endExample(e);
    }
    return MemoryExamples.of("uneven", batch, Runs.FEATURES, Runs.LABELS);
  }

  @Test
  void countsTheBudgetAndNotTheRows() {
    TrainSpec training = training(Optimizer.Adam.defaults());
    RunOptions heap = RunOptions.threads(1);
    RunOptions few = heap.withLabels(suspended(60, training));
    long difference =
        MemoryEstimate.of(network(), training, DATA.summary(), 0, heap).bytes()
            - MemoryEstimate.of(network(), training, DATA.summary(), 0, few).bytes();
    int row = 3 * 4 * 32 + 4;
    assertThat(difference)
        .isEqualTo(
            (long) Runs.LABELS * (row - SlottedRows.rowBytes())
                - 60L * (row + SlottedRows.slotBytes()));
  }
}
