package org.fovea.bench.suite;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.fovea.bench.run.Settings;
import org.fovea.data.DataSummary;
import org.fovea.spec.Activation;
import org.fovea.spec.BucketPolicy;
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
import org.fovea.spec.TrainSpec;

/// The networks for images whose hidden neurons are selected.
///
/// @param settings what the user changes of them: `family`, `tables`, `hashes`, `clusters`,
///   `candidates`, `rehash`, `padding`, `optimizer`, `rate`, `spread`
record HiddenNetworks(Settings settings) {

  private static final String CLUSTERS = "clusters";

  /// Rounds in which clusters are learned.
  private static final double LEARNING = 6;

  /// Hidden layers of some width in which a part of the neurons takes part, found in some way.
  ///
  /// @param method `none`, `lsh`, `dropout`, `adaptive` or `winners`
  NetworkSpec network(DataSummary data, String method, int layers, int width, int active) {
    List<LayerSpec> hidden = new ArrayList<>();
    for (int layer = 0; layer < layers; layer++) {
      hidden.add(
          new LayerSpec.Dense(
              width,
              new Activation.Relu(),
              settings.number("spread", 1),
              0,
              selection(method, width, active)));
    }
    return new NetworkSpec(
        new InputSpec(data.featureCount(), InputSpec.Weighting.NONE, 0),
        hidden,
        new OutputSpec(
            data.labelCount(),
            new Loss.Softmax(),
            new Selection.All(),
            0,
            new Direct.None(),
            OutputSpec.Initialization.RANDOM));
  }

  private Selection selection(String method, int width, int active) {
    return switch (method) {
      case "none" -> new Selection.All();
      case "dropout" -> new Selection.Sampled(active, 0, Sharing.EXAMPLE, false);
      case "adaptive" -> new Selection.AdaptiveDropout(active);
      case "winners" -> new Selection.TopK(active);
      case "lsh" -> hashed(width, active);
      default -> throw new IllegalArgumentException("no method " + method);
    };
  }

  /// Some times as many neurons are computed as take part: where the input is sparse that costs
  /// little.
  private Selection hashed(int width, int active) {
    int padding = settings.integer("padding", 0);
    int candidates = Math.min(width, settings.integer("candidates", 8) * active);
    return new Selection.Lsh(
        family(width),
        tables(),
        hashes(width),
        new BucketPolicy.Unbounded(),
        new Retrieval.Best(candidates, active),
        padding == 0
            ? Optional.empty()
            : Optional.of(new Selection.Sampled(padding, 0, Sharing.EXAMPLE, false)),
        clustered() ? new Rehash.Every(rehash(width)) : new Rehash.Incremental(rehash(width)),
        Sharing.EXAMPLE);
  }

  private HashFamily family(int width) {
    return switch (settings.text("family", CLUSTERS)) {
      case "simhash" -> new HashFamily.SimHash(true);
      case "plain-simhash" -> new HashFamily.SimHash(false);
      case "dwta" -> new HashFamily.DensifiedWinnerTakesAll(8);
      case CLUSTERS -> new HashFamily.Clusters(clusters(width), clusters(width));
      case String other -> throw new IllegalArgumentException("no family " + other);
    };
  }

  /// Tables of a hashed layer.
  int tables() {
    return settings.integer("tables", clustered() ? 1 : 20);
  }

  private boolean clustered() {
    return settings.text("family", CLUSTERS).equals(CLUSTERS);
  }

  /// Clusters of a table.
  private int clusters(int width) {
    return settings.integer("clusters", Math.max(8, (int) Math.sqrt(width)));
  }

  /// Hash functions of a table.
  int hashes(int width) {
    if (clustered()) {
      return 1;
    }
    return settings.integer("hashes", 32 - Integer.numberOfLeadingZeros(width / 16));
  }

  /// Batches between two rounds of re-hashing: fewer where that costs more.
  int rehash(int width) {
    return settings.integer("rehash", Math.max(60, (int) (60 * Math.sqrt(width / 1_000.0))));
  }

  /// How they are trained.
  TrainSpec training(int epochs, long seed) {
    double rate = settings.number("rate", 0.002);
    Optimizer optimizer =
        switch (settings.text("optimizer", "adam")) {
          case "adam" -> Optimizer.Adam.defaults();
          case "sgd" -> new Optimizer.Sgd();
          case "momentum" -> new Optimizer.Momentum(0.9, false);
          case "row-adagrad" -> new Optimizer.RowAdagrad(1e-10);
          case String other -> throw new IllegalArgumentException("no optimizer " + other);
        };
    return Networks.training(epochs, optimizer, new Schedule.Linear(rate, 0, 0.01), seed);
  }

  /// Multiply-adds of hashing rows, at most: all rows at every round, and the learning of clusters.
  /// The engine's own count has those of queries only.
  double rehashing(DataSummary data, int layers, int width, long batches) {
    int codes = clustered() ? clusters(width) : hashes(width);
    double inputs = data.featureCount() + (layers - 1.0) * width;
    double learning = clustered() ? LEARNING * Math.min(width, 24.0 * codes) : 0;
    return Math.floorDiv(batches, rehash(width)) * inputs * tables() * codes * (width + learning);
  }
}
