package org.fovea.bench.suite;

import java.util.function.Supplier;
import org.fovea.bench.run.Machine;
import org.fovea.data.Batch;
import org.fovea.data.ExampleReader;
import org.fovea.data.Examples;
import org.fovea.network.BatchPass;
import org.fovea.network.Network;
import org.fovea.network.Selector;
import org.fovea.network.Team;
import org.fovea.network.WorkCount;
import org.fovea.spec.TrainSpec;
import org.fovea.training.optimizer.Updaters;

/// Trains on the calling thread, one batch at a call, so that a measurement can begin, pause and
/// end at any batch.
///
/// It does what a worker of the trainer does, without checkpoints and prefetching.
///
/// **Threads** confined.
final class TrainingLoop implements AutoCloseable {

  private final Network network;
  private final TrainSpec spec;
  private final Updaters updaters;
  private final Examples data;
  private final BatchPass pass;
  private final Course course;
  private final Batch batch = new Batch();
  private ExampleReader reader;
  private int epoch;
  private long batches;
  private long examples;
  private double lossSum;
  private long lossCount;
  private double activeSum;
  private double pausedSeconds;
  private final double startSeconds = Machine.cpuSeconds();

  /// How much of a run is done, which decides the learning rate and the end.
  @FunctionalInterface
  interface Course {
    /// The share that is done; 1 or more at the end.
    ///
    /// @param batches trained so far
    /// @param cpuSeconds spent so far
    double done(long batches, double cpuSeconds);
  }

  TrainingLoop(Network network, TrainSpec spec, Updaters updaters, Examples data, Course course) {
    this.network = network;
    this.spec = spec;
    this.updaters = updaters;
    this.data = data;
    this.course = course;
    this.pass = new BatchPass(network, Team.single(), spec.weightDecay());
    this.reader = open();
  }

  /// The course of a run of whole epochs.
  static Course epochs(TrainSpec spec, Examples data) {
    double total =
        (double) spec.epochs() * Math.ceilDiv(data.summary().exampleCount(), spec.batch());
    return (batches, _) -> batches / total;
  }

  /// The course of a run of some batches.
  static Course batches(long total) {
    return (batches, _) -> (double) batches / total;
  }

  /// The course of a run that ends when its CPU time is spent.
  static Course budget(double cpuSeconds) {
    return (_, spent) -> spent / cpuSeconds;
  }

  private ExampleReader open() {
    return data.shuffled(spec.seed() + 0x9E3779B97F4A7C15L * (epoch + 1), 0);
  }

  /// Trains on the next batch.
  ///
  /// @return false, and nothing is done, at the end of the course
  boolean step() {
    double done = course.done(batches, cpuSeconds());
    if (done >= 1) {
      return false;
    }
    batch.clear();
    if (reader.read(batch, spec.batch()) == 0) {
      reader.close();
      epoch++;
      reader = open();
      if (reader.read(batch, spec.batch()) == 0) {
        throw new IllegalStateException("there are no examples");
      }
    }
    network.inputWeights().apply(batch);
    updaters.progress((long) (1e6 * done), 1_000_000);
    float rate = (float) spec.schedule().rate(done);
    float directRate = (float) (spec.directRate() * rate / spec.schedule().peak());
    double loss = pass.train(batch, spec.seed(), batches, rate, directRate);
    if (pass.lastStepTaken()) {
      lossSum += loss;
      lossCount += batch.exampleCount();
    }
    activeSum += pass.activeLabels();
    examples += batch.exampleCount();
    for (Selector selector : network.selectors()) {
      selector.maintain(batches);
    }
    batches++;
    return true;
  }

  /// Does something whose CPU time is not the training's.
  <T> T aside(Supplier<T> other) {
    double before = Machine.cpuSeconds();
    T result = other.get();
    pausedSeconds += Machine.cpuSeconds() - before;
    return result;
  }

  /// CPU seconds of the process since the beginning, without those spent aside.
  double cpuSeconds() {
    return Machine.cpuSeconds() - startSeconds - pausedSeconds;
  }

  /// Batches trained.
  long batches() {
    return batches;
  }

  /// Examples trained on, over all epochs.
  long examples() {
    return examples;
  }

  /// Epochs completed, as a fraction.
  double epochs() {
    return (double) examples / data.summary().exampleCount();
  }

  /// Mean loss since it was asked last.
  double takeLoss() {
    double mean = lossSum / Math.max(1, lossCount);
    lossSum = 0;
    lossCount = 0;
    return mean;
  }

  /// Mean number of active labels of an example.
  double activeLabels() {
    return activeSum / Math.max(1, batches);
  }

  /// Multiply-adds so far.
  WorkCount work() {
    return pass.work();
  }

  @Override
  public void close() {
    reader.close();
  }
}
