package org.fovea.event;

import java.util.Arrays;

/// Pairs of ints that wait for their level. **Threads** confined.
final class LevelQueue {

  private int[] heads = new int[0];
  private int[] first = new int[64];
  private int[] second = new int[64];
  private int[] next = new int[64];
  private int size;

  void clear(int levelCount) {
    if (heads.length < levelCount) {
      heads = new int[levelCount];
    }
    Arrays.fill(heads, 0, levelCount, -1);
    size = 0;
  }

  void add(int level, int one, int two) {
    if (size == first.length) {
      first = Arrays.copyOf(first, 2 * size);
      second = Arrays.copyOf(second, 2 * size);
      next = Arrays.copyOf(next, 2 * size);
    }
    first[size] = one;
    second[size] = two;
    next[size] = heads[level];
    heads[level] = size++;
  }

  /// Takes the pair that came last to a level; -1 if there is none.
  int poll(int level) {
    int item = heads[level];
    if (item >= 0) {
      heads[level] = next[item];
    }
    return item;
  }

  int first(int item) {
    return first[item];
  }

  int second(int item) {
    return second[item];
  }
}
