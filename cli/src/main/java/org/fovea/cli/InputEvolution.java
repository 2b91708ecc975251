package org.fovea.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.fovea.network.InputHistory;
import org.fovea.network.Network;

/// How many connections each input had at some points of a training, the last being now; no points
/// where no history was kept.
///
/// @param points in order of time
record InputEvolution(List<Point> points) {

  /// A point of time.
  ///
  /// @param name for people
  /// @param counts connections of each input; owned
  record Point(String name, int[] counts) {

    double[] values() {
      return Arrays.stream(counts).asDoubleStream().toArray();
    }
  }

  /// Of a trained network.
  static InputEvolution of(Network network) {
    List<Point> points = new ArrayList<>();
    if (network.inputHistory().isPresent()) {
      InputHistory history = network.inputHistory().get();
      List<Integer> epochs = history.epochs();
      for (int i = 0; i < epochs.size(); i++) {
        points.add(new Point(name(epochs.get(i)), history.counts().get(i)));
      }
      if (!points.isEmpty()) {
        points.add(new Point("now", history.now()));
      }
    }
    return new InputEvolution(points);
  }

  private static String name(int epoch) {
    return switch (epoch) {
      case 0 -> "at the start";
      case 1 -> "after 1 epoch";
      default -> "after %s epochs".formatted(epoch);
    };
  }

  boolean isEmpty() {
    return points.isEmpty();
  }

  /// What an input had at the start and has now: `22 to 108`.
  String of(int feature) {
    return String.format(
        Locale.ROOT,
        "%,d to %,d",
        points.getFirst().counts()[feature],
        points.getLast().counts()[feature]);
  }
}
