package org.fovea.network;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.fovea.data.Batch;
import org.fovea.kernel.RowMatrix;
import org.fovea.kernel.SparseMatrix;
import org.fovea.kernel.SparsePattern;
import org.fovea.spec.Activation;
import org.fovea.spec.LayerSpec;
import org.fovea.spec.Loss;
import org.fovea.spec.NetworkSpec;
import org.fovea.spec.Selection;

/// The definition of a network: what [BatchPass] and [Predictor] compute, written for reading, in
/// double precision, one example at a time, without active sets where all neurons take part.
final class NaiveNetwork {

  private final NetworkSpec spec;
  private final List<double[][]> weights = new ArrayList<>();
  private final List<int[][]> inputs = new ArrayList<>();
  private final List<double[]> biases = new ArrayList<>();
  private final List<double[][]> shapes = new ArrayList<>();
  private final double[][] direct;
  private double margin = Double.POSITIVE_INFINITY;

  /// Copies the parameters of a network.
  NaiveNetwork(Network network) {
    this.spec = network.spec();
    int next = 0;
    int nextSparse = 0;
    for (int i = 0; i < spec.hidden().size(); i++) {
      double[][] shape = new double[0][];
      if (spec.hidden().get(i) instanceof LayerSpec.Sparse) {
        SparseLayer layer = network.sparse().get(nextSparse++);
        addSparse(layer.connections().matrix());
        biases.add(rows(layer.bias().values())[0]);
        shape = layer.shape().map(learned -> rows(learned.values())).orElse(shape);
      } else if (i == 0 && network.inputLayer().isPresent()) {
        // kept by feature: here by neuron, as all the others
        addDense(transposed(network.inputLayer().get().weights().values()));
        biases.add(rows(network.inputLayer().get().bias().values())[0]);
      } else {
        NeuronLayer layer = network.hidden().get(next++);
        addDense(rows(layer.weights().values()));
        biases.add(column(layer.bias().values()));
      }
      shapes.add(shape);
    }
    if (network.sparseOutput().isPresent()) {
      addSparse(network.sparseOutput().get().matrix());
    } else {
      addDense(rows(network.output().neurons().weights().values()));
    }
    biases.add(column(network.output().neurons().bias().values()));
    DirectConnections connections = network.output().direct();
    direct = new double[spec.output().labels()][spec.input().features()];
    for (int label = 0; label < direct.length; label++) {
      for (int i = connections.offsets()[label]; i < connections.offsets()[label + 1]; i++) {
        direct[label][connections.features()[i]] = connections.weights()[i];
      }
    }
  }

  private void addDense(double[][] rows) {
    int[][] all = new int[rows.length][];
    for (int row = 0; row < rows.length; row++) {
      all[row] = IntStream.range(0, rows[row].length).toArray();
    }
    weights.add(rows);
    inputs.add(all);
  }

  private void addSparse(SparseMatrix matrix) {
    SparsePattern pattern = matrix.pattern();
    double[][] rows = new double[pattern.rows()][];
    int[][] columns = new int[pattern.rows()][];
    for (int row = 0; row < rows.length; row++) {
      int count = (int) (pattern.offset(row + 1) - pattern.offset(row));
      rows[row] = new double[count];
      columns[row] = new int[count];
      for (int i = 0; i < count; i++) {
        rows[row][i] = matrix.weight(pattern.offset(row) + i);
        columns[row][i] = pattern.column(pattern.offset(row) + i);
      }
    }
    weights.add(rows);
    inputs.add(columns);
  }

