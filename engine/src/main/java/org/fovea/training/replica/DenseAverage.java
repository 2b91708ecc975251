package org.fovea.training.replica;

import java.util.List;
import org.fovea.kernel.RowMatrix;
import org.fovea.network.Network;
import org.fovea.network.Parameters;

/// Averages the parameters that every replica has: biases, rows of dense layers, learned
/// activations.
final class DenseAverage {

  private DenseAverage() {}

  static void average(Network target, List<Network> replicas) {
    List<RowMatrix> connections =
        target.connections().stream().map(layer -> layer.matrix().weights()).toList();
    List<Parameters> parameters = target.parameters();
    for (int i = 0; i < parameters.size(); i++) {
      RowMatrix values = parameters.get(i).values();
      if (connections.stream().noneMatch(weights -> weights == values)) {
        int index = i;
        average(
            values,
            replicas.stream().map(replica -> replica.parameters().get(index).values()).toList());
      }
    }
  }

  private static void average(RowMatrix target, List<RowMatrix> sources) {
    for (int row = 0; row < target.rows(); row++) {
      for (int column = 0; column < target.columns(); column++) {
        double sum = 0;
        for (RowMatrix source : sources) {
          sum += source.at(row, column);
        }
        target.set(row, column, (float) (sum / sources.size()));
      }
    }
  }
}
