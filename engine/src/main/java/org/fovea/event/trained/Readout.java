package org.fovea.event.trained;

import org.fovea.kernel.Kernels;
import org.fovea.kernel.RowMatrix;
import org.fovea.kernel.SparseMatrix;
import org.fovea.kernel.SparsePattern;
import org.fovea.network.Network;
import org.fovea.network.NeuronLayer;
import org.fovea.network.SparseConnections;

/// The labels' weights from the side of the hidden neurons: an active one adds its row to the
/// scores.
///
/// **Shapes** dense `[hidden neurons, labels]`, or for each hidden neuron the labels that it is
/// connected with. **Threads** immutable.
sealed interface Readout {

  Kernels KERNELS = Kernels.best();

  /// Adds what a hidden neuron says to the scores of the labels.
  void add(int neuron, float value, float[] scores);

  /// Number of labels that a hidden neuron is connected with.
  int labelsOf(int neuron);

  /// Number of connections.
  long connections();

  /// The readout of a network's labels, as they are now.
  static Readout of(Network network, int neurons) {
    return network
        .sparseOutput()
        .<Readout>map(connections -> Sparse.of(connections, neurons))
        .orElseGet(() -> Dense.of(network.output().neurons()));
  }

  /// Of an output layer that is connected with every hidden neuron.
  record Dense(float[][] rows) implements Readout {

    private static Dense of(NeuronLayer layer) {
      RowMatrix weights = layer.weights().values();
      float[][] rows = new float[layer.inputs()][layer.neurons()];
      for (int label = 0; label < layer.neurons(); label++) {
        for (int input = 0; input < rows.length; input++) {
          rows[input][label] = weights.at(label, input);
        }
      }
      return new Dense(rows);
    }

    @Override
    public void add(int neuron, float value, float[] scores) {
      KERNELS.addScaled(value, rows[neuron], 0, scores, 0, scores.length);
    }

    @Override
    public int labelsOf(int neuron) {
      return rows[neuron].length;
    }

    @Override
    public long connections() {
      return rows.length == 0 ? 0 : (long) rows.length * rows[0].length;
    }
  }

  /// Of a sparse output layer.
  ///
  /// @param offsets hidden neuron `h` has the connections `[offsets[h], offsets[h + 1])`
  record Sparse(int[] offsets, int[] labels, float[] weights) implements Readout {

    private static Sparse of(SparseConnections connections, int neurons) {
      SparseMatrix matrix = connections.matrix();
      SparsePattern pattern = matrix.pattern();
      int count = Math.toIntExact(pattern.count());
      int[] offsets = new int[neurons + 1];
      for (int p = 0; p < count; p++) {
        offsets[pattern.column(p) + 1]++;
      }
      for (int neuron = 0; neuron < neurons; neuron++) {
        offsets[neuron + 1] += offsets[neuron];
      }
      int[] next = offsets.clone();
      int[] labels = new int[count];
      float[] weights = new float[count];
      for (int label = 0; label < pattern.rows(); label++) {
        for (long p = pattern.offset(label); p < pattern.offset(label + 1); p++) {
          int at = next[pattern.column(p)]++;
          labels[at] = label;
          weights[at] = matrix.weight(p);
        }
      }
      return new Sparse(offsets, labels, weights);
    }

    @Override
    public void add(int neuron, float value, float[] scores) {
      for (int i = offsets[neuron]; i < offsets[neuron + 1]; i++) {
        scores[labels[i]] += value * weights[i];
      }
    }

    @Override
    public int labelsOf(int neuron) {
      return offsets[neuron + 1] - offsets[neuron];
    }

    @Override
    public long connections() {
      return weights.length;
    }
  }
}
