package org.fovea.training;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.fovea.data.Batch;
import org.fovea.data.ExampleReader;
import org.fovea.data.Examples;
import org.fovea.network.ActiveSet;
import org.fovea.network.FeatureConnections;
import org.fovea.network.Network;
import org.fovea.network.Predictor;
import org.fovea.network.ProbabilityPredictor;
import org.fovea.network.Selector;
import org.fovea.network.TopK;
import org.fovea.spec.Calibration;
import org.fovea.training.metric.MeasureAccumulator;
import org.fovea.training.metric.MeasureSpec;
import org.fovea.training.metric.Measures;

/// Measures a network on examples, exactly over all labels or through a selector's tables.
///
/// Examples without features or labels are left out and counted.
///
/// **Threads** confined; works with several threads inside. The measures do not depend on how many.
public final class Evaluator {

  private static final int BATCH = 128;

  private final Examples examples;
  private final MeasureSpec spec;
  private final int threads;
  private final Optional<Calibration> calibration;

  /// @param examples what to measure on
  /// @param spec what to measure
  /// @param threads from 1 to 1,024
  public Evaluator(Examples examples, MeasureSpec spec, int threads) {
    this(examples, spec, threads, Optional.empty());
  }

  /// @param examples what to measure on
  /// @param spec what to measure
  /// @param threads from 1 to 1,024
  /// @param calibration what makes probabilities of scores, if those are to be measured
  public Evaluator(
      Examples examples, MeasureSpec spec, int threads, Optional<Calibration> calibration) {
    this.calibration = calibration;
    if (threads < 1 || threads > 1_024) {
      throw new IllegalArgumentException("1 to 1,024 threads were expected, " + threads + " came");
    }
    this.examples = Objects.requireNonNull(examples, "examples");
    this.spec = Objects.requireNonNull(spec, "spec");
    this.threads = threads;
  }

  /// Measures over all labels.
  ///
  /// @throws IllegalArgumentException if examples may have features or labels that the network does
  ///   not have
  public Measures evaluate(Network network) {
    return evaluate(() -> new Predictor(network), network, Optional.empty());
  }

  /// Measures over the labels that a selector finds.
  ///
  /// @param direct the network's direct connections
  /// @throws IllegalArgumentException as [#evaluate] does
  public Measures evaluateSelected(Network network, FeatureConnections direct, Selector selector) {
    return evaluate(() -> new Predictor(network, direct), network, Optional.of(selector));
  }

  private Measures evaluate(
      Supplier<Predictor> predictors, Network network, Optional<Selector> selector) {
    FittingData.require(network.spec(), examples);
    MeasureAccumulator total = new MeasureAccumulator(spec);
    ExecutorService executor =
        Executors.newFixedThreadPool(
            threads, Thread.ofPlatform().daemon().name("fovea-evaluator-", 0).factory());
    try (ExampleReader reader = examples.inOrder()) {
      List<Future<MeasureAccumulator>> parts = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        parts.add(executor.submit(() -> measure(predictors.get(), network, selector, reader)));
      }
      for (Future<MeasureAccumulator> part : parts) {
        total.merge(part.get());
      }
    } catch (ExecutionException e) {
      throw TrainingException.of("evaluation", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TrainingException("evaluation was interrupted", e);
    } finally {
      executor.shutdownNow();
    }
    return total.measures();
  }

  private MeasureAccumulator measure(
      Predictor predictor, Network network, Optional<Selector> selector, ExampleReader reader) {
    MeasureAccumulator measured = new MeasureAccumulator(spec);
    TopK[] best = new TopK[BATCH];
    int k = Math.min(spec.rankingLength(), network.output().neurons().neurons());
    for (int i = 0; i < BATCH; i++) {
      best[i] = new TopK(k);
    }
    Optional<Selector.Scratch> scratch = selector.map(Selector::newScratch);
    Optional<ProbabilityPredictor> probabilities =
        calibration.map(fitted -> new ProbabilityPredictor(network, fitted));
    ActiveSet set = new ActiveSet(selector.isPresent() ? network.spec().output().labels() : 0);
    Batch batch = new Batch();
    while (fill(reader, batch, network.inputWeights().batch(BATCH))) {
      for (int i = 0; i < batch.exampleCount(); i++) {
        best[i].clear();
      }
      network.inputWeights().apply(batch);
      if (selector.isPresent()) {
        predictor.predictSelected(batch, best, set, selector.get(), scratch.orElseThrow());
      } else if (probabilities.isPresent()) {
        probabilities.get().predict(batch, best);
      } else {
        predictor.predict(batch, best);
      }
      add(measured, batch, best);
    }
    return measured;
  }

  private static boolean fill(ExampleReader reader, Batch batch, int limit) {
    batch.clear();
    synchronized (reader) {
      return reader.read(batch, limit) > 0;
    }
  }

  private static void add(MeasureAccumulator measured, Batch batch, TopK[] best) {
    int[] features = batch.featureOffsets();
    int[] labels = batch.labelOffsets();
    for (int i = 0; i < batch.exampleCount(); i++) {
      best[i].rank();
      if (features[i] == features[i + 1]) {
        measured.leaveOut();
      } else {
        measured.add(best[i], batch.labels(), labels[i], labels[i + 1]);
      }
    }
  }
}
