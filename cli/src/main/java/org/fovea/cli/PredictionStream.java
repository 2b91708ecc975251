package org.fovea.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.fovea.FoveaException;
import org.fovea.data.Batch;
import org.fovea.data.ExampleReader;
import org.fovea.data.SkippedExample;
import org.fovea.model.Model;
import org.fovea.network.ActiveSet;
import org.fovea.network.Predictor;
import org.fovea.network.ProbabilityPredictor;
import org.fovea.network.Selector;
import org.fovea.network.TopK;
import org.fovea.spec.Calibration;

/// Predicts for examples as they are read, by several threads, and prints in their order.
///
/// **Threads** confined; several work inside. **Cost** memory for a few batches, however many
/// examples come.
final class PredictionStream implements AutoCloseable {

  private static final int BATCH = 256;

  private final Model model;
  private final Optional<Calibration> calibration;
  private final int k;
  private final Optional<Tables> tables;
  private final int threads;
  private final ExecutorService executor;
  private final Queue<Worker> idle = new ConcurrentLinkedQueue<>();

  /// @param calibration what makes probabilities of scores, if they are to be such
  /// @param top labels of each example; fewer where there are fewer
  /// @param tables what finds the labels to predict among; nothing for all. Closed with this
  PredictionStream(
      Model model,
      Optional<Calibration> calibration,
      int top,
      Optional<Tables> tables,
      int threads) {
    this.model = model;
    this.calibration = calibration;
    this.k = Math.min(top, model.info().network().output().labels());
    this.tables = tables;
    this.threads = threads;
    this.executor =
        Executors.newFixedThreadPool(
            threads, Thread.ofPlatform().daemon().name("fovea-predictor-", 0).factory());
  }

  /// Predicts to the end of the reader, and prints what comes of a batch as soon as it is there.
  ///
  /// @param reader closed here
  /// @return what the reader has to say
  BatchesAhead.Told run(ExampleReader reader, PredictionFormat format, Console console) {
    int size = model.network().inputWeights().batch(BATCH);
    try (BatchesAhead<Future<List<String>>> ahead =
        new BatchesAhead<>(
            reader, size, batch -> executor.submit(() -> lines(batch, format)), 2 * threads)) {
      for (var next = ahead.take(); next.isPresent(); next = ahead.take()) {
        print(next.get(), format, console);
        console.flush();
      }
      return ahead.told();
    }
  }

  /// Prints answers, and what was left out between them, in the order of the data.
  private static void print(
      BatchesAhead.Examples<Future<List<String>>> examples,
      PredictionFormat format,
      Console console) {
    List<String> lines = result(examples.work());
    List<SkippedExample> skipped = examples.skipped();
    long[] ids = examples.batch().exampleIds();
    int at = 0;
    for (int i = 0; i < lines.size(); i++) {
      while (at < skipped.size() && skipped.get(at).example() < ids[i]) {
        format.skipped(skipped.get(at++), console);
      }
      console.result(lines.get(i));
    }
    while (at < skipped.size()) {
      format.skipped(skipped.get(at++), console);
    }
  }

  private static List<String> result(Future<List<String>> lines) {
    try {
      return lines.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof FoveaException known) {
        throw known;
      }
      if (e.getCause() instanceof IllegalArgumentException refused) {
        // what a network refuses names the example
        throw new CommandException(String.valueOf(refused.getMessage()), e);
      }
      throw new CommandException("prediction failed: " + e.getCause(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandException("prediction was interrupted", e);
    }
  }

  private List<String> lines(Batch batch, PredictionFormat format) {
    Worker worker = Optional.ofNullable(idle.poll()).orElseGet(Worker::new);
    List<String> lines = worker.predict(batch, format);
    idle.add(worker);
    return lines;
  }

  /// What one thread needs at a time.
  private final class Worker {

    private final Predictor predictor =
        tables
            .map(found -> new Predictor(model.network(), found.direct()))
            .orElseGet(() -> new Predictor(model.network()));
    private final Optional<ProbabilityPredictor> probabilities =
        calibration.map(fitted -> new ProbabilityPredictor(model.network(), fitted));
    private final TopK[] best = new TopK[BATCH];
    private final ActiveSet set =
        new ActiveSet(tables.isPresent() ? model.info().network().output().labels() : 0);
    private final Optional<Selector.Scratch> scratch =
        tables.map(found -> found.selector().newScratch());

    Worker() {
      for (int i = 0; i < BATCH; i++) {
        best[i] = new TopK(k);
      }
    }

    List<String> predict(Batch batch, PredictionFormat format) {
      for (TopK ranking : best) {
        ranking.clear();
      }
      model.network().inputWeights().apply(batch);
      if (tables.isPresent()) {
        predictor.predictSelected(batch, best, set, tables.get().selector(), scratch.orElseThrow());
        for (int i = 0; i < batch.exampleCount(); i++) {
          TopK ranking = best[i];
          ranking.rank();
          // whoever needs the scores of all labels does not come here
          calibration.ifPresent(fitted -> ranking.mapScores(score -> fitted.probability(score, 0)));
        }
      } else if (probabilities.isPresent()) {
        probabilities.get().predict(batch, best);
      } else {
        predictor.predict(batch, best);
      }
      List<String> lines = new ArrayList<>(batch.exampleCount());
      for (int i = 0; i < batch.exampleCount(); i++) {
        best[i].rank();
        if (best[i].size() == 0 && tables.isEmpty()) {
          throw new CommandException(
              "row %s: finite scores were expected, others came: its values are too large for the model"
                  .formatted(batch.exampleIds()[i]));
        }
        lines.add(format.line(batch.exampleIds()[i], best[i]));
      }
      return lines;
    }
  }

  @Override
  public void close() {
    executor.shutdownNow();
    tables.ifPresent(Tables::close);
  }
}
