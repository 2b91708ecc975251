package org.fovea.network;

import java.util.ArrayList;
import java.util.List;
import org.fovea.kernel.SparsePattern;

/// How many connections each input of a network had at some points of its training: at the start,
/// and after 1, 4, 16, 64 and so on epochs. It shows how evolution finds the inputs that matter.
///
/// **Threads** written between epochs. **Cost** 4 bytes an input for each point.
public final class InputHistory {

  /// Networks of more inputs keep no history.
  static final int WIDEST = 100_000;

  private final SparseConnections first;
  private final List<Integer> epochs = new ArrayList<>();
  private final List<int[]> counts = new ArrayList<>();

  /// @param first the connections from the inputs
  InputHistory(SparseConnections first) {
    this.first = first;
  }

  /// Keeps how things are, if this is one of the points and not kept yet.
  ///
  /// @param epoch epochs done
  public void record(int epoch) {
    boolean isPoint = epoch == 0 || isPowerOfFour(epoch);
    if (isPoint && (epochs.isEmpty() || epochs.getLast() < epoch)) {
      add(epoch, now());
    }
  }

  private static boolean isPowerOfFour(int epoch) {
    return Integer.bitCount(epoch) == 1 && (Integer.numberOfTrailingZeros(epoch) & 1) == 0;
  }

  /// Adds a point that was kept before.
  ///
  /// @param count of the connections of each input; owned by the history
  /// @throws IllegalArgumentException if it does not follow the latest, or is of other inputs
  public void add(int epoch, int[] count) {
    if (!epochs.isEmpty() && epochs.getLast() >= epoch) {
      throw new IllegalArgumentException(
          "epoch %s cannot follow epoch %s".formatted(epoch, epochs.getLast()));
    }
    if (count.length != first.matrix().pattern().columns()) {
      throw new IllegalArgumentException(
          "%s inputs have connections, not %s"
              .formatted(first.matrix().pattern().columns(), count.length));
    }
    epochs.add(epoch);
    counts.add(count);
  }

  /// Epochs done at each point, ascending.
  public List<Integer> epochs() {
    return List.copyOf(epochs);
  }

  /// Connections of each input at each point; owned by the history.
  public List<int[]> counts() {
    return List.copyOf(counts);
  }

  /// Connections of each input as they are.
  public int[] now() {
    SparsePattern pattern = first.matrix().pattern();
    int[] now = new int[pattern.columns()];
    for (long p = 0; p < pattern.count(); p++) {
      now[pattern.column(p)]++;
    }
    return now;
  }
}
