package org.fovea.selection.lsh;

/// Keeps the best of a stream of scored ids in a heap whose root is the worst of them.
///
/// Of equal scores the lower id is better, so that the result does not depend on the order in which
/// they come.
///
/// **Threads** none of its own: the arrays belong to the caller. **Cost** no allocation.
final class Best {

  private Best() {}

  /// Offers one.
  ///
  /// @param size number kept so far
  /// @param most number to keep
  /// @return the new size
  static int offer(float[] scores, int[] ids, int size, int most, float score, int id) {
    if (size < most) {
      int place = size;
      while (place > 0) {
        int parent = (place - 1) >>> 1;
        if (!worse(score, id, scores[parent], ids[parent])) {
          break;
        }
        scores[place] = scores[parent];
        ids[place] = ids[parent];
        place = parent;
      }
      scores[place] = score;
      ids[place] = id;
      return size + 1;
    }
    if (most > 0 && worse(scores[0], ids[0], score, id)) {
      sink(scores, ids, size, score, id);
    }
    return size;
  }

  /// Puts what is kept in order, the best first.
  static void sort(float[] scores, int[] ids, int size) {
    for (int last = size - 1; last > 0; last--) {
      float score = scores[last];
      int id = ids[last];
      scores[last] = scores[0];
      ids[last] = ids[0];
      sink(scores, ids, last, score, id);
    }
  }

  /// Replaces the root of a heap.
  private static void sink(float[] scores, int[] ids, int size, float score, int id) {
    int place = 0;
    while (true) {
      int child = 2 * place + 1;
      if (child >= size) {
        break;
      }
      if (child + 1 < size && worse(scores[child + 1], ids[child + 1], scores[child], ids[child])) {
        child++;
      }
      if (!worse(scores[child], ids[child], score, id)) {
        break;
      }
      scores[place] = scores[child];
      ids[place] = ids[child];
      place = child;
    }
    scores[place] = score;
    ids[place] = id;
  }

  private static boolean worse(float score, int id, float otherScore, int otherId) {
    return score < otherScore || (score == otherScore && id > otherId);
  }
}