  /// The score of every label for one example.
  double[] scores(Batch batch, int example) {
    double[] input = new double[spec.input().features()];
    for (int i = batch.featureOffsets()[example]; i < batch.featureOffsets()[example + 1]; i++) {
      input[batch.features()[i]] += batch.values()[i];
    }
    double[] signal = input;
    for (int i = 0; i < spec.hidden().size(); i++) {
      signal = netInputs(i, signal);
      switch (spec.hidden().get(i)) {
        case LayerSpec.Dense layer -> select(layer.selection(), signal, layer.activation());
        case LayerSpec.Sparse layer -> activate(layer.activation(), signal, i);
      }
    }
    double[] scores =
        spec.hidden().isEmpty() ? biases.getLast().clone() : netInputs(weights.size() - 1, signal);
    for (int label = 0; label < scores.length; label++) {
      for (int feature = 0; feature < input.length; feature++) {
        scores[label] += direct[label][feature] * input[feature];
      }
    }
    return scores;
  }

  /// Mean loss of a batch.
  double loss(Batch batch) {
    double sum = 0;
    for (int e = 0; e < batch.exampleCount(); e++) {
      int[] labels =
          Arrays.copyOfRange(batch.labels(), batch.labelOffsets()[e], batch.labelOffsets()[e + 1]);
      double[] scores = scores(batch, e);
      sum +=
          spec.output().loss() instanceof Loss.Reconstruction
              ? reconstruction(scores, batch, e)
              : loss(scores, labels);
    }
    return sum / batch.exampleCount();
  }

  private static double reconstruction(double[] scores, Batch batch, int example) {
    double[] difference = scores.clone();
    for (int i = batch.featureOffsets()[example]; i < batch.featureOffsets()[example + 1]; i++) {
      difference[batch.features()[i]] -= batch.values()[i];
    }
    double sum = 0;
    for (double d : difference) {
      sum += 0.5 * d * d;
    }
    return sum;
  }

  private double loss(double[] scores, int[] labels) {
    return switch (spec.output().loss()) {
      case Loss.Logistic _ -> logistic(scores, labels);
      case Loss.Squared _ -> squared(scores, labels);
      case Loss.Softmax _ -> labels.length == 0 ? 0 : softmax(scores, labels);
      case Loss.DecoupledSoftmax _ -> labels.length == 0 ? 0 : decoupled(scores, labels);
      case Loss.Reconstruction _ -> throw new IllegalStateException("needs the example");
    };
  }

  private static double logistic(double[] scores, int[] labels) {
    double loss = 0;
    for (double score : scores) {
      loss += Math.log1p(Math.exp(score));
    }
    for (int label : labels) {
      loss -= scores[label];
    }
    return loss;
  }

  private static double squared(double[] scores, int[] labels) {
    double loss = 0;
    for (int label = 0; label < scores.length; label++) {
      double target = Arrays.binarySearch(labels, label) < 0 ? 0 : 1;
      double difference = 1 / (1 + Math.exp(-scores[label])) - target;
      loss += 0.5 * difference * difference;
    }
    return loss;
  }

  private static double softmax(double[] scores, int[] labels) {
    double sum = 0;
    for (double score : scores) {
      sum += Math.exp(score);
    }
    double loss = 0;
    for (int label : labels) {
      loss += (Math.log(sum) - scores[label]) / labels.length;
    }
    return loss;
  }

  private static double decoupled(double[] scores, int[] labels) {
    double negatives = 0;
    for (int label = 0; label < scores.length; label++) {
      if (Arrays.binarySearch(labels, label) < 0) {
        negatives += Math.exp(scores[label]);
      }
    }
    double loss = 0;
    for (int label : labels) {
      loss += (Math.log(negatives + Math.exp(scores[label])) - scores[label]) / labels.length;
    }
    return loss;
  }

  /// Distance of the nearest net input so far to a place where the function has a kink or a jump:
  /// nearer than rounding errors, single precision may take the other side.
  double margin() {
    return margin;
  }

