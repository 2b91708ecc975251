package org.fovea.training;

import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.fovea.data.DataSummary;
import org.fovea.kernel.RowMatrix;
import org.fovea.kernel.SparseMatrix;
import org.fovea.network.InputWeights;
import org.fovea.spec.Balancing;
import org.fovea.spec.Direct;
import org.fovea.spec.LayerSpec;
import org.fovea.spec.NetworkSpec;
import org.fovea.spec.Replicas;
import org.fovea.spec.Residency;
import org.fovea.spec.Selection;
import org.fovea.spec.TrainSpec;
import org.fovea.topology.Topologies;
import org.fovea.training.optimizer.Updaters;

/// How much memory a training run will take, before anything is allocated.
///
/// @param parts bytes by what they are for, largest parts of a run
public record MemoryEstimate(SequencedMap<String, Long> parts) {

  /// Fixed share of the virtual machine itself and of small things.
  private static final long OVERHEAD = 64L << 20;

  /// Estimates a run.
  ///
  /// @param data training data
  /// @param dataBudget bytes that the data may take in memory
  public static MemoryEstimate of(
      NetworkSpec network, TrainSpec training, DataSummary data, long dataBudget, int threads) {
    return of(network, training, data, dataBudget, RunOptions.threads(threads));
  }

  /// Estimates a run.
  ///
  /// @param data training data
  /// @param dataBudget bytes that the data may take in memory
  /// @param options threads, and where the rows of the labels are
  public static MemoryEstimate of(
      NetworkSpec network,
      TrainSpec training,
      DataSummary data,
      long dataBudget,
      RunOptions options) {
    SequencedMap<String, Long> parts = new LinkedHashMap<>();
    long weights = 0;
    long state = 0;
    int inputs = network.input().features();
    for (long connections : Topologies.counts(network)) {
      // the column of a connection, besides its weight
      int pages = SparseMatrix.pages(connections);
      weights += RowMatrix.bytes(pages, SparseMatrix.PAGE) + Integer.BYTES * connections;
      state += Updaters.stateBytes(training, pages, SparseMatrix.PAGE);
    }
    for (int i = 0; i < network.hidden().size(); i++) {
      LayerSpec layer = network.hidden().get(i);
      if (layer instanceof LayerSpec.Sparse) {
        inputs = layer.neurons();
        continue;
      }
      boolean byFeature = i == 0 && selection(layer) instanceof Selection.All;
      int rows = byFeature ? inputs : layer.neurons();
      int columns = byFeature ? layer.neurons() : inputs;
      weights += RowMatrix.bytes(rows, columns);
      state += Updaters.stateBytes(training, rows, columns);
      inputs = layer.neurons();
    }
    int labels = network.output().labels();
    int outputInputs = network.output().sparse().isPresent() ? 0 : network.outputInputs();
    weights += RowMatrix.bytes(labels, 1);
    state += Updaters.stateBytes(training, labels, 1);
    if (options.labels() instanceof Residency.Suspended suspended) {
      parts.put("rows of labels", SuspendedLabels.bytes(network, training, suspended));
    } else {
      weights += RowMatrix.bytes(labels, outputInputs);
      state += Updaters.stateBytes(training, labels, outputInputs);
    }
    parts.put("weights", weights);
    parts.put("optimizer state", state);
    long direct = direct(network, data);
    parts.put("direct connections", direct);
    if (training.balancing() instanceof Balancing.HeldBack) {
      // a copy of the weights, and one by feature
      parts.put("balancing", direct * 3 / 4 + 12L * labels);
    }
    parts.put("hash tables", tables(network));
    int copies = training.replicas().map(Replicas::count).orElse(0);
    // a gradient for each parameter while they share, the optimizer's state while they are alone
    parts.put("replicas", copies * (2 * weights + state));
    parts.put("workers", Math.max(copies, options.threads()) * worker(network, training));
    parts.put(
        "data", Math.min(dataBudget, 8 * data.featureEntryCount() + 4 * data.labelEntryCount()));
    parts.put("overhead", OVERHEAD);
    return new MemoryEstimate(parts);
  }

  private static Selection selection(LayerSpec layer) {
    return switch (layer) {
      case LayerSpec.Dense dense -> dense.selection();
      case LayerSpec.Sparse _ -> new Selection.All();
    };
  }

  /// At most one connection for each pair in the data: 12 bytes each, and 4 while they are found.
  private static long direct(NetworkSpec network, DataSummary data) {
    return switch (network.output().direct()) {
      case Direct.None _ -> 0;
      case Direct.CoOccurring(int minimum, int perLabel, _) -> {
        double pairs = data.featuresPerExample() * data.labelEntryCount() / minimum;
        yield (long) (16 * Math.min(pairs, (double) perLabel * Math.max(1, data.labelCount())));
      }
    };
  }

  private static long tables(NetworkSpec network) {
    long bytes = 0;
    for (LayerSpec layer : network.hidden()) {
      bytes += tables(selection(layer), layer.neurons());
    }
    return bytes + tables(network.output().selection(), network.output().labels());
  }

  private static long tables(Selection selection, long neurons) {
    return selection instanceof Selection.Lsh lsh ? 12 * neurons * lsh.tables() : 0;
  }

  /// Scratch memory of one worker: activations, active rows and their gradients, stamps.
  private static long worker(NetworkSpec network, TrainSpec training) {
    long batch = training.batch();
    long active =
        switch (network.output().selection()) {
          case Selection.All _, Selection.TopK _, Selection.AdaptiveDropout _ ->
              network.output().labels();
          case Selection.Sampled sampled -> sampled.count() + batch * 10;
          case Selection.Lsh lsh -> lsh.retrieval().limit() + batch * 10;
        };
    long width = 0;
    for (LayerSpec layer : network.hidden()) {
      width += layer.neurons();
    }
    // standardized examples have all features: in the batch, in its signals and in their index
    long dense = InputWeights.usesMeans(network.input().weighting()) ? 24 * batch : 0;
    return dense * network.input().features()
        + 4 * (2 * active * Math.max(16, network.outputInputs()) + active * batch)
        + 8 * batch * width
        + 8L * (network.input().features() + network.output().labels());
  }

  /// All parts together.
  public long bytes() {
    return parts.values().stream().mapToLong(Long::longValue).sum();
  }
}
