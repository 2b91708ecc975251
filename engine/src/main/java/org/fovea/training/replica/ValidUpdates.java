package org.fovea.training.replica;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.fovea.kernel.RowMatrix;
import org.fovea.kernel.SparseMatrix;
import org.fovea.kernel.SparsePattern;
import org.fovea.network.Network;
import org.fovea.network.Parameters;
import org.fovea.network.SparseConnections;
import org.fovea.network.Updater;

/// Applies the gradients that a replica collected to a network whose connections may have moved
/// since: those of connections that are gone are dropped, connections that the replica did not know
/// get none. What has no gradients but is measured, as running means are, is taken over.
///
/// **Source** Curci, Mocanu and Pechenizkiy 2021, *RetainValidUpdates*.
///
/// **Threads** called by one thread at a time for a network.
final class ValidUpdates {

  private final float[] page = new float[SparseMatrix.PAGE];

  /// Steps a network.
  ///
  /// @param target what is stepped, by its updaters
  /// @param replica a copy of it
  /// @param collector of the replica
  /// @return number of gradients that were dropped
  long apply(Network target, Network replica, GradientCollector collector, float rate) {
    long dropped = 0;
    List<Parameters> parameters = target.parameters();
    List<Parameters> collected = replica.parameters();
    for (int i = 0; i < parameters.size(); i++) {
      RowMatrix values = collected.get(i).values();
      Optional<GradientCollector.Collected> found = collector.of(values);
      if (found.isEmpty()) {
        parameters.get(i).values().copyFrom(values);
        continue;
      }
      GradientCollector.Collected gradients = found.get();
      int layer = moved(target, replica, parameters.get(i));
      if (layer < 0) {
        step(parameters.get(i).updater(), gradients, rate);
      } else {
        SparsePattern from = replica.connections().get(layer).matrix().pattern();
        dropped += step(target.connections().get(layer), from, gradients.gradients(), rate);
      }
    }
    collector.clear();
    return dropped;
  }

  /// The layer whose weights these are, if its connections have moved; else -1.
  private static int moved(Network target, Network replica, Parameters parameters) {
    for (int i = 0; i < target.connections().size(); i++) {
      SparseConnections layer = target.connections().get(i);
      if (layer.matrix().weights() == parameters.values()) {
        return layer.hasConnectionsOf(replica.connections().get(i)) ? -1 : i;
      }
    }
    return -1;
  }

  private static void step(Updater updater, GradientCollector.Collected gradients, float rate) {
    RowMatrix matrix = gradients.gradients();
    for (int row = gradients.touched().nextSetBit(0);
        row >= 0;
        row = gradients.touched().nextSetBit(row + 1)) {
      updater.update(row, matrix.chunk(row), matrix.offset(row), rate);
    }
  }

  private long step(SparseConnections layer, SparsePattern from, RowMatrix gradients, float rate) {
    SparsePattern to = layer.matrix().pattern();
    Updater updater = layer.weights().updater();
    long valid = 0;
    for (int row = 0; row < to.rows(); row++) {
      long q = from.offset(row);
      long end = from.offset(row + 1);
      for (long p = to.offset(row); p < to.offset(row + 1); p++) {
        int column = to.column(p);
        while (q < end && from.column(q) < column) {
          q++;
        }
        boolean known = q < end && from.column(q) == column;
        page[(int) (p % SparseMatrix.PAGE)] = known ? SparseMatrix.element(gradients, q) : 0f;
        valid += known ? 1 : 0;
        if ((p + 1) % SparseMatrix.PAGE == 0) {
          updater.update((int) (p / SparseMatrix.PAGE), page, 0, rate);
        }
      }
    }
    int last = (int) (to.count() % SparseMatrix.PAGE);
    if (last > 0) {
      Arrays.fill(page, last, page.length, 0f);
      updater.update((int) (to.count() / SparseMatrix.PAGE), page, 0, rate);
    }
    return from.count() - valid;
  }
}