  private void select(Selection selection, double[] net, Activation activation) {
    if (activation instanceof Activation.Relu || activation instanceof Activation.LeakyRelu) {
      for (double z : net) {
        margin = Math.min(margin, Math.abs(z));
      }
    }
    double least =
        switch (selection) {
          case Selection.All _ -> Double.NEGATIVE_INFINITY;
          case Selection.TopK(int count) -> {
            double[] sorted = net.clone();
            Arrays.sort(sorted);
            if (count < sorted.length) {
              double gap = sorted[sorted.length - count] - sorted[sorted.length - count - 1];
              margin = Math.min(margin, gap);
            }
            yield sorted[sorted.length - count];
          }
          case Selection.AdaptiveDropout _, Selection.Sampled _, Selection.Lsh _ ->
              throw new IllegalArgumentException("random selections have no one answer");
        };
    for (int i = 0; i < net.length; i++) {
      net[i] = net[i] < least ? 0 : activate(activation, net[i]);
    }
  }

  private static double activate(Activation activation, double z) {
    return switch (activation) {
      case Activation.Linear _ -> z;
      case Activation.Relu _ -> Math.max(0, z);
      case Activation.LeakyRelu(double slope) -> z > 0 ? z : slope * z;
      case Activation.Tanh _ -> Math.tanh(z);
      case Activation.Sigmoid _ -> 1 / (1 + Math.exp(-z));
      case Activation.AllRelu _, Activation.Srelu _ ->
          throw new IllegalArgumentException("depends on the layer");
    };
  }

  private void activate(Activation activation, double[] net, int layer) {
    for (int i = 0; i < net.length; i++) {
      double z = net[i];
      // a derivative jumps where a rectifier bends
      margin = Math.min(margin, Math.abs(z));
      if (activation instanceof Activation.Srelu) {
        margin = Math.min(margin, Math.abs(z - shapes.get(layer)[0][i]));
        margin = Math.min(margin, Math.abs(z - shapes.get(layer)[2][i]));
      }
      net[i] =
          switch (activation) {
            case Activation.AllRelu(double slope) ->
                z > 0 ? z : (layer % 2 == 0 ? -slope : slope) * z;
            case Activation.Srelu _ -> {
              double[][] shape = shapes.get(layer);
              double lower = shape[0][i];
              double upper = shape[2][i];
              yield z >= upper
                  ? upper + shape[3][i] * (z - upper)
                  : z <= lower ? lower + shape[1][i] * (z - lower) : z;
            }
            default -> activate(activation, z);
          };
    }
  }

  private double[] netInputs(int layer, double[] signal) {
    double[] net = biases.get(layer).clone();
    for (int neuron = 0; neuron < net.length; neuron++) {
      double[] row = weights.get(layer)[neuron];
      int[] columns = inputs.get(layer)[neuron];
      for (int i = 0; i < row.length; i++) {
        net[neuron] += row[i] * signal[columns[i]];
      }
    }
    return net;
  }

  /// Every parameter as `array, index` pairs, for finite differences: weights, biases and learned
  /// activations of each layer, then the direct connections.
  List<double[]> parameters() {
    List<double[]> all = new ArrayList<>();
    for (int i = 0; i < weights.size(); i++) {
      all.addAll(List.of(weights.get(i)));
      all.add(biases.get(i));
    }
    shapes.forEach(shape -> all.addAll(List.of(shape)));
    all.addAll(List.of(direct));
    return all;
  }

  private static double[][] rows(RowMatrix matrix) {
    double[][] rows = new double[matrix.rows()][matrix.columns()];
    for (int row = 0; row < rows.length; row++) {
      for (int column = 0; column < rows[row].length; column++) {
        rows[row][column] = matrix.at(row, column);
      }
    }
    return rows;
  }

  private static double[][] transposed(RowMatrix matrix) {
    double[][] rows = new double[matrix.columns()][matrix.rows()];
    for (int row = 0; row < matrix.rows(); row++) {
      for (int column = 0; column < matrix.columns(); column++) {
        rows[column][row] = matrix.at(row, column);
      }
    }
    return rows;
  }

  private static double[] column(RowMatrix matrix) {
    double[] column = new double[matrix.rows()];
    for (int row = 0; row < column.length; row++) {
      column[row] = matrix.at(row, 0);
    }
    return column;
  }
}
