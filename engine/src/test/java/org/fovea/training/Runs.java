package org.fovea.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import org.fovea.data.Batch;
import org.fovea.data.Examples;
import org.fovea.data.MemoryExamples;
import org.fovea.data.Names;
import org.fovea.spec.Activation;
import org.fovea.spec.Averaging;
import org.fovea.spec.Balancing;
import org.fovea.spec.BucketPolicy;
import org.fovea.spec.Clipping;
import org.fovea.spec.Direct;
import org.fovea.spec.HashFamily;
import org.fovea.spec.InputSpec;
import org.fovea.spec.LayerSpec;
import org.fovea.spec.Loss;
import org.fovea.spec.NetworkSpec;
import org.fovea.spec.Optimizer;
import org.fovea.spec.OutputSpec;
import org.fovea.spec.Rehash;
import org.fovea.spec.Retrieval;
import org.fovea.spec.Schedule;
import org.fovea.spec.Selection;
import org.fovea.spec.Sharing;
import org.fovea.spec.Stopping;
import org.fovea.spec.TrainSpec;

/// Small training runs for tests.
final class Runs {

  static final int FEATURES = 300;
  static final int LABELS = 200;

  private Runs() {}

  /// Learnable examples: a label stands for a few features, of which an example shows most.
  static Examples examples(int count, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Batch batch = new Batch();
    for (int e = 0; e < count; e++) {
      TreeSet<Integer> labels = new TreeSet<>();
      TreeSet<Integer> features = new TreeSet<>();
      int labelCount = 1 + random.nextInt(3);
      for (int i = 0; i < labelCount; i++) {
        int label = (int) (LABELS * Math.pow(random.nextDouble(), 2));
        labels.add(label);
        for (int f = 0; f < 5; f++) {
          if (random.nextInt(5) > 0) {
            features.add(Math.floorMod(label * 31 + f * f * 17, FEATURES));
          }
        }
      }
      features.add(random.nextInt(FEATURES));
      features.forEach(feature -> batch.addFeature(feature, 1f));
      labels.forEach(batch::addLabel);
      batch.endExample(e);
    }
    return MemoryExamples.of("small", batch, FEATURES, LABELS);
  }

  static Selection sampled(Sharing sharing) {
    return new Selection.Sampled(40, 0.5, sharing, true);
  }

  static Selection hashed(Sharing sharing) {
    return new Selection.Lsh(
        new HashFamily.SimHash(true),
        8,
        4,
        new BucketPolicy.FirstInFirstOut(32),
        new Retrieval.MostFrequent(40),
        Optional.of(new Selection.Sampled(10, 0, sharing, true)),
        new Rehash.Incremental(8),
        sharing);
  }

  static NetworkSpec network(Selection output, Loss loss) {
    return new NetworkSpec(
        new InputSpec(FEATURES, InputSpec.Weighting.UNIT, 0.1),
        List.of(
            new LayerSpec.Dense(32, new Activation.Relu(), 1, 0.1, new Selection.All()),
            new LayerSpec.Dense(24, new Activation.Tanh(), 1, 0, new Selection.All())),
        new OutputSpec(
            LABELS,
            loss,
            output,
            output instanceof Selection.All ? 0 : 4,
            new Direct.CoOccurring(1, 50, 0.5),
            OutputSpec.Initialization.ZERO));
  }

  /// A network whose hidden layers are found through tables.
  static NetworkSpec hashedHidden() {
    return new NetworkSpec(
        new InputSpec(FEATURES, InputSpec.Weighting.UNIT, 0),
        List.of(
            hashedLayer(60, new HashFamily.Clusters(8, 8), 1, 1),
            hashedLayer(50, new HashFamily.SimHash(true), 6, 3)),
        new OutputSpec(
            LABELS,
            new Loss.Softmax(),
            new Selection.All(),
            0,
            new Direct.None(),
            OutputSpec.Initialization.RANDOM));
  }

  private static LayerSpec hashedLayer(int neurons, HashFamily family, int tables, int hashes) {
    return new LayerSpec.Dense(
        neurons,
        new Activation.Relu(),
        1,
        0.1,
        new Selection.Lsh(
            family,
            tables,
            hashes,
            new BucketPolicy.Unbounded(),
            new Retrieval.Best(25, 10),
            Optional.empty(),
            new Rehash.Every(5),
            Sharing.EXAMPLE));
  }

  static TrainSpec training(int epochs, Optimizer optimizer, boolean deterministic) {
    return new TrainSpec(
        epochs,
        32,
        optimizer,
        new Schedule.Linear(0.05, 0, 0),
        1,
        1e-5,
        1e-4,
        new Clipping.Norm(10),
        new Averaging.Tail(0.3),
        new Balancing.HeldBack(0.05, 40),
        new Stopping.Never(),
        deterministic,
        17);
  }

  static TrainingRun.Setup setup(
      NetworkSpec network, TrainSpec training, Examples data, int threads, Path directory) {
    return new TrainingRun.Setup(
        network,
        training,
        data,
        Optional.empty(),
        Names.none(),
        new RunOptions(threads, 10, Duration.ofHours(1)),
        directory,
        Optional.empty());
  }

  static Trainer.Clocks clocks() {
    return new Trainer.Clocks(System::nanoTime, () -> 0);
  }

  /// Every kind of selection, for laws that all must keep.
  static List<Selection> selections() {
    List<Selection> all = new ArrayList<>();
    all.add(new Selection.All());
    for (Sharing sharing : Sharing.values()) {
      all.add(sampled(sharing));
      all.add(hashed(sharing));
    }
    return all;
  }

  /// Trains from the start to the end.
  ///
  /// @return what the run left in memory, closed
  static TrainingRun.Outcome train(
      NetworkSpec network, TrainSpec training, Examples data, int threads, Path directory) {
    TrainingRun.Outcome outcome =
        new TrainingRun(setup(network, training, data, threads, directory), _ -> {}, clocks())
            .run(false);
    outcome.network().close();
    assertThat(outcome.finished()).isTrue();
    return outcome;
  }

  /// Stops with one thread at the first checkpoint from a batch on, and resumes with two.
  static void interrupt(
      NetworkSpec network, TrainSpec training, Examples data, long stopAt, Path directory) {
    AtomicReference<TrainingRun> running = new AtomicReference<>();
    TrainingRun first =
        new TrainingRun(
            setup(network, training, data, 1, directory),
            event -> {
              if (event instanceof TrainEvent.CheckpointWritten written
                  && written.batch() >= stopAt) {
                running.get().requestStop();
              }
            },
            clocks());
    running.set(first);
    TrainingRun.Outcome stopped = first.run(false);
    stopped.network().close();
    assertThat(stopped.finished()).isFalse();
    new TrainingRun(setup(network, training, data, 2, directory), _ -> {}, clocks())
        .run(true)
        .network()
        .close();
  }

  /// The parameters of a model, as they are in its file.
  static byte[] weights(Path directory) throws IOException {
    return Files.readAllBytes(directory.resolve("weights.safetensors"));
  }
}
