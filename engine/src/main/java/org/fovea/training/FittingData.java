package org.fovea.training;

import org.fovea.data.DataSummary;
import org.fovea.data.Examples;
import org.fovea.spec.Loss;
import org.fovea.spec.NetworkSpec;

/// Whether a network can read some examples, and learn from them.
final class FittingData {

  private FittingData() {}

  /// Requires that a network has the features and labels that examples may have.
  ///
  /// @throws IllegalArgumentException if it does not
  static void require(NetworkSpec network, Examples examples) {
    DataSummary data = examples.summary();
    require(data.name(), "features", network.input().features(), data.featureCount());
    if (!(network.output().loss() instanceof Loss.Reconstruction)) {
      require(data.name(), "labels", network.output().labels(), data.labelCount());
    }
  }

  private static void require(String name, String what, int most, int count) {
    if (count > most) {
      throw new IllegalArgumentException(
          "%s: examples of at most the %s %s of the network were expected, of %s came"
              .formatted(name, most, what, count));
    }
  }

  /// Requires that there is something to learn as well.
  ///
  /// @throws IllegalArgumentException if the network does not fit
  /// @throws TrainingException if there are no examples, or none has a label
  static void requireLearnable(NetworkSpec network, Examples examples) {
    require(network, examples);
    DataSummary data = examples.summary();
    if (data.exampleCount() == 0) {
      throw new TrainingException(data.name() + ": there are no examples to train on");
    }
    if (data.labelEntryCount() == 0 && !(network.output().loss() instanceof Loss.Reconstruction)) {
      throw new TrainingException(
          data.name() + ": no example has a label, so there is nothing to learn");
    }
  }
}
