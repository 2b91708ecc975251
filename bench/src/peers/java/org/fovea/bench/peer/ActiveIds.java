package org.fovea.bench.peer;

import java.util.Arrays;
import java.util.SplittableRandom;

/// A set of ids in order of entry, with the place of each.
///
/// **Threads** confined.
final class ActiveIds {

  private final int[] places;
  private final int[] stamps;
  private final SplittableRandom random;
  private int stamp = 1;
  private long[] ids = new long[1024];
  private int size;

  ActiveIds(int count, long seed) {
    places = new int[count];
    stamps = new int[count];
    random = new SplittableRandom(seed);
  }

  void clear() {
    stamp++;
    size = 0;
  }

  private void add(int id) {
    if (stamps[id] == stamp) {
      return;
    }
    stamps[id] = stamp;
    places[id] = size;
    if (size == ids.length) {
      ids = Arrays.copyOf(ids, 2 * size);
    }
    ids[size++] = id;
  }

  void addAll(int[] more, int count) {
    for (int i = 0; i < count; i++) {
      add(more[i]);
    }
  }

  void addRandom(int count) {
    for (int i = 0; i < count; i++) {
      add(random.nextInt(places.length));
    }
  }

  int place(int id) {
    return places[id];
  }

  int size() {
    return size;
  }

  long[] ids() {
    return Arrays.copyOf(ids, size);
  }
}
