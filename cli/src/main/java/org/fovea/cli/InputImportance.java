package org.fovea.cli;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.fovea.data.Names;
import org.fovea.kernel.RowMatrix;
import org.fovea.kernel.SparsePattern;
import org.fovea.model.Model;
import org.fovea.network.DirectConnections;
import org.fovea.network.InputWeights;
import org.fovea.network.Network;
import org.fovea.network.Parameters;
import org.fovea.network.SparseConnections;
import org.fovea.spec.LayerSpec;
import org.fovea.spec.NetworkSpec;

/// How much each input feature can change what a network says: the length of its weights into the
/// first hidden layer, and that of its direct connections, both times the weight that the feature's
/// values are given. Of a sparse layer it is the sum of the absolute weights of the connections
/// that survived (Atashgahi and others, *QuickSelection*, 2020, arXiv:2012.00560); standardized
/// features are compared as they are.
///
/// It says what the network listens to, not what decides: a rare feature may be loud.
///
/// @param hidden by feature, strength of its weights into the first hidden layer
/// @param direct by feature, length of its direct weights
record InputImportance(double[] hidden, double[] direct) {

  /// A feature and how much it matters.
  record Ranked(int feature, String name, double hidden, double direct) {

    double total() {
      return hidden + direct;
    }
  }

  /// Of a network's features.
  static InputImportance of(Network network) {
    int features = network.spec().input().features();
    boolean sparse = startsSparse(network.spec());
    double[] hidden =
        sparse ? strengths(network.connections().getFirst(), features) : hidden(network, features);
    double[] direct = direct(network.output().direct(), features);
    float[] weights = network.inputWeights().featureWeights();
    for (int feature = 0; feature < features; feature++) {
      double weight = weights.length == 0 ? 1 : Math.abs(weights[feature]);
      if (InputWeights.usesMeans(network.spec().input().weighting())) {
        weight = Math.signum(weight);
      }
      hidden[feature] = weight * (sparse ? hidden[feature] : Math.sqrt(hidden[feature]));
      direct[feature] = weight * Math.sqrt(direct[feature]);
    }
    return new InputImportance(hidden, direct);
  }

  private static boolean startsSparse(NetworkSpec spec) {
    return spec.hidden().isEmpty()
        ? spec.output().sparse().isPresent()
        : spec.hidden().getFirst() instanceof LayerSpec.Sparse;
  }

  /// Sums of the absolute weights of each input's connections.
  private static double[] strengths(SparseConnections connections, int features) {
    double[] sums = new double[features];
    SparsePattern pattern = connections.matrix().pattern();
    for (long p = 0; p < pattern.count(); p++) {
      sums[pattern.column(p)] += Math.abs(connections.matrix().weight(p));
    }
    return sums;
  }

  /// Squared lengths. The first matrix has a row for each feature, or a column where neurons are
  /// selected.
  private static double[] hidden(Network network, int features) {
    double[] squares = new double[features];
    if (network.spec().hidden().isEmpty()) {
      return squares;
    }
    Parameters first = network.parameters().getFirst();
    RowMatrix matrix = first.values();
    boolean rowsAreFeatures = network.inputLayer().isPresent();
    for (int row = 0; row < matrix.rows(); row++) {
      float[] chunk = matrix.chunk(row);
      int offset = matrix.offset(row);
      for (int column = 0; column < matrix.columns(); column++) {
        double weight = chunk[offset + column];
        squares[rowsAreFeatures ? row : column] += weight * weight;
      }
    }
    return squares;
  }

  private static double[] direct(DirectConnections connections, int features) {
    double[] squares = new double[features];
    for (int i = 0; i < connections.count(); i++) {
      double weight = connections.weights()[i];
      squares[connections.features()[i]] += weight * weight;
    }
    return squares;
  }

  /// The features that matter most.
  List<Ranked> top(int count, Model model) {
    Names names = model.info().names();
    List<Ranked> ranked = new ArrayList<>(hidden.length);
    for (int feature = 0; feature < hidden.length; feature++) {
      String name = names.feature(feature).map(OneLine::of).orElse("feature " + feature);
      ranked.add(new Ranked(feature, name, hidden[feature], direct[feature]));
    }
    ranked.sort(Comparator.comparingDouble(Ranked::total).reversed());
    return List.copyOf(ranked.subList(0, Math.min(count, ranked.size())));
  }
}
