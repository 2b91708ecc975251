package org.fovea.topology;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.fovea.kernel.RowMatrix;
import org.fovea.kernel.SparseMatrix;
import org.fovea.network.SparseActivity;
import org.fovea.network.SparseConnections;
import org.fovea.spec.Evolution;

/// Shares the connections that went among layers, so that their total stays.
///
/// Each layer gets a share in proportion to the mean of `|momentum|` or of `|weight|` over its
/// connections before any went, but no more than it has empty places; what it cannot take, the
/// others share in the same proportion.
///
/// **Source** Dettmers and Zettlemoyer, *Sparse Networks from Scratch*, arXiv:1907.04840, section
/// 3.2, and their code. **Differs** shares are rounded by largest remainders, so that the total is
/// exact.
///
/// **Cost** one pass over the connections of the layers that share.
final class Redistributor {

  private Redistributor() {}

  /// How many connections each layer gets.
  ///
  /// @param dropped what goes in each layer; empty if it does not evolve now
  /// @param redistributions of each layer
  static int[] wanted(
      List<SparseActivity> layers,
      List<Optional<DropRule.Dropped>> dropped,
      List<Evolution.Redistribution> redistributions) {
    int[] wanted = new int[layers.size()];
    for (int i = 0; i < wanted.length; i++) {
      wanted[i] = dropped.get(i).map(DropRule.Dropped::count).orElse(0);
    }
    for (Evolution.Redistribution kind :
        List.of(Evolution.Redistribution.MOMENTUM, Evolution.Redistribution.WEIGHT)) {
      List<Integer> sharing = new ArrayList<>();
      for (int i = 0; i < wanted.length; i++) {
        if (redistributions.get(i) == kind && dropped.get(i).isPresent()) {
          sharing.add(i);
        }
      }
      long total = 0;
      double[] weights = new double[sharing.size()];
      long[] room = new long[sharing.size()];
      for (int k = 0; k < room.length; k++) {
        int layer = sharing.get(k);
        SparseConnections connections = layers.get(layer).connections();
        weights[k] = mean(connections, kind);
        total += wanted[layer];
        room[k] =
            connections.matrix().pattern().places() - connections.matrix().count() + wanted[layer];
      }
      int[] shares = shares(total, weights, room);
      for (int k = 0; k < shares.length; k++) {
        wanted[sharing.get(k)] = shares[k];
      }
    }
    return wanted;
  }

  /// Mean magnitude over the connections of a layer.
  private static double mean(SparseConnections connections, Evolution.Redistribution kind) {
    SparseMatrix matrix = connections.matrix();
    RowMatrix numbers =
        kind == Evolution.Redistribution.MOMENTUM
            ? GrowRule.momentum(connections)
            : matrix.weights();
    double sum = 0;
    for (long p = 0; p < matrix.count(); p++) {
      sum += Math.abs(SparseMatrix.element(numbers, p));
    }
    return sum / Math.max(1, matrix.count());
  }

  /// Whole numbers that sum to a total, in proportion to weights as far as there is room.
  ///
  /// @param total at most the sum of all rooms
  /// @param weights not negative; where those with room are all zero, shares follow the room
  static int[] shares(long total, double[] weights, long[] room) {
    double[] exact = new double[room.length];
    boolean[] full = new boolean[room.length];
    boolean changed = true;
    while (changed) {
      changed = false;
      double left = total;
      double sum = 0;
      double roomSum = 0;
      for (int k = 0; k < room.length; k++) {
        left -= full[k] ? room[k] : 0;
        sum += full[k] ? 0 : weights[k];
        roomSum += full[k] ? 0 : room[k];
      }
      for (int k = 0; k < room.length; k++) {
        if (!full[k]) {
          exact[k] = sum > 0 ? left * weights[k] / sum : left * room[k] / Math.max(1, roomSum);
          full[k] = exact[k] >= room[k];
          changed |= full[k];
        }
      }
    }
    return rounded(total, exact, full, room);
  }

  private static int[] rounded(long total, double[] exact, boolean[] full, long[] room) {
    int[] shares = new int[exact.length];
    double[] rest = new double[exact.length];
    long missing = total;
    for (int k = 0; k < shares.length; k++) {
      shares[k] = Math.toIntExact(full[k] ? room[k] : (long) exact[k]);
      rest[k] = exact[k] - shares[k];
      missing -= shares[k];
    }
    // largest remainders first, of equal ones the lower layer
    for (; missing > 0; missing--) {
      int best = -1;
      for (int k = 0; k < shares.length; k++) {
        if (shares[k] < room[k] && (best < 0 || rest[k] > rest[best])) {
          best = k;
        }
      }
      shares[best]++;
      rest[best]--;
    }
    return shares;
  }
}
