package org.fovea.cli;

import java.util.Arrays;
import java.util.Optional;
import org.fovea.model.ModelInfo;
import org.fovea.network.DirectConnections;
import org.fovea.spec.LayerSpec;
import org.fovea.spec.NetworkSpec;
import org.fovea.spec.OutputSpec;
import org.fovea.spec.Selection;
import org.fovea.spec.Sharing;

/// How probable it is that a label takes part in a training example: as a true label, of the
/// example or of another in the batch that shares its labels, as a neighbour, or because it was
/// drawn or found.
///
/// Neighbours are taken as if they were drawn by frequency, and tables as if they always found as
/// many labels as they may: then the sum is the most that there can be.
///
/// @param probabilities of each label
record LabelActivity(double[] probabilities) {

  /// Of the labels of a model's training data.
  static LabelActivity of(ModelInfo info) {
    OutputSpec output = info.network().output();
    double[] probabilities = new double[output.labels()];
    Optional<Selection.Sampled> drawn =
        switch (output.selection()) {
          case Selection.Sampled sampled -> Optional.of(sampled);
          case Selection.Lsh lsh -> lsh.padding();
          case Selection.All _, Selection.TopK _, Selection.AdaptiveDropout _ -> Optional.empty();
        };
    if (output.selection() instanceof Selection.All) {
      Arrays.fill(probabilities, 1);
      return new LabelActivity(probabilities);
    }
    double examples = shared(info.network()) ? info.training().batch() : 1;
    double found = 0;
    if (output.selection() instanceof Selection.Lsh lsh) {
      found = Math.min(1, (double) lsh.retrieval().limit() / output.labels());
    }
    long[] frequencies = info.data().labelFrequencies();
    double labelSum = 0;
    double weightSum = 0;
    double power = drawn.map(Selection.Sampled::power).orElse(0.0);
    for (long frequency : frequencies) {
      labelSum += frequency;
      weightSum += Math.pow(frequency + 1.0, power);
    }
    for (int label = 0; label < probabilities.length; label++) {
      double often = frequencies[label];
      double isTrue = Math.min(1, often / Math.max(1, info.data().examples()));
      double neighbour = labelSum == 0 ? 0 : often / labelSum;
      double draw = Math.pow(often + 1, power) / weightSum;
      double missed =
          missed(isTrue, examples)
              * missed(neighbour, examples * output.neighbours())
              * missed(draw, drawn.map(Selection.Sampled::count).orElse(0))
              * (1 - found);
      probabilities[label] = 1 - missed;
    }
    return new LabelActivity(probabilities);
  }

  /// Whether the examples of a batch share their active labels: only where each has all values of
  /// the last hidden layer.
  private static boolean shared(NetworkSpec network) {
    for (LayerSpec layer : network.hidden().reversed()) {
      if (layer instanceof LayerSpec.Sparse) {
        break;
      }
      if (layer instanceof LayerSpec.Dense dense && !(dense.selection() instanceof Selection.All)) {
        return false;
      }
    }
    return switch (network.output().selection()) {
      case Selection.Sampled sampled -> sampled.sharing() == Sharing.BATCH;
      case Selection.Lsh lsh -> lsh.sharing() == Sharing.BATCH;
      case Selection.All _, Selection.TopK _, Selection.AdaptiveDropout _ -> true;
    };
  }

  private static double missed(double probability, double times) {
    return times == 0 ? 1 : Math.pow(1 - probability, times);
  }

  /// Labels that take part in an example, on average.
  double expected() {
    return Arrays.stream(probabilities).sum();
  }

  /// Share of some connections that lead to labels that take part.
  double share(DirectConnections connections) {
    double active = 0;
    for (int label = 0; label < probabilities.length; label++) {
      int degree = connections.offsets()[label + 1] - connections.offsets()[label];
      active += degree * probabilities[label];
    }
    return active / Math.max(1, connections.count());
  }
}
