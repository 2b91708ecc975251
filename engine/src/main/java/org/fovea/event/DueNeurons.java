package org.fovea.event;

import java.util.Arrays;

/// Neurons of a level whose triggers were reached, each once and in the order of their rows: where
/// thousands are, that is much of the time in which they are fetched.
///
/// **Threads** confined.
final class DueNeurons {

  private long[] due = new long[64];
  private int count;

  /// What was read: a compiler may leave out reads that nobody uses.
  int touched;

  /// Takes what waits for a level.
  void take(LevelQueue waiting, int level) {
    int all = 0;
    for (int i = waiting.poll(level); i >= 0; i = waiting.poll(level)) {
      if (all == due.length) {
        due = Arrays.copyOf(due, 2 * all);
      }
      due[all++] = LongTable.key(waiting.first(i), waiting.second(i));
    }
    Arrays.sort(due, 0, all);
    count = 0;
    for (int i = 0; i < all; i++) {
      if (i == 0 || due[i] != due[i - 1]) {
        due[count++] = due[i];
      }
    }
  }

  /// Looks at what updates will read, so that waits for memory overlap.
  void fetch(EventNetwork network) {
    int sum = 0;
    for (int i = 0; i < count; i++) {
      sum += network.segment(segment(i)).table().touch(row(i));
    }
    touched = sum;
  }

  int count() {
    return count;
  }

  int segment(int index) {
    return (int) (due[index] >>> Integer.SIZE);
  }

  int row(int index) {
    return (int) due[index];
  }
}
