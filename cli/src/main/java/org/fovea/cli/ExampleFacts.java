package org.fovea.cli;

import java.util.Optional;
import java.util.OptionalDouble;
import org.fovea.data.Batch;
import org.fovea.model.ModelInfo;
import org.fovea.network.DirectConnections;
import org.fovea.network.InputWeights;
import org.fovea.network.Network;

/// What of an example decides what it costs.
///
/// @param features of an average example, as the network sees it; not a number if nobody knows
/// @param direct connections that reach the labels from an average example's features, if they were
///   counted
/// @param inputDropout share of the features that training leaves out
/// @param labels which of them take part
record ExampleFacts(
    double features, OptionalDouble direct, double inputDropout, LabelActivity labels) {

  /// Of the examples that a model was trained on, or of others.
  ///
  /// @param others examples to look at instead, not weighted
  static ExampleFacts of(ModelInfo info, Network network, Optional<Batch> others) {
    double features =
        InputWeights.usesMeans(info.network().input().weighting())
            ? info.network().input().features()
            : others
                .map(batch -> (double) batch.featureCount() / Math.max(1, batch.exampleCount()))
                .orElseGet(() -> info.data().featuresPerExample().orElse(Double.NaN));
    return new ExampleFacts(
        features,
        others
            .map(batch -> OptionalDouble.of(direct(network, batch)))
            .orElseGet(OptionalDouble::empty),
        info.network().input().dropout(),
        LabelActivity.of(info));
  }

  /// Features that training sees of an average example.
  double seen() {
    return features * (1 - inputDropout);
  }

  private static double direct(Network network, Batch batch) {
    DirectConnections connections = network.output().direct();
    int[] degrees = new int[network.spec().input().features()];
    for (int feature : connections.features()) {
      degrees[feature]++;
    }
    long sum = 0;
    for (int i = 0; i < batch.featureCount(); i++) {
      sum += degrees[batch.features()[i]];
    }
    return (double) sum / Math.max(1, batch.exampleCount());
  }
}
