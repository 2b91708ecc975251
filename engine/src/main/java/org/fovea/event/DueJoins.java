package org.fovea.event;

import java.util.Arrays;

/// Joined neurons of a level whose triggers were reached, once for each way.
///
/// **Threads** confined.
final class DueJoins {

  private int[] states = new int[64];
  private int[] rows = new int[64];
  private int count;

  /// What was read: a compiler may leave out reads that nobody uses.
  int touched;

  /// Takes what waits for a level.
  void take(LevelQueue waiting, int level) {
    count = 0;
    for (int i = waiting.poll(level); i >= 0; i = waiting.poll(level)) {
      if (count == states.length) {
        states = Arrays.copyOf(states, 2 * count);
        rows = Arrays.copyOf(rows, 2 * count);
      }
      states[count] = waiting.first(i);
      rows[count++] = waiting.second(i);
    }
  }

  /// Looks at what updates will read, so that waits for memory overlap.
  void fetch(EventNetwork network, StateArena arena) {
    int sum = 0;
    for (int i = 0; i < count; i++) {
      sum += network.segment(arena.segment(states[i])).table().touch(rows[i]);
    }
    touched = sum;
  }

  int count() {
    return count;
  }

  int state(int index) {
    return states[index];
  }

  int row(int index) {
    return rows[index];
  }
}
